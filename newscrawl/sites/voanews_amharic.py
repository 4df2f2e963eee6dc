"""VOA አማርኛ, in Amharic: https://amharic.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_amharic",
    "amharic.voanews.com",
    language="am",
    publisher="VOA አማርኛ",
    time_zone="Africa/Addis_Ababa",
)
