"""VOA Zimbabwe, in English: https://www.voazimbabwe.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voazimbabwe",
    "www.voazimbabwe.com",
    language="en",
    publisher="VOA Zimbabwe",
    time_zone="Africa/Harare",
)
