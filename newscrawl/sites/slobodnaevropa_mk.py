"""Радио Слободна Европа, in Macedonian: https://www.slobodnaevropa.mk/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "slobodnaevropa_mk",
    "www.slobodnaevropa.mk",
    language="mk",
    publisher="Радио Слободна Европа",
    time_zone="Europe/Skopje",
    aliases=("www.makdenes.org",),
)
