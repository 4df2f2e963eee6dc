"""VOA ارد, in Urdu: https://www.urduvoa.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "urduvoa",
    "www.urduvoa.com",
    language="ur",
    publisher="VOA ارد",
    time_zone="Asia/Karachi",
    direction="rtl",
)
