"""docs/scheduling.md and its examples work as they stand."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from newscrawl.settings.environment import Environment

from newscrawl.exit_statuses import ExitStatus
from newscrawl.inputs import declared
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
TEXT = (DOCS / "scheduling.md").read_text()
UNITS = sorted([*EXAMPLES.glob("newscrawl*.service"), *EXAMPLES.glob("newscrawl*.timer")])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    assert len(UNITS) == 4
    for unit in UNITS:
        # The unit as it is, but for the place of a program that is not installed there.
        (tmp_path / unit.name).write_text(unit.read_text().replace("/srv/newscrawl/.venv/bin/scrapy", sys.executable))
    checked = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not installed")
def test_cron_lines_run(tmp_path: Path) -> None:
    lines = [line for line in (EXAMPLES / "newscrawl.cron").read_text().splitlines() if re.match(r"[\d*]", line)]
    assert len(lines) == 2
    assert lines[0] in TEXT
    scrapy = tmp_path / "scrapy"
    scrapy.write_text('#!/bin/sh\necho "$@ as $NEWSCRAWL_CONTACT with $SCRAPY_SETTINGS_MODULE" >>"$0.ran"\nexit 5\n')
    scrapy.chmod(0o755)
    for line in lines:
        fields = line.split(None, 6)
        assert re.fullmatch(r"[\d*/]+( [\d*/]+){4}", " ".join(fields[:5]))
        assert fields[5] == "newscrawl"
        assert "%" not in fields[6], "cron ends the command there"
        command = (
            fields[6]
            .replace("/srv/newscrawl/.venv/bin/scrapy", str(scrapy))
            .replace("/etc/newscrawl/environment", str(EXAMPLES / "environment"))
            .replace("/srv/newscrawl/data", str(tmp_path))
        )
        ran = subprocess.run(
            ["/bin/sh", "-c", command], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True
        )
        assert ran.stdout == "rferl: exit status 5\n"
    assert (tmp_path / "scrapy.ran").read_text().splitlines() == [
        f"crawl rferl {arguments}-s LOG_FILE={tmp_path}/logs/rferl.log"
        " as archive@example.org with newscrawl.settings.production"
        for arguments in ("", "-a mode=recheck ")
    ]


def test_every_exit_status_is_documented() -> None:
    documented = {int(number) for number in re.findall(r"^\| (\d) \|", TEXT, re.MULTILINE)}
    assert documented == set(ExitStatus) - {ExitStatus.INTERRUPTED}


def test_every_setting_and_variable_of_the_monitors_is_documented() -> None:
    base = (ROOT / "settings" / "base.py").read_text()
    for name in re.findall(r"^(MONITORS_\w+)", base, re.MULTILINE):
        assert name in TEXT or (name.startswith("MONITORS_SMTP") and f"`{name[13:]}`" in TEXT), name
    environment = (EXAMPLES / "environment").read_text()
    for variable in (each.name for each in declared(Environment)):
        if re.match("NEWSCRAWL_(WEBHOOK|SLACK|MAIL|SMTP)", variable):
            assert variable in TEXT or variable in environment, variable


def test_every_stat_of_discovery_and_politeness_is_documented() -> None:
    text = (DOCS / "discovery.md").read_text()
    for folder in ("spiders", "politeness"):
        for path in (ROOT / "newscrawl" / folder).glob("*.py"):
            for stat in re.findall(r'"((?:discovery|politeness)/\w+)["/]', path.read_text()):
                assert stat in text, f"{path.name}: {stat}"
