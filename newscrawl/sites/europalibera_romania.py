"""Europa Liberă România, in Romanian: https://romania.europalibera.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "europalibera_romania",
    "romania.europalibera.org",
    language="ro",
    publisher="Europa Liberă România",
    time_zone="Europe/Bucharest",
)
