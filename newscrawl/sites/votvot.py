"""Votvot, in Russian: https://www.votvot.tv/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "votvot",
    "www.votvot.tv",
    language="ru",
    publisher="Votvot",
    time_zone="Europe/Prague",
)
