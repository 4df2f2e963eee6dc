"""VOA Հայերեն, in Armenian: https://www.amerikayidzayn.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "amerikayidzayn",
    "www.amerikayidzayn.com",
    language="hy",
    publisher="VOA Հայերեն",
    time_zone="Asia/Yerevan",
)
