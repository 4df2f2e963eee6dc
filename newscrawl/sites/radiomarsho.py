"""Маршо Радио, in Chechen: https://www.radiomarsho.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "radiomarsho",
    "www.radiomarsho.com",
    language="ce",
    publisher="Маршо Радио",
    time_zone="Europe/Moscow",
)
