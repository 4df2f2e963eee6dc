"""Радіо Свобода, in Ukrainian: https://www.radiosvoboda.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "radiosvoboda",
    "www.radiosvoboda.org",
    language="uk",
    publisher="Радіо Свобода",
    time_zone="Europe/Kyiv",
)
