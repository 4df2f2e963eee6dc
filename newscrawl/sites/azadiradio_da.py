"""رادیو آزادی, in Dari: https://da.azadiradio.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azadiradio_da",
    "da.azadiradio.com",
    language="prs",
    publisher="رادیو آزادی",
    time_zone="Asia/Kabul",
    direction="rtl",
    aliases=("da.azadiradio.org",),
)
