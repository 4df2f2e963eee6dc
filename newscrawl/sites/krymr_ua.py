"""Крим.Реалії, in Ukrainian: https://ua.krymr.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "krymr_ua",
    "ua.krymr.com",
    language="uk",
    publisher="Крим.Реалії",
    time_zone="Europe/Kyiv",
)
