"""صدای آمریکا, in Persian: https://ir.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_ir",
    "ir.voanews.com",
    language="fa",
    publisher="صدای آمریکا",
    time_zone="Asia/Tehran",
    direction="rtl",
)
