"""VOA O‘zbek, in Uzbek: https://www.amerikaovozi.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "amerikaovozi",
    "www.amerikaovozi.com",
    language="uz",
    publisher="VOA O‘zbek",
    time_zone="Asia/Tashkent",
)
