"""The same pages fetched by Scrapy alone and by a crawl of ours, step by step: each in a process of its own."""

from __future__ import annotations

import atexit
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.environment import ROOT, interpreter

PAGES = int(os.environ.get("BENCH_CRAWLED_PAGES", "3000"))
PAGE_KILOBYTES = int(os.environ.get("BENCH_PAGE_KILOBYTES", "80"))
Figures = dict[str, Any]

_OFF = {
    "ITEM_PIPELINES": {},
    "WARC_ENABLED": False,
    "STATE_DIRECTORY": "",
    "ARTICLES_DIRECTORY": "",
    "ROBOTSTXT_OBEY": False,
    "LOG_LEVEL": "ERROR",
    "DOWNLOAD_DELAY": 0,
}
_EXTRACTION = {"newscrawl.pipelines.extraction.ExtractionPipeline": 100}
_STATE = {"newscrawl.pipelines.revision.RevisionPipeline": 400}


def bare(_data: Path) -> Callable[[], Figures]:
    """Scrapy with its default settings."""
    return _crawl("own", ["runspider", str(ROOT / "bench" / "bare.py")], {"LOG_LEVEL": "ERROR"})


def fetching(_data: Path) -> Callable[[], Figures]:
    """Our spider and settings; its captures are dropped."""
    return _ours(_OFF)


def extraction(_data: Path) -> Callable[[], Figures]:
    """And articles made of them."""
    return _ours(_OFF | {"ITEM_PIPELINES": _EXTRACTION})


def in_the_reactor(_data: Path) -> Callable[[], Figures]:
    """Do the same without a separate process for the extraction."""
    return _ours(_OFF | {"ITEM_PIPELINES": _EXTRACTION, "EXTRACTION_PROCESSES": 0})


def state(_data: Path) -> Callable[[], Figures]:
    """And what is known of each page and article kept, for the next crawl."""
    return _ours(_OFF | {"ITEM_PIPELINES": _EXTRACTION | _STATE, "STATE_DIRECTORY": _scratch("state")})


def archive(_data: Path) -> Callable[[], Figures]:
    """Fetch and archive, without articles."""
    return _ours(_OFF | {"WARC_ENABLED": True, "WARC_DIRECTORY": _scratch("warc")})


def everything(_data: Path) -> Callable[[], Figures]:
    """Extract, archive, keep the state and write lines: `newscrawl crawl` with its defaults."""
    folders = {name: _scratch(name.lower()) for name in ("WARC_DIRECTORY", "STATE_DIRECTORY", "ARTICLES_DIRECTORY")}
    return _ours({"ROBOTSTXT_OBEY": False, "LOG_LEVEL": "ERROR"} | folders)


def without_archive(_data: Path) -> Callable[[], Figures]:
    """Everything but the archive: what the archive costs a whole crawl."""
    folders = {name: _scratch(name.lower()) for name in ("STATE_DIRECTORY", "ARTICLES_DIRECTORY")}
    return _ours({"ROBOTSTXT_OBEY": False, "LOG_LEVEL": "ERROR", "WARC_ENABLED": False} | folders)


def growing(_data: Path) -> Callable[[], Figures]:
    """Do the same with a site so large that it makes its pages on request."""
    folders = {name: _scratch(name.lower()) for name in ("WARC_DIRECTORY", "STATE_DIRECTORY", "ARTICLES_DIRECTORY")}
    return _ours({"ROBOTSTXT_OBEY": False, "LOG_LEVEL": "ERROR"} | folders, warm=False)


def bare_old(_data: Path) -> Callable[[], Figures]:
    """Run only the Scrapy that scrapy-webarchive requires."""
    return _crawl("webarchive", ["runspider", str(ROOT / "bench" / "bare.py")], {"LOG_LEVEL": "ERROR"})


def webarchive(_data: Path) -> Callable[[], Figures]:
    """scrapy-webarchive's exporter on the Scrapy that it asks for."""
    settings = {
        "LOG_LEVEL": "ERROR",
        "SW_EXPORT_URI": "file://" + _scratch("wacz") + "/",
        "EXTENSIONS": {"scrapy_webarchive.extensions.WaczExporter": 543, "bench.clock.Clock": 0},
    }
    return _crawl("webarchive", ["runspider", str(ROOT / "bench" / "bare.py")], settings)


def _ours(settings: Figures, *, warm: bool = True) -> Callable[[], Figures]:
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.settings.development"
    return _crawl("own", ["crawl", "sample"], settings, base_url=True, warm=warm)


def _scratch(name: str) -> str:
    return str(Path(os.environ["BENCH_SCRATCH"]) / name)


def _crawl(
    environment: str, command: list[str], settings: Figures, base_url: bool = False, warm: bool = True
) -> Callable[[], Figures]:
    """Crawl the warmed-up sample site in a process; the time of the site is not counted."""
    url = _running_site(3 * PAGES if warm else 64)
    paths = _paths()
    if warm:
        _warm(url, paths)
    urls = Path(_scratch("urls.txt"))
    urls.write_text("".join(f"{url}{path}\n" for path in paths))
    python = interpreter(environment)
    arguments = [str(python), "-m", "scrapy", *command, "-a", f"urls_file={urls}"]
    arguments += ["-a", f"base_url={url}"] if base_url else []
    extensions = _own_extensions() if base_url else {}
    for name, value in ({"EXTENSIONS": extensions | {"bench.clock.Clock": 0}} | settings).items():
        arguments += ["-s", f"{name}={json.dumps(value) if isinstance(value, dict) else value}"]

    def run() -> Figures:
        # A crawl without articles has an exit status that says so; what counts here are the responses.
        subprocess.run(arguments, check=False, cwd=os.environ["BENCH_SCRATCH"], env=_environment())  # noqa: S603 - our own arguments
        figures: Figures = json.loads(Path(_scratch("clock.json")).read_text())
        if figures["units"] < PAGES * 0.97:
            raise SystemExit(f"only {figures['units']} responses")
        return figures

    return run


def _own_extensions() -> dict[str, Any]:
    """Those of a crawl as it comes: what is set on the command line takes their place. No line of progress."""
    from newscrawl.settings.base import EXTENSIONS

    return {**EXTENSIONS, "newscrawl.reporting.progress.Progress": None}


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _running_site(cached_replies: int) -> str:
    """Return the URL of a sample site that ends with this process."""
    command = [
        sys.executable,
        "-m",
        "newscrawl.samplesite",
        "--port",
        "0",
        "--size",
        str(PAGES),
        "--until-stdin-closes",
    ]
    command += ["--page-kilobytes", str(PAGE_KILOBYTES), "--cached-replies", str(cached_replies), "--crawl-delay", "0"]
    site = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=_environment())  # noqa: S603 - same
    atexit.register(site.kill)
    assert site.stdout is not None
    return site.stdout.readline().strip().rstrip("/")


def _paths() -> list[str]:
    """Return the paths of all articles."""
    from newscrawl.samplesite.announcements import escaped_path
    from newscrawl.samplesite.publication import Publication

    return [escaped_path(story) for story in Publication(PAGES).stories.all()]


def _warm(url: str, paths: list[str]) -> None:
    """Ask for each path once, as Scrapy asks."""
    client = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
    for path in paths:
        client.request("GET", path, headers={"Accept-Encoding": "gzip, deflate"})
        client.getresponse().read()
    client.close()
