"""Кавказ.Реалии, in Russian: https://www.kavkazr.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "kavkazr",
    "www.kavkazr.com",
    language="ru",
    publisher="Кавказ.Реалии",
    time_zone="Europe/Moscow",
)
