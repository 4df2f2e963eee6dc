"""VOA Creole, in Haitian Creole: https://www.voanouvel.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanouvel",
    "www.voanouvel.com",
    language="ht",
    publisher="VOA Creole",
    time_zone="America/Port-au-Prince",
)
