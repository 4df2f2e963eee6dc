"""VOA Bosanski, in Bosnian: https://ba.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_ba",
    "ba.voanews.com",
    language="bs",
    publisher="VOA Bosanski",
    time_zone="Europe/Sarajevo",
)
