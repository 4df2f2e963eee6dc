"""VOA Shqip, in Albanian: https://www.zeriamerikes.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "zeriamerikes",
    "www.zeriamerikes.com",
    language="sq",
    publisher="VOA Shqip",
    time_zone="Europe/Tirane",
)
