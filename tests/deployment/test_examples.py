"""The example files of docs/deploying.md, read by the tools that they are for."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newscrawl.settings.environment import Environment

from newscrawl.inputs import declared
from newscrawl.operations.checks import EXAMPLE_PASSWORD, scrapyd_conf
from newscrawl.operations.findings import Severity
from newscrawl.operations.schedule_file import schedule_from
from newscrawl.sites import all_sites
from newscrawl.spiders.arguments import CrawlArguments
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

EXAMPLES = ROOT / "docs" / "examples" / "scrapyd"
UNITS = sorted([*EXAMPLES.glob("*.service"), *EXAMPLES.glob("*.timer")])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_units_are_valid_for_systemd(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text()
        for program in re.findall(r"^ExecStart=(\S+)", text, re.MULTILINE):
            there = tmp_path / program.lstrip("/")
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_text("#!/bin/sh\n")
            there.chmod(0o755)
        (tmp_path / unit.name).write_text(text.replace("ExecStart=/srv", f"ExecStart={tmp_path}/srv"))
    names = [str(tmp_path / unit.name) for unit in UNITS]
    run = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    about_ours = [line for line in (run.stdout + run.stderr).splitlines() if "newscrawl" in line or "scrapyd" in line]
    assert not about_ours
    assert len(UNITS) == 5


def test_every_timer_has_a_service() -> None:
    assert all(timer.with_suffix(".service").exists() for timer in EXAMPLES.glob("*.timer"))


@pytest.mark.skipif(shutil.which("systemd-tmpfiles") is None, reason="no systemd-tmpfiles on this machine")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives folders to another user")
def test_only_old_logs_and_rejected_items_are_removed(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text("newscrawl:x:991:991::/srv/newscrawl:/bin/sh\n")
    (tmp_path / "etc" / "group").write_text("newscrawl:x:991:\n")
    shutil.copy(EXAMPLES / "newscrawl.tmpfiles.conf", tmp_path / "newscrawl.conf")
    command = ["systemd-tmpfiles", f"--root={tmp_path}", str(tmp_path / "newscrawl.conf")]
    subprocess.run([*command, "--create"], check=True, timeout=PATIENCE_SECONDS)
    base = tmp_path / "srv" / "newscrawl"
    assert (base / "data").stat().st_uid == 991
    kept = [base / "data" / "warc" / "old.warc.gz", base / "scrapyd" / "eggs" / "old.egg"]
    old = base / "scrapyd" / "logs" / "newscrawl" / "rferl" / "old.log"
    for path in (*kept, old):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (time.time() - 400 * 86_400,) * 2)
    new = old.with_name("new.log")
    new.touch()
    # A file counts as old when it was not changed either; the kernel's time of change cannot be set back.
    conf = (tmp_path / "newscrawl.conf").read_text()
    (tmp_path / "newscrawl.conf").write_text(conf.replace("30d", "mM:30d").replace("90d", "mM:90d"))
    subprocess.run([*command, "--clean"], check=True, timeout=PATIENCE_SECONDS)
    assert not old.exists()
    assert new.exists()
    assert all(path.exists() for path in kept)


def test_environment_file_names_the_variables_of_production() -> None:
    text = (EXAMPLES / "environment").read_text()
    named = set(re.findall(r"^#?(NEWSCRAWL_\w+)=", text, re.MULTILINE))
    assert named == {each.name for each in declared(Environment)}


def test_example_password_is_reported_by_the_doctor() -> None:
    assert f"SCRAPYD_PASSWORD={EXAMPLE_PASSWORD}\n" in (EXAMPLES / "environment").read_text()
    text = (ROOT / "docs" / "deploying.md").read_text()
    assert f'sed -i "s/{EXAMPLE_PASSWORD}/' in text


def test_environment_file_means_the_same_to_a_shell(tmp_path: Path) -> None:
    text = (EXAMPLES / "environment").read_text()
    said = subprocess.run(
        ["sh", "-c", f"set -a; . {EXAMPLES / 'environment'}; env"], capture_output=True, text=True, check=True, env={}
    ).stdout.splitlines()
    assert set(re.findall(r"^\w+=.*", text, re.MULTILINE)) <= set(said)


def test_units_cannot_write_to_the_code() -> None:
    """The folder of the checkout and the environments belongs to root, so no unit may write to it."""
    tmpfiles = (EXAMPLES / "newscrawl.tmpfiles.conf").read_text()
    assert re.search(r"^d /srv/newscrawl +0755 root +root", tmpfiles, re.MULTILINE)
    for unit in EXAMPLES.glob("*.service"):
        (written,) = re.findall(r"^ReadWritePaths=(.*)", unit.read_text(), re.MULTILINE)
        assert set(written.split()) <= {"/srv/newscrawl/data", "/srv/newscrawl/scrapyd"}


def test_server_lock_has_the_versions_of_the_tests() -> None:
    server, tested = (_locked(ROOT / f"requirements-{name}.txt") for name in ("server", "dev"))
    assert server.items() <= tested.items()
    assert _locked(ROOT / "requirements.txt").items() <= server.items()
    assert {"scrapyd", "scrapyd-client", "s3fs", "spidermon", "requests", "scrapy-redis"} <= {
        pin.split("==")[0] for pin in server
    }


def _locked(path: Path) -> dict[str, str]:
    """Return the hashes of each pinned package."""
    return dict(re.findall(r"^(\S+==[^\\]+) \\\n((?:    .*\n)+)", path.read_text(), re.MULTILINE))


def test_example_configuration_has_no_findings() -> None:
    parser = configparser.ConfigParser()
    parser.read(EXAMPLES / "scrapyd.conf")
    found = list(scrapyd_conf(dict(parser.items("scrapyd")), {}))
    assert {finding.severity for finding in found} == {Severity.OK}


def test_example_schedule_is_valid() -> None:
    def check(site: str, arguments: dict[str, str]) -> None:
        CrawlArguments.from_strings(arguments)

    names = [site.name for site in all_sites()]
    schedule = schedule_from((EXAMPLES / "schedule.toml").read_text(), names, check)
    jobs = schedule.jobs(datetime(2026, 5, 1, tzinfo=UTC))
    assert len(jobs) == 3 * (len(names) - 1)
    assert {job.crawl.node for job in jobs} == {"a"}
