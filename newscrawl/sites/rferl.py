"""Radio Free Europe/Radio Liberty, in English: https://www.rferl.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "rferl",
    "www.rferl.org",
    language="en",
    publisher="Radio Free Europe/Radio Liberty",
    time_zone="Europe/Prague",
    aliases=("www.rferl.eu",),
)
