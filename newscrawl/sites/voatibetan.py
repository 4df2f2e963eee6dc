"""VOA བོད་ཡིག, in Tibetan: https://www.voatibetan.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voatibetan",
    "www.voatibetan.com",
    language="bo",
    publisher="VOA བོད་ཡིག",
    time_zone="Asia/Shanghai",
)
