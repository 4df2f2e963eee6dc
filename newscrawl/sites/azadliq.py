"""Azadlıq Radiosu, in Azerbaijani: https://www.azadliq.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azadliq",
    "www.azadliq.org",
    language="az",
    publisher="Azadlıq Radiosu",
    time_zone="Asia/Baku",
    aliases=("www.azadliq.info",),
)
