"""Szabad Európa, in Hungarian: https://www.szabadeuropa.hu/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "szabadeuropa",
    "www.szabadeuropa.hu",
    language="hu",
    publisher="Szabad Európa",
    time_zone="Europe/Budapest",
)
