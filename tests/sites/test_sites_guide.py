"""docs/sites.md: its example files are sites as they stand."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.commands.savefixture import Command
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

GUIDE = (ROOT / "docs" / "sites.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", GUIDE, re.S)

TODAY = """<!DOCTYPE html><html lang="en"><head><title>Ferry gets new ropes</title></head><body><main><article>
<p class="story-section">Local</p><h1>Ferry gets new ropes</h1>
<p class="story-byline">By <a href="/people/ruth">Ruth Olander</a>
<time datetime="2024-04-20T08:00:00+01:00">20 April</time></p>
<div class="story-picture"><figure><img src="/img/ropes.jpg" alt=""><figcaption>New ropes on the quay.
<span class="credit">Leo Brandt</span></figcaption></figure></div>
<div class="story-text"><p>The ropes came on Saturday.</p>
<p class="read-more"><a href="/news/17">Why the ferry waits</a></p>
<p>The ferry runs twice a day.</p><div class="about-the-author"><p>Ruth Olander writes about rivers.</p></div></div>
</article></main></body></html>"""

BEFORE = """<html><head><title>Ferry stops</title></head><body><div id="story"><h2>Ferry stops</h2>
<div class="author">Leo Brandt</div><div class="date">3 January 2015 09:30</div>
<div class="text"><div class="picture"><img src="/old/1.jpg"><p>The empty quay.</p></div>
<p>The ferry stopped on Friday.</p><p>Its ropes are worn.</p></div></div></body></html>"""

PROGRAM = """
import json, sys
import orjson
from datetime import datetime
import newscrawl.sites
newscrawl.sites.__path__.append(sys.argv[1])
from newscrawl.capture import Capture
from newscrawl.chain.chain import Chain
from newscrawl.spiders.sites import spider_class
from newscrawl.sites import site_named
from settings.base import ARTICLE_PIPELINES
spider = spider_class(site_named("wend_courier"))
chain = Chain.from_paths(ARTICLE_PIPELINES)
for url, day, page in json.load(sys.stdin):
    headers = (("Content-Type", "text/html"),)
    outcome = chain.result_of(Capture(url, datetime.fromisoformat(day), 200, headers, page.encode()))
    print(orjson.dumps({"spider": spider.name, "outcome": outcome}).decode())
"""


def _read(folder: Path, pages: list[tuple[str, str, str]]) -> list[dict[str, dict[str, object]]]:
    (folder / "wend_courier.py").write_text(EXAMPLES[1], "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_the_file_of_a_foreign_site_is_all_it_takes(tmp_path: Path) -> None:
    url = "https://www.wend-courier.example/news/18-ferry-ropes"
    today, before, listing = _read(
        tmp_path,
        [
            (url, "2024-04-21T12:00:00+00:00", TODAY),
            ("https://www.wend-courier.example/news/9", "2015-01-04T12:00:00+00:00", BEFORE),
            ("https://www.wend-courier.example/news", "2024-04-21T12:00:00+00:00", TODAY),
        ],
    )

    assert today["spider"] == "wend_courier"
    article = today["outcome"]
    assert article["metadata"]["layout"] == "courier-2021"  # type: ignore[index]
    assert article["headline"] == "Ferry gets new ropes"
    assert article["paragraphs"] == ["The ropes came on Saturday.", "The ferry runs twice a day."]
    assert article["authors"][0]["name"] == "Ruth Olander"  # type: ignore[index]
    assert article["datePublished"] == "2024-04-20T08:00:00+01:00"
    assert article["articleSection"] == "Local"
    assert article["inLanguage"] == "en-GB"
    assert article["images"][0]["caption"] == "New ropes on the quay."  # type: ignore[index]
    assert article["images"][0]["creditText"] == "Leo Brandt"  # type: ignore[index]
    assert article["relatedLinks"] == [
        {"url": "https://www.wend-courier.example/news/17", "name": "Why the ferry waits"}
    ]

    old = before["outcome"]
    assert old["metadata"]["layout"] == "courier-2012"  # type: ignore[index]
    assert old["paragraphs"] == ["The ferry stopped on Friday.", "Its ropes are worn."]
    assert old["datePublished"] == "2015-01-03T09:30:00+00:00"
    assert old["authors"][0]["name"] == "Leo Brandt"  # type: ignore[index]
    assert old["images"][0]["caption"] == "The empty quay."  # type: ignore[index]

    assert listing["outcome"]["reason"] == "no article URL of wend_courier"


def test_the_first_example_is_the_file_that_is_there() -> None:
    assert EXAMPLES[0] == (ROOT / "newscrawl" / "sites" / "rferl.py").read_text("utf-8")


@pytest.mark.parametrize("line", re.findall(r"^newscrawl savefixture.*$", GUIDE, re.M))
def test_the_commands_of_the_guide_are_of_today(line: str) -> None:
    parser = ArgumentParser()
    command = Command()
    command.settings = Settings()
    command.add_options(parser)
    _, rest = parser.parse_known_args(line.split()[2:])
    assert not [word for word in rest if word.startswith("--")]
