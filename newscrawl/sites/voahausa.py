"""VOA Hausa, in Hausa: https://www.voahausa.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voahausa",
    "www.voahausa.com",
    language="ha",
    publisher="VOA Hausa",
    time_zone="Africa/Lagos",
)
