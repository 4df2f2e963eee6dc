"""«Ազատություն» ռադիոկայան, in Armenian: https://www.azatutyun.am/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azatutyun",
    "www.azatutyun.am",
    language="hy",
    publisher="«Ազատություն» ռադիոկայան",
    time_zone="Asia/Yerevan",
)
