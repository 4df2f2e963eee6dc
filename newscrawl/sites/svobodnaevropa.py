"""Свободна Европа, in Bulgarian: https://www.svobodnaevropa.bg/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "svobodnaevropa",
    "www.svobodnaevropa.bg",
    language="bg",
    publisher="Свободна Европа",
    time_zone="Europe/Sofia",
)
