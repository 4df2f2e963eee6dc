"""``newscrawl savefixture SITE URL``: a page as a golden test, fetched now or taken from an archive."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.utils.conf import closest_scrapy_cfg

from newscrawl.archive.reading.newest import newest_capture
from newscrawl.capture import Capture, instant
from newscrawl.chain.chain import Chain, ChainResult, Failed, NotArticle, RejectedArticle
from newscrawl.command_line.command import KnownOptions
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.items import Article
from newscrawl.recording.fetch_one import ONE_PAGE_SETTINGS, fetched_page
from newscrawl.site import Site
from newscrawl.sites import site_for, site_named
from newscrawl.sites.site_checks import check
from newscrawl.spiders.arguments import is_web_url
from newscrawl.testing.golden import Golden

FOLDER = "tests/extract/golden"
_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_NOT_IN_A_CASE = re.compile(r"[^A-Za-z0-9]+")
_NOT_SAID = "a whole page, as it was served"


class Command(KnownOptions):
    """Save a page and the article it gives."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[options] [SITE] URL | --update FOLDER…"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Turn a page into a golden test: the page, how it was fetched, the article it gives"

    def long_desc(self) -> str:
        """Return the text of ``--help``."""
        return (
            "Fetch URL, or take its newest capture out of an archive (--warc), and write page.html, meta.json and "
            f"expected.json to a folder of {FOLDER}. Read expected.json before it is committed: it is what the page "
            "gives today, and what it must give from now on. SITE is checked against the URL."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of this command."""
        super().add_options(parser)
        parser.add_argument("--warc", metavar="FILE", help="an archive that holds a capture of URL; nothing is fetched")
        parser.add_argument(
            "--date", metavar="YYYY[MM[DD[hhmmss]]]", help="with --warc: the capture of that time, not the newest"
        )
        parser.add_argument("--name", metavar="CASE", help="name of the case; else made of the site and the URL")
        parser.add_argument("--folder", metavar="DIR", help=f"where cases are (default: the project's {FOLDER})")
        parser.add_argument("--rests-on", metavar="TEXT", default=_NOT_SAID, help="where this markup was seen")
        parser.add_argument("--no-article", action="store_true", help="a page that must give no article")
        parser.add_argument("--force", action="store_true", help="replace a case that exists")
        parser.add_argument("--update", action="store_true", help="write expected.json of the FOLDERs anew")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Options before settings: one page is neither archived nor turned into lines."""
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.setdict(ONE_PAGE_SETTINGS, priority="spider")  # above the project's, below -s

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Save the case, or update cases."""
        try:
            assert self.settings is not None
            chain = Chain.from_paths(self.settings.getlist("ARTICLE_PIPELINES"))
            if opts.update:
                _update([Path(name) for name in args], chain)
            else:
                self._add(args, opts, chain)
        except NewscrawlError as error:
            raise ScrapyUsageError(str(error), print_help=False) from error

    def _add(self, args: list[str], opts: argparse.Namespace, chain: Chain) -> None:
        site, url = _site_and_url(args)
        if (profile := site or site_for(url)) is not None:
            check(profile)
        folder = (Path(opts.folder) if opts.folder else _project() / FOLDER) / _case(opts.name, url)
        if folder.exists() and not opts.force:
            raise UsageError(f"{folder} exists; --force replaces the case in it, --name CASE makes another one")
        if site is not None and not opts.no_article:
            _check_is_article_url(site, url)
        capture, others = self._found(url, opts)
        if site is not None and not opts.no_article and capture.url != url:
            _check_is_article_url(site, capture.url, f"{url} leads to ")
        golden = Golden.of(capture, opts.rests_on)
        try:
            outcome = _checked(chain.result_of(golden.capture), is_article=not opts.no_article)
        except UsageError as error:
            also = f" (other captures, for --date: {', '.join(others)})" if others else ""
            raise UsageError(f"{url}, captured {instant(capture.date)}, {error}{also}") from error
        _save(golden, folder, outcome, force=opts.force)

    def _found(self, url: str, opts: argparse.Namespace) -> tuple[Capture, list[str]]:
        """Return the capture, and the timestamps of the others."""
        if opts.warc is not None:
            return newest_capture(opts.warc, url, opts.date)
        if opts.date is not None:
            raise UsageError("--date chooses among the captures of an archive: name one with --warc")
        assert self.crawler_process is not None
        return fetched_page(self.crawler_process, url), []


def _update(folders: list[Path], chain: Chain) -> None:
    """All or, where one of them is no case, none."""
    if not folders:
        raise UsageError("name the folders of the cases to update")
    cases = [(Golden.read(folder), folder) for folder in folders]
    for golden, folder in cases:
        outcome = chain.result_of(golden.capture)
        if isinstance(outcome, Failed):
            raise UsageError(f"{folder}: {_reason(outcome)}")
        _save(golden, folder, outcome, force=True)


def _project() -> Path:
    """Return the folder of scrapy.cfg, relative to the current one."""
    config = closest_scrapy_cfg()
    return Path(os.path.relpath(Path(config).parent)) if config else Path()


def _site_and_url(args: list[str]) -> tuple[Site | None, str]:
    """Return the site, if one is named, and the URL.

    Raises:
        UsageError: there is no such site, or the arguments are not [SITE] URL.
    """
    if not 1 <= len(args) <= 2:
        raise UsageError("name a site and the URL of one of its articles: newscrawl savefixture rferl https://…")
    site = site_named(args[0]) if len(args) == 2 else None
    if not is_web_url(args[-1]):
        raise UsageError(f"{args[-1]!r} is no http URL")
    return site, args[-1]


def _check_is_article_url(site: Site, url: str, leading_to: str = "") -> None:
    if site.article_id(url) is None:
        raise UsageError(f"{leading_to}{url}{', which' if leading_to else ''} is no article URL of {site.name}")


def _case(name: str | None, url: str) -> str:
    """Return the name of the folder: one component, plain letters.

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


def _save(golden: Golden, folder: Path, outcome: ChainResult, *, force: bool) -> None:
    golden.write(folder, outcome, force=force)
    if not isinstance(outcome, Article):
        print(f"{folder}: no article: {_reason(outcome)}")
        return
    metadata = outcome.metadata
    notes = "".join(f"; {message}" for message in metadata.validationMessages) if metadata else ""
    print(f"{folder}: {outcome.type} by layout {metadata.layout if metadata else None}{notes}")


def _reason(outcome: NotArticle | RejectedArticle | Failed) -> str:
    return "; ".join(outcome.messages) if isinstance(outcome, RejectedArticle) else outcome.reason


def _checked(outcome: ChainResult, *, is_article: bool) -> ChainResult:
    """``outcome``, which a case may expect: what a failing pipeline makes is never one.

    Raises:
        UsageError: an article where none was asked for, or none where one was.
    """
    if isinstance(outcome, Failed):
        raise UsageError(f"makes a pipeline fail: {outcome.reason}")
    if isinstance(outcome, Article) and not is_article:
        raise UsageError("gives an article: leave out --no-article")
    if not isinstance(outcome, Article) and is_article:
        raise UsageError(f"gives no article: {_reason(outcome)}; --no-article makes a case of that")
    return outcome
