"""VOA Cambodia, in English: https://www.voacambodia.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voacambodia",
    "www.voacambodia.com",
    language="en",
    publisher="VOA Cambodia",
    time_zone="Asia/Phnom_Penh",
)
