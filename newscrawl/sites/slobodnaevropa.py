"""Radio Slobodna Evropa, in Serbian, Bosnian, Croatian and Montenegrin: https://www.slobodnaevropa.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "slobodnaevropa",
    "www.slobodnaevropa.org",
    language="sr-Latn",
    publisher="Radio Slobodna Evropa",
    time_zone="Europe/Belgrade",
)
