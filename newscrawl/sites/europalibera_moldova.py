"""Radio Europa Liberă Moldova, in Romanian: https://moldova.europalibera.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "europalibera_moldova",
    "moldova.europalibera.org",
    language="ro",
    publisher="Radio Europa Liberă Moldova",
    time_zone="Europe/Chisinau",
    aliases=("www.europalibera.org",),
)
