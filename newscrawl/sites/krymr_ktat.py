"""Qırım.Aqiqat, in Crimean Tatar: https://ktat.krymr.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "krymr_ktat",
    "ktat.krymr.com",
    language="crh",
    publisher="Qırım.Aqiqat",
    time_zone="Europe/Kyiv",
)
