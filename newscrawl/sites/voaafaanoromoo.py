"""VOA Afaan Oromoo, in Oromo: https://www.voaafaanoromoo.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voaafaanoromoo",
    "www.voaafaanoromoo.com",
    language="om",
    publisher="VOA Afaan Oromoo",
    time_zone="Africa/Addis_Ababa",
)
