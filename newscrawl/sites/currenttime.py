"""Настоящее Время, in Russian: https://www.currenttime.tv/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "currenttime",
    "www.currenttime.tv",
    language="ru",
    publisher="Настоящее Время",
    time_zone="Europe/Prague",
)
