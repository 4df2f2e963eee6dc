"""VOA Kurdi, in Northern Kurdish: https://www.dengeamerika.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "dengeamerika",
    "www.dengeamerika.com",
    language="kmr",
    publisher="VOA Kurdi",
    time_zone="Europe/Istanbul",
)
