"""VOA বাংলা, in Bangla: https://www.voabangla.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voabangla",
    "www.voabangla.com",
    language="bn",
    publisher="VOA বাংলা",
    time_zone="Asia/Dhaka",
)
