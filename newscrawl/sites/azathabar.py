"""Azatlyk Radiosy, in Turkmen: https://www.azathabar.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "azathabar",
    "www.azathabar.com",
    language="tk",
    publisher="Azatlyk Radiosy",
    time_zone="Asia/Ashgabat",
)
