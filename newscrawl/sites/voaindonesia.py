"""VOA Bahasa Indonesia, in Indonesian: https://www.voaindonesia.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voaindonesia",
    "www.voaindonesia.com",
    language="id",
    publisher="VOA Bahasa Indonesia",
    time_zone="Asia/Jakarta",
)
