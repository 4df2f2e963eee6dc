"""Радио Озодлик, in Russian: https://rus.ozodlik.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "ozodlik_rus",
    "rus.ozodlik.org",
    language="ru",
    publisher="Радио Озодлик",
    time_zone="Asia/Tashkent",
)
