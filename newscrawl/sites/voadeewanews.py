"""VOA وی او اې ډيوه ريډیو, in Pashto: https://www.voadeewanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voadeewanews",
    "www.voadeewanews.com",
    language="ps",
    publisher="VOA وی او اې ډيوه ريډیو",
    time_zone="Asia/Karachi",
    direction="rtl",
)
