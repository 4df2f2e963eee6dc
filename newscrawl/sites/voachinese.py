"""美国之音, in Chinese: https://www.voachinese.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voachinese",
    "www.voachinese.com",
    language="zh",
    publisher="美国之音",
    time_zone="Asia/Shanghai",
)
