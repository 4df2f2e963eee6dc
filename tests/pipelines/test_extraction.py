"""The article pipelines in processes beside the reactor: the same results, the same errors, and deaths survived."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import DropItem

from newscrawl.capture import Capture
from newscrawl.chain.chain import Chain
from newscrawl.chain.drops import NoArticle, Rejected, drop_of
from newscrawl.chain.processes import ChainService, WorkerProcesses
from newscrawl.errors import ExtractionDied, InvalidArticle, NotAnArticle
from newscrawl.items import Article
from newscrawl.samplesite.announcements import escaped_path
from newscrawl.samplesite.publication import Publication
from newscrawl.samplesite.running import running_site
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

BASE = "http://127.0.0.1:8080"
PATHS = [
    "newscrawl.pipelines.article.ArticlePipeline",
    "newscrawl.pipelines.captions.CaptionPipeline",
    "newscrawl.pipelines.validation.ValidationPipeline",
]


def captures() -> Iterator[Capture]:
    for story in Publication().stories.all():
        url = escaped_path(story)
        reply = Publication().reply(url, BASE)
        yield Capture(BASE + url, datetime(2026, 3, 1, tzinfo=UTC), reply.status, reply.headers, reply.body)


def page(name: str) -> Capture:
    return replace(next(captures()), url=f"{BASE}/a/{name}/31000000.html")


def in_processes(paths: list[str], work: Callable[[WorkerProcesses], Awaitable[Any]], processes: int = 1) -> Any:
    """What ``work`` returns, given processes that run ``paths``."""

    async def run() -> Any:
        made = WorkerProcesses(ChainService(paths), processes)
        try:
            await made.ready()
            return await asyncio.wait_for(work(made), PATIENCE_SECONDS)
        finally:
            made.close()

    return asyncio.run(run())


def test_processes_give_what_the_chain_gives() -> None:
    pages = list(captures())
    expected = [Chain.from_paths(PATHS).apply(one) for one in pages]

    async def all_at_once(processes: WorkerProcesses) -> list[Article]:
        return await asyncio.gather(*(processes.answer(one) for one in pages))

    assert in_processes(PATHS, all_at_once, processes=2) == expected


def test_errors_come_back_as_they_were_raised() -> None:
    paths = ["tests.pipelines.faulty.Faulty", *PATHS]

    async def raised(processes: WorkerProcesses) -> list[Any]:
        names = ("value", "dropped", "unpicklable", "fine")
        return await asyncio.gather(*(processes.answer(page(name)) for name in names), return_exceptions=True)

    value, dropped, unpicklable, fine = in_processes(paths, raised)
    assert isinstance(value, ValueError)
    assert isinstance(dropped, DropItem)
    assert isinstance(unpicklable, Exception)
    assert isinstance(fine, Article)


def test_errors_say_the_same_in_any_process() -> None:
    article = Chain.from_paths(PATHS).apply(next(captures()))
    invalid = pickle.loads(pickle.dumps(InvalidArticle(("no url",), article)))
    assert (invalid.article, invalid.messages, str(invalid)) == (article, ("no url",), "no url")
    rejected = drop_of(page("a"), invalid)
    assert isinstance(rejected, Rejected)
    assert (rejected.article, rejected.messages) == (article, ("no url",))
    none = drop_of(page("a"), pickle.loads(pickle.dumps(NotAnArticle("empty"))))
    assert isinstance(none, NoArticle)
    assert (none.url, none.reason, none.log_level) == (page("a").url, "empty", "INFO")
    dropped = DropItem("of a pipeline of the user")
    assert drop_of(page("a"), dropped) is dropped


def test_a_page_that_kills_its_process_harms_no_other() -> None:
    paths = ["tests.pipelines.faulty.Deadly", *PATHS]
    names = ["fine-1", "deadly", "fine-2", "fine-3"]

    async def work(processes: WorkerProcesses) -> tuple[list[Any], int]:
        results = await asyncio.gather(*(processes.answer(page(name)) for name in names), return_exceptions=True)
        results.append(await processes.answer(page("after")))
        return results, processes.deaths

    results, deaths = in_processes(paths, work)
    assert [isinstance(result, Article) for result in results] == [True, False, True, True, True]
    assert isinstance(results[1], ExtractionDied)
    assert deaths == 1


def test_processes_that_are_still_starting_end_too() -> None:
    async def closed_while_starting() -> None:
        made = WorkerProcesses(ChainService(PATHS), 2)
        starting = asyncio.create_task(made.ready())
        while not multiprocessing.active_children():
            await asyncio.sleep(0)
        made.close()
        with pytest.raises(ExtractionDied):
            await asyncio.wait_for(starting, PATIENCE_SECONDS)

    asyncio.run(closed_while_starting())
    assert not multiprocessing.active_children()


def test_a_crawl_that_is_not_let_end_leaves_no_process(tmp_path: Path) -> None:
    """As after a second Ctrl-C: the reactor stops, and nobody closes the pipelines."""
    script = tmp_path / "unclosed.py"
    script.write_text(
        "import asyncio\n"
        "from newscrawl.chain.processes import ChainService, WorkerProcesses\n"
        "if __name__ == '__main__':\n"
        f"    asyncio.run(WorkerProcesses(ChainService({PATHS!r}), 2).ready())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, timeout=PATIENCE_SECONDS)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("processes", [0, 2])
def test_a_crawl_writes_the_same_articles_with_and_without_processes(processes: int, tmp_path: Path) -> None:
    with running_site(size=260) as site:
        environment = {
            **os.environ,
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-a", f"base_url={site.url}"]
        command += ["-s", f"EXTRACTION_PROCESSES={processes}"]
        run = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS
        )
        assert run.returncode == 0, run.stderr[-3000:]
        lines = [line for path in tmp_path.glob("data/articles/*.jsonl") for line in path.read_bytes().splitlines()]
        articles = [json.loads(line) for line in lines]
        expected = {story.id: story.headline for story in site.publication.stories.all()}
    found = {int(article["url"].rpartition("/")[2].partition(".")[0]): article["headline"] for article in articles}
    assert found == expected
    assert len(articles) == len(expected)
