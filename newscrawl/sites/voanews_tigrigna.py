"""VOA ትግርኛ, in Tigrinya: https://tigrigna.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_tigrigna",
    "tigrigna.voanews.com",
    language="ti",
    publisher="VOA ትግርኛ",
    time_zone="Africa/Asmara",
)
