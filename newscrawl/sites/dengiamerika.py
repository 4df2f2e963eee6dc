"""VOA كوردی, in Central Kurdish: https://www.dengiamerika.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "dengiamerika",
    "www.dengiamerika.com",
    language="ckb",
    publisher="VOA كوردی",
    time_zone="Asia/Baghdad",
    direction="rtl",
)
