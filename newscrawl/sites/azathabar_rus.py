"""Радио Азатлык, in Russian: https://rus.azathabar.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azathabar_rus",
    "rus.azathabar.com",
    language="ru",
    publisher="Радио Азатлык",
    time_zone="Asia/Ashgabat",
)
