"""VOA Bambara, in Bambara: https://www.voabambara.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voabambara",
    "www.voabambara.com",
    language="bm",
    publisher="VOA Bambara",
    time_zone="Africa/Bamako",
)
