"""VOA Kinyarwanda / Kirundi, in Kinyarwanda and Kirundi: https://www.radiyoyacuvoa.com/"""

from newscrawl.sites.pangea import pangea_site

SITE = pangea_site(
    "radiyoyacuvoa",
    "www.radiyoyacuvoa.com",
    language="rw",
    publisher="VOA Kinyarwanda / Kirundi",
    time_zone="Africa/Kigali",
)
