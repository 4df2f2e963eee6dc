"""VOA Kiswahili, in Swahili: https://www.voaswahili.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voaswahili",
    "www.voaswahili.com",
    language="sw",
    publisher="VOA Kiswahili",
    time_zone="Africa/Nairobi",
)
