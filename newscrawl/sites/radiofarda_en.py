"""Radio Farda, in English: https://en.radiofarda.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "radiofarda_en",
    "en.radiofarda.com",
    language="en",
    publisher="Radio Farda",
    time_zone="Europe/Prague",
)
