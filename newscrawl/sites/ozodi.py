"""Радиои Озодӣ, in Tajik: https://www.ozodi.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "ozodi",
    "www.ozodi.org",
    language="tg",
    publisher="Радиои Озодӣ",
    time_zone="Asia/Dushanbe",
)
