"""Радыё Свабода, in Belarusian: https://www.svaboda.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "svaboda",
    "www.svaboda.org",
    language="be",
    publisher="Радыё Свабода",
    time_zone="Europe/Minsk",
)
