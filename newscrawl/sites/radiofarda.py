"""رادیو فردا, in Persian: https://www.radiofarda.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "radiofarda",
    "www.radiofarda.com",
    language="fa",
    publisher="رادیو فردا",
    time_zone="Asia/Tehran",
    direction="rtl",
)
