"""إذاعة العراق الحر, in Arabic, closed in 2015; archives hold its pages: http://www.iraqhurr.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "iraqhurr",
    "www.iraqhurr.org",
    language="ar",
    publisher="إذاعة العراق الحر",
    time_zone="Asia/Baghdad",
    direction="rtl",
    scheme="http",
)
