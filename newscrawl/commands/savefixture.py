"""``scrapy savefixture SITE URL``: a page as a golden test, fetched now or taken from an archive."""

from __future__ import annotations

import argparse
import re
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.archive.reader import read_captures
from newscrawl.capture import Capture
from newscrawl.downloading import capture_from
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.pipelines.chain import Chain
from newscrawl.replay.golden import Golden, expectation
from newscrawl.sites import site_for, site_named
from newscrawl.spiders.arguments import is_web_url

FOLDER = "tests/extract/golden"
_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_NOT_IN_A_CASE = re.compile(r"[^A-Za-z0-9]+")
_STAMP = re.compile(r"\d{4,14}")
_FOR_ONE_PAGE = {"LOG_LEVEL": "WARNING", "ITEM_PIPELINES": {}, "EXTENSIONS": {}, "ADDONS": {}, "WARC_ENABLED": False}
_NOT_SAID = "a whole page, as it was served"


class Command(ScrapyCommand):
    """Save a page and the article it gives."""

    requires_project = True

    def syntax(self) -> str:
        """What follows ``scrapy savefixture``."""
        return "[options] [SITE] URL | --update FOLDER…"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Turn a page into a golden test: the page, how it was fetched, the article it gives"

    def long_desc(self) -> str:
        """What ``scrapy savefixture --help`` says."""
        return (
            "Fetch URL, or take its newest capture out of an archive (--warc), and write page.html, meta.json and "
            f"expected.json to a folder of {FOLDER}. Read expected.json before it is committed: it is what the page "
            "gives today, and what it must give from now on. SITE is checked against the URL."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Adds where the page is, which of its captures, and where the case goes."""
        super().add_options(parser)
        parser.add_argument("--warc", metavar="FILE", help="an archive that holds a capture of URL; nothing is fetched")
        parser.add_argument(
            "--date", metavar="YYYY[MM[DD[hhmmss]]]", help="with --warc: the capture of that time, not the newest"
        )
        parser.add_argument("--name", metavar="CASE", help="name of the case; else made of the site and the URL")
        parser.add_argument("--folder", metavar="DIR", default=FOLDER, help=f"where cases are (default: {FOLDER})")
        parser.add_argument("--rests-on", metavar="TEXT", default=_NOT_SAID, help="where this markup was seen")
        parser.add_argument("--force", action="store_true", help="replace a case that exists")
        parser.add_argument("--update", action="store_true", help="write expected.json of the FOLDERs anew")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Options before settings: one page is neither archived nor turned into lines."""
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.setdict(_FOR_ONE_PAGE, priority="spider")  # above the project's, below -s

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Save the case, or update cases."""
        try:
            assert self.settings is not None
            chain = Chain.from_paths(self.settings.getlist("ARTICLE_PIPELINES"))
            if opts.update:
                self._update([Path(name) for name in args], chain)
                return
            url = _url(args)
            folder = Path(opts.folder) / _case(opts.name, url)
            if folder.exists() and not opts.force:
                raise UsageError(f"{folder} exists; --force replaces what is in it")
            capture = _archived(opts.warc, url, opts.date) if opts.warc else self._fetched(url)
            _save(Golden(capture, opts.rests_on), folder, chain, force=opts.force)
        except NewscrawlError as error:
            raise ScrapyUsageError(str(error), print_help=False) from error

    def _update(self, folders: Iterable[Path], chain: Chain) -> None:
        if not folders:
            raise UsageError("name the folders of the cases to update")
        for folder in folders:
            _save(Golden.read(folder), folder, chain, force=True)

    def _fetched(self, url: str) -> Capture:
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(_PageSpider)
        self.crawler_process.crawl(crawler, url=url)
        self.crawler_process.start()
        spider = crawler.spider
        if not isinstance(spider, _PageSpider) or spider.capture is None:
            raise UsageError(f"{url} cannot be fetched: {getattr(spider, 'fault', None) or 'see the log'}")
        return spider.capture


class _PageSpider(Spider):
    """Fetches one page as a crawl does: politely, and as robots.txt allows."""

    name = "savefixture"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.capture: Capture | None = None
        self.fault: str | None = None

    async def start(self) -> AsyncIterator[Any]:
        """The page."""
        yield Request(self.url, self.parse, errback=self.failed)

    def parse(self, response: Response, **_: Any) -> None:
        """Keeps the capture."""
        self.capture = capture_from(response)

    def failed(self, failure: Failure) -> None:
        """Keeps the reason."""
        self.fault = failure.getErrorMessage() or repr(failure.value)


def _url(args: list[str]) -> str:
    """The URL, which must be an article's of the site that is named.

    Raises:
        UsageError: it is not, or the arguments are not [SITE] URL.
    """
    if not 1 <= len(args) <= 2:
        raise UsageError("name a site and the URL of one of its articles: scrapy savefixture rferl https://…")
    url = args[-1]
    if not is_web_url(url):
        raise UsageError(f"{url!r} is no http URL")
    if len(args) == 2 and site_named(args[0]).article_id(url) is None:
        raise UsageError(f"{url} is no article URL of {args[0]}")
    return url


def _case(name: str | None, url: str) -> str:
    """The folder's name: one component, plain letters.

    Raises:
        UsageError: ``name`` is something else.
    """
    site = site_for(url)
    article_id = site.article_id(url) if site else None
    made = f"{site.name}-{article_id}" if site and article_id else _NOT_IN_A_CASE.sub("-", url.split("://")[-1])[:80]
    case = name if name is not None else made.strip("-")
    if not _CASE.fullmatch(case):
        raise UsageError(f"{case!r}: a case is named with letters, digits, - and _")
    return case


def _archived(path: str, url: str, stamp: str | None) -> Capture:
    """The newest capture of ``url`` in the archive, or the newest of the time that ``stamp`` begins.

    Raises:
        UsageError: there is none.
    """
    if stamp is not None and not _STAMP.fullmatch(stamp):
        raise UsageError(f"--date {stamp}: digits such as 20190312")
    found = [
        capture
        for capture in read_captures(path, wanted=lambda head: head.url == url)
        if stamp is None or capture.date.strftime("%Y%m%d%H%M%S").startswith(stamp)
    ]
    if not found:
        raise UsageError(f"{path} holds no capture of {url}{f' of {stamp}' if stamp else ''}")
    return max(found, key=lambda capture: capture.date)


def _save(golden: Golden, folder: Path, chain: Chain, *, force: bool) -> None:
    outcome = chain.outcome(golden.capture)
    golden.write(folder, outcome, force=force)
    expected = expectation(outcome)
    layout = (expected.get("metadata") or {}).get("layout")
    found = f"{expected['type']} by layout {layout}" if layout else next(iter(expected.values()))
    print(f"{folder}: {found}")
