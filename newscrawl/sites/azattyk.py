"""Азаттык үналгысы, in Kyrgyz: https://www.azattyk.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azattyk",
    "www.azattyk.org",
    language="ky",
    publisher="Азаттык үналгысы",
    time_zone="Asia/Bishkek",
)
