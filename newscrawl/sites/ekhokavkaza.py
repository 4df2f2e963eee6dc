"""Эхо Кавказа, in Russian: https://www.ekhokavkaza.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "ekhokavkaza",
    "www.ekhokavkaza.com",
    language="ru",
    publisher="Эхо Кавказа",
    time_zone="Asia/Tbilisi",
)
