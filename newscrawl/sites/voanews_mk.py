"""VOA Македонски, in Macedonian: https://mk.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_mk",
    "mk.voanews.com",
    language="mk",
    publisher="VOA Македонски",
    time_zone="Europe/Skopje",
)
