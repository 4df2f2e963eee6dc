"""VOA Ελληνικά, in Greek: https://gr.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_gr",
    "gr.voanews.com",
    language="el",
    publisher="VOA Ελληνικά",
    time_zone="Europe/Athens",
)
