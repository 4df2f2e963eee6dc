"""One line adopts the archive in a project and a spider that are not ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from newscrawl.archive.reading.reader import read_captures
from newscrawl.archive.verify.verify import verify
from newscrawl.samplesite.running import running_site
from tests.recording.warcrecords import records_in

SPIDER = """
import scrapy


class Theirs(scrapy.Spider):
    name = "theirs"

    def __init__(self, url, **arguments):
        super().__init__(**arguments)
        self.start_urls = [url]

    def parse(self, response):
        yield {"url": response.url, "title": response.css("title::text").get(), "bytes": len(response.body)}
        yield from response.follow_all(css="a[href*='/a/']", callback=self.parse)
"""
LINE = 'ADDONS = {"newscrawl.archive.addon.WarcAddon": 500}\n'


def project(folder: Path) -> Path:
    """What ``scrapy startproject`` makes, with a spider."""
    command = [sys.executable, "-m", "scrapy", "startproject", "theirs", folder / "theirs"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    (folder / "theirs" / "theirs" / "spiders" / "theirs.py").write_text(SPIDER)
    settings = folder / "theirs" / "theirs" / "settings.py"
    settings.write_text(
        settings.read_text()
        + "DOWNLOAD_DELAY = 0\nDEPTH_LIMIT = 1\nCONCURRENT_REQUESTS_PER_DOMAIN = 8\nAUTOTHROTTLE_ENABLED = False\n"
    )
    return folder / "theirs"


def crawl(home: Path, url: str, *arguments: str) -> list[dict[str, object]]:
    """The items of a crawl, sorted."""
    command = [sys.executable, "-m", "scrapy", "crawl", "theirs", "-a", f"url={url}", "-O", "items.jsonl"]
    # Their settings, whatever another test of this process has set.
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    done = subprocess.run(
        [*command, *arguments], cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    return sorted(map(json.loads, (home / "items.jsonl").read_text().splitlines()), key=lambda item: str(item["url"]))


def test_one_line_in_a_fresh_project(tmp_path: Path) -> None:
    home = project(tmp_path)
    with running_site(size=8) as site:
        plain = crawl(home, site.url + "/")
        settings = home / "theirs" / "settings.py"
        settings.write_text(settings.read_text() + LINE)
        archived = crawl(home, site.url + "/")
    assert len(plain) > 4
    assert archived == plain, "the project sees what it saw before"
    (warc,) = (home / "data" / "warc").glob("theirs-*.warc.gz")
    captures = {capture.url: capture for capture in read_captures(warc)}
    assert {str(item["url"]) for item in plain} <= set(captures)
    assert f"{site.url}/robots.txt" in captures
    info, *records = records_in(warc)
    assert b"\r\nspider: theirs\r\n" in info.block
    assert {record.type for record in records} >= {"response", "request", "metadata"}
    assert not any(record.get("Newscrawl-Rebuilt-From") for record in records)
    assert verify([warc]).sound


def test_switched_off_and_set_otherwise(tmp_path: Path) -> None:
    home = project(tmp_path)
    settings = home / "theirs" / "settings.py"
    settings.write_text(settings.read_text() + LINE)
    with running_site(size=8) as site:
        crawl(home, site.url + "/", "-s", "WARC_ENABLED=0")
        assert not (home / "data").exists()
        crawl(home, site.url + "/", "-s", "WARC_DIRECTORY=a", "-s", "WARC_COMPRESSION=zstd", "-s", "WARC_PREFIX=x y")
    (warc,) = (home / "a").glob("*.warc.zst")
    assert warc.name.startswith("x_y-")
    assert len(list(read_captures(warc))) > 8
    assert verify([home / "a"]).sound
