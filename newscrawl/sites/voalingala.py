"""VOA Lingala, in Lingala: https://www.voalingala.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voalingala",
    "www.voalingala.com",
    language="ln",
    publisher="VOA Lingala",
    time_zone="Africa/Kinshasa",
)
