"""RFE/RL Gandhara, in English: https://gandhara.rferl.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "rferl_gandhara",
    "gandhara.rferl.org",
    language="en",
    publisher="RFE/RL Gandhara",
    time_zone="Europe/Prague",
)
