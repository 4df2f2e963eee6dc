"""VOA ไทย, in Thai: https://www.voathai.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voathai",
    "www.voathai.com",
    language="th",
    publisher="VOA ไทย",
    time_zone="Asia/Bangkok",
)
