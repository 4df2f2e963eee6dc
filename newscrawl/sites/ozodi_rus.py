"""Радио Озоди, in Russian: https://rus.ozodi.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "ozodi_rus",
    "rus.ozodi.org",
    language="ru",
    publisher="Радио Озоди",
    time_zone="Asia/Dushanbe",
)
