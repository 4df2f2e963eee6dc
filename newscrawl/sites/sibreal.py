"""Сибирь.Реалии, in Russian: https://www.sibreal.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "sibreal",
    "www.sibreal.org",
    language="ru",
    publisher="Сибирь.Реалии",
    time_zone="Asia/Novosibirsk",
)
