"""Азаттық радиосы, in Kazakh: https://www.azattyq.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azattyq",
    "www.azattyq.org",
    language="kk",
    publisher="Азаттық радиосы",
    time_zone="Asia/Almaty",
)
