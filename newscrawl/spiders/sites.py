"""One spider class per site of the registry: `newscrawl list` names them all, and nothing is to be registered here."""

from __future__ import annotations

from newscrawl.site import Site
from newscrawl.sites import all_sites
from newscrawl.spiders.news import NewsSpider
from newscrawl.spiders.sample import SampleSpider


def spider_class(site: Site) -> type[NewsSpider]:
    """Return the spider class of ``site``, with the name ``site.name``."""
    class_name = "".join(part.capitalize() for part in site.name.split("_")) + "Spider"
    body = {"name": site.name, "site": site, "__module__": __name__, "__doc__": f"Crawls {site.host}."}
    return type(class_name, (NewsSpider,), body)


# Scrapy's spider loader looks for classes among the names of a module.
globals().update({cls.__name__: cls for cls in map(spider_class, all_sites()) if cls.name != SampleSpider.name})
