"""Make the writer of a crawl's archive from its settings."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, cast

import scrapy
import twisted
from scrapy.utils.misc import build_from_crawler, load_object

import newscrawl
from newscrawl.archive.records.exchange import Fields, RevisitIndex
from newscrawl.archive.records.write_head import VERSIONS, WARC_1_1
from newscrawl.archive.writing.writer import FSYNC_SECONDS, MAX_BYTES, WarcWriter, WriterOptions

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

DIRECTORY = "data/warc"

RECORDED_SETTINGS = (
    "ROBOTSTXT_USER_AGENT",
    "DOWNLOAD_DELAY",
    "CONCURRENT_REQUESTS",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "AUTOTHROTTLE_ENABLED",
    "DOWNLOAD_TIMEOUT",
    "DOWNLOAD_MAXSIZE",
    "RETRY_TIMES",
    "REDIRECT_MAX_TIMES",
    "COOKIES_ENABLED",
    "DEPTH_LIMIT",
)
"""Settings that bear on what a crawl got and how it asked for it; never one that may hold a secret."""


def writer_of(crawler: Crawler) -> WarcWriter:
    """Return the writer that the settings ``WARC_*`` of ``crawler`` ask for."""
    settings = crawler.settings
    max_age = settings.getfloat("WARC_MAX_AGE", 0)
    options = WriterOptions(
        max_bytes=int(settings.getfloat("WARC_MAX_BYTES", MAX_BYTES)),
        max_age_seconds=max_age or None,
        compression=settings.get("WARC_COMPRESSION", "gzip"),
        version=str(settings.get("WARC_VERSION", WARC_1_1.name)),
        fsync_seconds=settings.getfloat("WARC_FSYNC_SECONDS", FSYNC_SECONDS),
        info=warcinfo_of(crawler),
    )
    return WarcWriter(settings.get("WARC_DIRECTORY", DIRECTORY), file_prefix(crawler), options)


def file_prefix(crawler: Crawler) -> str:
    """Return what the names of this crawl's files begin with: ``WARC_PREFIX``, ``<spider>`` or ``<spider>.<crawl id>``.

    No spider's name has a dot, so the name of a file says which site it is of.
    """
    if prefix := crawler.settings.get("WARC_PREFIX"):
        return str(prefix)
    name, crawl_id = _spider_name(crawler), _crawl_id(crawler)
    # The ids that `newscrawl schedule` gives begin with the spider's name.
    return f"{name}.{crawl_id.removeprefix(f'{name}-')}" if crawl_id else name


def revisit_index(crawler: Crawler) -> RevisitIndex | None:
    """Return the component that ``WARC_REVISIT_INDEX`` names; None: only what this crawl captured is known."""
    path = crawler.settings.get("WARC_REVISIT_INDEX")
    return cast(RevisitIndex, build_from_crawler(load_object(path), crawler)) if path else None


def warcinfo_of(crawler: Crawler) -> Fields:
    """Return the fields of the warcinfo record (WARC 1.1, 6.2; DCMI terms)."""
    settings = crawler.settings
    crawl_id = _crawl_id(crawler)
    site = getattr(crawler.spider, "site", None)
    version = VERSIONS.get(str(settings.get("WARC_VERSION")), WARC_1_1)
    fields = [
        ("software", f"newscrawl/{newscrawl.__version__} Scrapy/{scrapy.__version__} Twisted/{twisted.__version__}"),
        ("format", f"WARC File Format {version.name}"),
        ("conformsTo", version.conforms_to),
        ("operator", settings.get("WARC_OPERATOR") or settings.get("CONTACT")),
        ("hostname", socket.gethostname()),
        ("robots", "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore"),
        ("http-header-user-agent", settings.get("USER_AGENT")),
        ("isPartOf", crawl_id or _spider_name(crawler)),
        ("spider", _spider_name(crawler)),
        ("site", getattr(site, "host", None)),
        ("crawl-id", crawl_id),
    ]
    fields.extend((f"setting-{name}", settings.get(name)) for name in RECORDED_SETTINGS)
    return tuple((name, str(value)) for name, value in fields if value is not None and value != "")


def _crawl_id(crawler: Crawler) -> str | None:
    crawl_id = getattr(crawler.spider, "crawl_id", None) or getattr(crawler.spider, "_job", None)
    return str(crawl_id) if crawl_id else None


def _spider_name(crawler: Crawler) -> str:
    return str(getattr(crawler.spider, "name", None) or getattr(crawler.spidercls, "name", None) or "crawl")
