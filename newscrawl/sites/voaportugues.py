"""VOA Português, in Portuguese: https://www.voaportugues.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voaportugues",
    "www.voaportugues.com",
    language="pt",
    publisher="VOA Português",
    time_zone="UTC",
)
