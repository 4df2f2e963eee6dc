"""VOA دری, in Dari: https://www.darivoa.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "darivoa",
    "www.darivoa.com",
    language="prs",
    publisher="VOA دری",
    time_zone="Asia/Kabul",
    direction="rtl",
)
