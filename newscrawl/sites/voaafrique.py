"""VOA Français, in French: https://www.voaafrique.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voaafrique",
    "www.voaafrique.com",
    language="fr",
    publisher="VOA Français",
    time_zone="UTC",
)
