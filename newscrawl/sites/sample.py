"""The Sample Gazette, the bundled news site: on loopback, in many languages, with pages of every era at once."""

from dataclasses import replace

from newscrawl.sites.pangea import LAYOUTS, pangea_site

SITE = pangea_site(
    "sample",
    "127.0.0.1",
    language=None,
    publisher="The Sample Gazette",
    time_zone="UTC",
    aliases=("localhost",),
    layouts=tuple(replace(layout, valid_from=None, valid_until=None) for layout in LAYOUTS),
    scheme="http",
)
