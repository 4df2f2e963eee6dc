"""Nothing that came from outside can steer a terminal or forge a line of the log."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.reporting.log_records import SafeRecord
from tests.reporting.test_signs_of_life import crawl

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def message(text: str, *arguments: object) -> str:
    return SafeRecord("x", logging.INFO, "", 0, text, arguments, None).getMessage()


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J", "\x9b31m", "\x1b]8;;http://attack.example\x07", "\u202egnp", "\r", "\x00"]
)
def test_sequences_become_escapes(hostile: str) -> None:
    assert not STEERING.search(message("Article: %s", f"http://a.example/{hostile}"))


def test_a_line_from_outside_cannot_begin_a_line_of_the_log() -> None:
    forged = message("Article: %s", "x\n2026-12-01 12:00:00 [scrapy] ERROR: forged")

    assert forged.splitlines()[1].startswith("  2026")


@given(st.text(max_size=100))
def test_no_text_steers_a_terminal(text: str) -> None:
    assert not STEERING.search(message("%s", text))


def test_plain_messages_stay() -> None:
    assert message("Кот %d · „да“", 3) == "Кот 3 · „да“"


def test_a_healthy_crawl_logs_no_warning(tmp_path: Path) -> None:
    run = crawl(tmp_path)

    assert run.returncode == 0
    assert [line for line in run.stderr.splitlines() if " WARNING: " in line or " ERROR: " in line] == []
