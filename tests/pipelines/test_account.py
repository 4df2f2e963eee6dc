"""Every response of a crawl ends in one outcome, the same as a replay of its archive finds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from newscrawl.account import Outcome
from newscrawl.samplesite.running import running_site
from tests.replay.commandline import lines_of, scrapy
from tests.replay.test_account import listed


def test_outcomes_add_up_to_the_responses_and_agree_with_a_replay(tmp_path: Path) -> None:
    with running_site(size=30) as site:
        for job in ("one", "two"):
            arguments = ["-a", f"base_url={site.url}", "-a", f"_job={job}", "-s", "OUTCOMES_FILE=outcomes.jsonl"]
            run = scrapy(tmp_path, "crawl", "sample", *arguments)
            assert run.returncode == 0, run.stderr[-3000:]
    entries = [json.loads(line) for line in (tmp_path / "outcomes.jsonl").open()]
    counts = Counter(entry["outcome"] for entry in entries)
    assert set(counts) <= set(Outcome)
    assert counts[Outcome.ARTICLE] == len(lines_of(tmp_path / "data" / "articles"))
    assert all(bool(entry["reason"]) != (entry["outcome"] == Outcome.ARTICLE) for entry in entries)
    replayed, _ = listed(tmp_path / "replay", tmp_path / "data" / "warc")
    assert len(entries) == len({entry["record"] for entry in entries}) == len(replayed)
    by_record = {entry["record"]: entry["outcome"] for entry in replayed}
    for entry in entries:
        assert by_record[entry["record"]] == entry["outcome"], entry
