"""რადიო თავისუფლება, in Georgian: https://www.radiotavisupleba.ge/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "radiotavisupleba",
    "www.radiotavisupleba.ge",
    language="ka",
    publisher="რადიო თავისუფლება",
    time_zone="Asia/Tbilisi",
    aliases=("www.tavisupleba.org",),
)
