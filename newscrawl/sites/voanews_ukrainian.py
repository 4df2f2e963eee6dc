"""VOA Українська, in Ukrainian: https://ukrainian.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_ukrainian",
    "ukrainian.voanews.com",
    language="uk",
    publisher="VOA Українська",
    time_zone="Europe/Kyiv",
)
