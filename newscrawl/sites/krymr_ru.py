"""Крым.Реалии, in Russian: https://ru.krymr.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "krymr_ru",
    "ru.krymr.com",
    language="ru",
    publisher="Крым.Реалии",
    time_zone="Europe/Kyiv",
)
