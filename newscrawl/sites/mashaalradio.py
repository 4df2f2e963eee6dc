"""مشال راډیو, in Pashto: https://www.mashaalradio.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "mashaalradio",
    "www.mashaalradio.com",
    language="ps",
    publisher="مشال راډیو",
    time_zone="Asia/Karachi",
    direction="rtl",
)
