"""Idel.Реалии, in Russian: https://www.idelreal.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "idelreal",
    "www.idelreal.org",
    language="ru",
    publisher="Idel.Реалии",
    time_zone="Europe/Moscow",
)
