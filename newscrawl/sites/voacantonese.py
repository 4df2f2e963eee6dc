"""美國之音粵語網, in Cantonese: https://www.voacantonese.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voacantonese",
    "www.voacantonese.com",
    language="yue",
    publisher="美國之音粵語網",
    time_zone="Asia/Hong_Kong",
)
