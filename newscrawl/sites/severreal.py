"""Север.Реалии, in Russian: https://www.severreal.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "severreal",
    "www.severreal.org",
    language="ru",
    publisher="Север.Реалии",
    time_zone="Europe/Moscow",
)
