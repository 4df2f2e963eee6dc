"""Claims on slots by real processes: one process gets it, once; a killed process loses it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.errors import UsageError
from newscrawl.operations.claims import claim_on
from newscrawl.operations.start import claim_slot
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

EARLY, NOW, LATE = "20260501T0330Z", "20260501T0345Z", "20260501T0400Z"

PROGRAM = """
import os, signal, sys
from pathlib import Path
from newscrawl.operations.claims import claim_on
with claim_on(Path(sys.argv[1]), "rferl-latest", "20260501T0345Z", "fired") as claim:
    print("claimed" if claim else "taken", flush=True)
    sys.stdin.readline()
    if claim and sys.argv[2] == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if claim:
        claim.keep()
"""


def claimant(folder: Path, then: str) -> subprocess.Popen[str]:
    """Start a process that claims the slot, prints the result, and continues after a line of input."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), then],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def answers(processes: list[subprocess.Popen[str]]) -> list[str]:
    """Return what each process printed, after all have printed."""
    said = [process.stdout.readline().strip() for process in processes if process.stdout]
    for process in processes:
        process.communicate("go on\n", timeout=PATIENCE_SECONDS)
    return said


def test_only_one_of_many_processes_gets_the_claim(tmp_path: Path) -> None:
    assert sorted(answers([claimant(tmp_path, "keeps") for _ in range(4)])) == ["claimed", "taken", "taken", "taken"]
    assert answers([claimant(tmp_path, "keeps")]) == ["taken"]


def test_claim_of_a_killed_process_is_free_again(tmp_path: Path) -> None:
    assert answers([claimant(tmp_path, "dies")]) == ["claimed"]
    assert answers([claimant(tmp_path, "keeps")]) == ["claimed"]


def test_earlier_slots_cannot_be_claimed(tmp_path: Path) -> None:
    def claimed(slot: str) -> bool:
        with claim_on(tmp_path, "rferl-latest", slot, "fired") as claim:
            if claim:
                claim.keep()
            return claim is not None

    assert [claimed(slot) for slot in (NOW, NOW, EARLY, LATE, NOW)] == [True, False, False, True, False]


def test_series_and_purposes_have_separate_claims(tmp_path: Path) -> None:
    for series, purpose in (("rferl-latest", "fired"), ("rferl-latest", "started"), ("rferl-recheck", "fired")):
        with claim_on(tmp_path, series, NOW, purpose) as claim:
            assert claim is not None
            claim.keep()


def test_truncated_claim_file_claims_nothing(tmp_path: Path) -> None:
    (tmp_path / "rferl-latest.fired").write_text("2026050")
    with claim_on(tmp_path, "rferl-latest", NOW, "fired") as claim:
        assert claim is not None


@pytest.mark.parametrize(
    ("series", "slot"), [("../etc", NOW), ("", NOW), ("rferl", "tomorrow"), ("rferl", f"{NOW}/.."), ("a" * 101, NOW)]
)
def test_malformed_slot_creates_no_file(series: str, slot: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError), claim_on(tmp_path / "claims", series, slot, "fired"):
        pass
    assert not list(tmp_path.iterdir())


def test_crawl_claims_its_slot_once(tmp_path: Path) -> None:
    settings = {"SCHEDULE_DIRECTORY": str(tmp_path), "SCHEDULE_SLOT": f"rferl-latest/{NOW}"}
    assert [claim_slot(settings) for _ in range(2)] == [True, False]
    assert claim_slot(settings | {"SCHEDULE_SLOT": None})


@pytest.mark.parametrize("slot", ["rferl-latest", "/", f"../../etc/{NOW}", f"rferl-latest/{NOW}x"])
def test_crawl_with_a_malformed_slot_does_not_start(slot: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        claim_slot({"SCHEDULE_DIRECTORY": str(tmp_path), "SCHEDULE_SLOT": slot})


def test_crawl_does_not_start_if_claims_cannot_be_written() -> None:
    with pytest.raises(UsageError, match="SCHEDULE_DIRECTORY cannot be written"):
        claim_slot({"SCHEDULE_DIRECTORY": "/dev/null/claims", "SCHEDULE_SLOT": f"rferl-latest/{NOW}"})
