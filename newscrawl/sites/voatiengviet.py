"""VOA Tiếng Việt, in Vietnamese: https://www.voatiengviet.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voatiengviet",
    "www.voatiengviet.com",
    language="vi",
    publisher="VOA Tiếng Việt",
    time_zone="Asia/Ho_Chi_Minh",
)
