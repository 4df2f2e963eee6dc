"""Фактограф, in Russian: https://www.factograph.info/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "factograph",
    "www.factograph.info",
    language="ru",
    publisher="Фактограф",
    time_zone="Europe/Prague",
)
