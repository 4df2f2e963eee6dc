"""VOA پښتو, in Pashto: https://www.pashtovoa.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "pashtovoa",
    "www.pashtovoa.com",
    language="ps",
    publisher="VOA پښتو",
    time_zone="Asia/Kabul",
    direction="rtl",
)
