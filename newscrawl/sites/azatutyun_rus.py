"""Радио Азатутюн, in Russian: https://rus.azatutyun.am/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azatutyun_rus",
    "rus.azatutyun.am",
    language="ru",
    publisher="Радио Азатутюн",
    time_zone="Asia/Yerevan",
)
