"""Radio Evropa e Lirë, in Albanian: https://www.evropaelire.org/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "evropaelire",
    "www.evropaelire.org",
    language="sq",
    publisher="Radio Evropa e Lirë",
    time_zone="Europe/Belgrade",
)
