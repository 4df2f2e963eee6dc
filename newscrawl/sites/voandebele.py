"""VOA Ndebele, in Northern Ndebele: https://www.voandebele.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "voandebele",
    "www.voandebele.com",
    language="nd",
    publisher="VOA Ndebele",
    time_zone="Africa/Harare",
)
