"""VOA Learning English, in English: https://learningenglish.voanews.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voanews_learningenglish",
    "learningenglish.voanews.com",
    language="en",
    publisher="VOA Learning English",
    time_zone="America/New_York",
)
