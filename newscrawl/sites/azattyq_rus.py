"""Радио Азаттык, in Russian: https://rus.azattyq.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azattyq_rus",
    "rus.azattyq.org",
    language="ru",
    publisher="Радио Азаттык",
    time_zone="Asia/Almaty",
)
