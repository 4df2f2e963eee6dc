"""VOA Shona, in Shona: https://www.voashona.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voashona",
    "www.voashona.com",
    language="sn",
    publisher="VOA Shona",
    time_zone="Africa/Harare",
)
