"""ازادي راډیو, in Pashto: https://pa.azadiradio.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azadiradio_pa",
    "pa.azadiradio.com",
    language="ps",
    publisher="ازادي راډیو",
    time_zone="Asia/Kabul",
    direction="rtl",
    aliases=("pa.azadiradio.org",),
)
