"""VOA Azerbaijani, in Azerbaijani: https://www.amerikaninsesi.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "amerikaninsesi_az",
    "www.amerikaninsesi.org",
    language="az",
    publisher="VOA Azerbaijani",
    time_zone="Asia/Baku",
)
