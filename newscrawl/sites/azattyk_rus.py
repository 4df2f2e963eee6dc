"""Радио Азаттык, in Russian: https://rus.azattyk.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azattyk_rus",
    "rus.azattyk.org",
    language="ru",
    publisher="Радио Азаттык",
    time_zone="Asia/Bishkek",
)
