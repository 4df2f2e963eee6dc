"""VOA ລາວ, in Lao: https://lao.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_lao",
    "lao.voanews.com",
    language="lo",
    publisher="VOA ລາວ",
    time_zone="Asia/Vientiane",
)
