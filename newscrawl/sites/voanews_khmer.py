"""VOA ខ្មែរ, in Khmer: https://khmer.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_khmer",
    "khmer.voanews.com",
    language="km",
    publisher="VOA ខ្មែរ",
    time_zone="Asia/Phnom_Penh",
)
