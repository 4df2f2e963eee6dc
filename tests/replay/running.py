"""A replay within the test's own process."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newscrawl.replay.job import Replay
from newscrawl.replay.output.account_file import AccountFile
from newscrawl.replay.reading.units import units_of
from newscrawl.replay.recipe import Recipe
from newscrawl.replay.run import RunReport
from newscrawl.replay.selection.filters import Filters
from settings.base import ARTICLE_PIPELINES
from tests.replay.commandline import lines_of


def replay(
    output: Path,
    *sources: str | Path,
    filters: Filters | None = None,
    restart: bool = False,
    account: AccountFile | None = None,
    processes: int = 1,
    **options: Any,
) -> RunReport:
    """What comes of a replay of ``sources`` into ``output`` in one process."""
    recipe = Recipe(pipelines=tuple(ARTICLE_PIPELINES), filters=filters or Filters(), **options)
    job = Replay(units_of(map(str, sources)), recipe, output, processes=processes, account=account)
    return job.run(restart=restart)


def articles_of(folder: Path) -> list[dict[str, Any]]:
    """The articles in the JSON Lines files of ``folder``."""
    return [json.loads(line) for line in lines_of(folder)]


def urls_of(articles: Iterable[dict[str, Any]]) -> set[str]:
    return {article["url"] for article in articles}


def newest_url(files: list[Path], folder: Path) -> str:
    """The page of a story that only the last of ``files`` knows; leaves ``before`` and ``all`` in ``folder``."""
    replay(folder / "before", *files[:-1])
    replay(folder / "all", *files)
    return max(urls_of(articles_of(folder / "all")) - urls_of(articles_of(folder / "before")))
