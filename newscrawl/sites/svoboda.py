"""Радио Свобода, in Russian: https://www.svoboda.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "svoboda",
    "www.svoboda.org",
    language="ru",
    publisher="Радио Свобода",
    time_zone="Europe/Moscow",
    aliases=("www.svobodanews.ru",),
)
