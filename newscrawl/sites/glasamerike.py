"""VOA Srpski, in Serbian: https://www.glasamerike.net/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "glasamerike",
    "www.glasamerike.net",
    language="sr-Latn",
    publisher="VOA Srpski",
    time_zone="Europe/Belgrade",
)
