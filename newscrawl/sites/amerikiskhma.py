"""VOA ქართული, in Georgian: https://www.amerikiskhma.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "amerikiskhma",
    "www.amerikiskhma.com",
    language="ka",
    publisher="VOA ქართული",
    time_zone="Asia/Tbilisi",
)
