"""The names of WARC files: whose they are, and that a crawl finds the files of its site again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from newscrawl.archive.writing.warc_file import file_name
from newscrawl.recording.writer_options import file_prefix
from newscrawl.state.unprocessed_pages import _archives

NOW = datetime(2026, 5, 1, 3, 30, tzinfo=UTC)


def prefix(crawl_id: str | None, warc_prefix: str | None = None) -> str:
    spider = SimpleNamespace(name="rferl", crawl_id=crawl_id)
    return file_prefix(SimpleNamespace(settings=Settings({"WARC_PREFIX": warc_prefix}), spider=spider))


@pytest.mark.parametrize(
    ("crawl_id", "name"),
    [
        (None, "rferl-20260501033000-00000-1~host.warc.gz"),
        ("6f1c", "rferl.6f1c-20260501033000-00000-1~host.warc.gz"),
        ("rferl-latest-20260501T0330Z", "rferl.latest_20260501T0330Z-20260501033000-00000-1~host.warc.gz"),
        ("../../etc/passwd", "rferl..._.._etc_passwd-20260501033000-00000-1~host.warc.gz"),
    ],
)
def test_the_id_of_the_job_is_in_the_name_and_the_site_finds_it(crawl_id: str, name: str, tmp_path: Path) -> None:
    assert file_name(prefix(crawl_id), NOW, 0, "1~host", ".warc.gz") == name
    (tmp_path / name).touch()
    assert [path.name for path in _archives(tmp_path, "rferl")] == [name]


def test_a_prefix_that_is_set_is_taken_as_it_is() -> None:
    assert prefix("6f1c", "spring") == "spring"


def test_the_files_of_a_site_whose_name_begins_the_same_are_left_alone(tmp_path: Path) -> None:
    for name in ("rferl_pressroom-20260501033000-00000-1~host.warc.gz", "rferlx.6f1c-20260501033000-0-1~h.warc.gz"):
        (tmp_path / name).touch()
    assert not _archives(tmp_path, "rferl")
