"""VOA Español, in Spanish: https://www.vozdeamerica.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "vozdeamerica",
    "www.vozdeamerica.com",
    language="es",
    publisher="VOA Español",
    time_zone="America/New_York",
    aliases=("www.voanoticias.com",),
)
