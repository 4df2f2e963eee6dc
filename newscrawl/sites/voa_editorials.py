"""VOA Editorials, in English: https://editorials.voa.gov/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voa_editorials",
    "editorials.voa.gov",
    language="en",
    publisher="VOA Editorials",
    time_zone="America/New_York",
)
