"""Голос Америки, in Russian: https://www.golosameriki.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "golosameriki",
    "www.golosameriki.com",
    language="ru",
    publisher="Голос Америки",
    time_zone="America/New_York",
)
