"""Азатлык радиосы, in Tatar: https://www.azatliq.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azatliq",
    "www.azatliq.org",
    language="tt",
    publisher="Азатлык радиосы",
    time_zone="Europe/Moscow",
)
