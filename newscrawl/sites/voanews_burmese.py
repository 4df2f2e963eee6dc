"""VOA ျမန္မာ, in Burmese: https://burmese.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_burmese",
    "burmese.voanews.com",
    language="my",
    publisher="VOA ျမန္မာ",
    time_zone="Asia/Yangon",
)
