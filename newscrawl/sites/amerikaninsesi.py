"""VOA Türkçe, in Turkish: https://www.amerikaninsesi.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "amerikaninsesi",
    "www.amerikaninsesi.com",
    language="tr",
    publisher="VOA Türkçe",
    time_zone="Europe/Istanbul",
)
