"""RFE/RL Pressroom, in English: https://pressroom.rferl.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "rferl_pressroom",
    "pressroom.rferl.org",
    language="en",
    publisher="RFE/RL Pressroom",
    time_zone="Europe/Prague",
)
