"""VOA 한국어, in Korean: https://www.voakorea.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voakorea",
    "www.voakorea.com",
    language="ko",
    publisher="VOA 한국어",
    time_zone="Asia/Seoul",
)
