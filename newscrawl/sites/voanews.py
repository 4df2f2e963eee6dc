"""Voice of America, in English: https://www.voanews.com/"""

from newscrawl.sites.pangea import LAYOUTS, VOA_DRUPAL, VOA_URLS, pangea_site

SITE = pangea_site(
    "voanews",
    "www.voanews.com",
    language="en",
    publisher="Voice of America",
    time_zone="America/New_York",
    layouts=(LAYOUTS[0], VOA_DRUPAL, *LAYOUTS[1:]),
    url_scheme=VOA_URLS,
)
