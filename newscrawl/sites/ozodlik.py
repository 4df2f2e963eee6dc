"""Озодлик радиоси, in Uzbek: https://www.ozodlik.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "ozodlik",
    "www.ozodlik.org",
    language="uz",
    publisher="Озодлик радиоси",
    time_zone="Asia/Tashkent",
)
