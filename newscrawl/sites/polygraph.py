"""Polygraph.info, in English: https://www.polygraph.info/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "polygraph",
    "www.polygraph.info",
    language="en",
    publisher="Polygraph.info",
    time_zone="America/New_York",
)
