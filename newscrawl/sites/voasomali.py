"""VOA Soomaaliga, in Somali: https://www.voasomali.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voasomali",
    "www.voasomali.com",
    language="so",
    publisher="VOA Soomaaliga",
    time_zone="Africa/Mogadishu",
)
