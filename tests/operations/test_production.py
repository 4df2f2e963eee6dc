"""Settings of production: from the environment, complete or no crawl starts, no open port."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.samplesite.running import running_site
from settings import base
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS, wait_for

CONTACT = "archive@crawler.test"


def environment(**variables: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SCRAPY", "NEWSCRAWL"))}
    production = {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings.production", "PYTHONPATH": str(ROOT)}
    return kept | production | variables


def scrapy(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def test_crawl_without_contact_and_data_folder_does_not_start(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "crawl", "sample")
    assert run.returncode == 2
    for told in (
        "CONTACT is not set",
        "set NEWSCRAWL_CONTACT to",
        "DATA_DIRECTORY is not set",
        "set NEWSCRAWL_DATA to",
    ):
        assert told in run.stderr
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.iterdir())


def test_every_malformed_value_is_named_before_the_start(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "crawl", "sample", NEWSCRAWL_CONTACT="a@b.test\r\nX-Evil: 1", NEWSCRAWL_DATA="data")
    assert run.returncode == 2
    assert "neither a mail address nor an http(s) URL" in run.stderr
    assert "NEWSCRAWL_DATA='data': not an absolute path" in run.stderr
    assert not list(tmp_path.iterdir())


def test_unwritable_data_folder_is_named(tmp_path: Path) -> None:
    run = scrapy(tmp_path, "crawl", "sample", NEWSCRAWL_CONTACT=CONTACT, NEWSCRAWL_DATA="/dev/null/data")
    assert run.returncode == 2
    assert "/dev/null/data cannot be written" in run.stderr


def test_spiders_are_listed_on_a_machine_without_configuration(tmp_path: Path) -> None:
    """Scrapyd lists them at every deployment, also the first one."""
    run = scrapy(tmp_path, "list")
    assert run.returncode == 0, run.stderr
    assert "rferl" in run.stdout.split()


def production_settings(tmp_path: Path, **variables: str) -> dict[str, object]:
    program = """
import json, newscrawl.settings.production as production
print(json.dumps({name: value for name, value in vars(production).items() if name.isupper()}, default=str))
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=True,
    )
    settings: dict[str, object] = json.loads(run.stdout)
    return settings


def test_malformed_values_are_reported_and_left_out_and_secrets_are_not_shown(tmp_path: Path) -> None:
    settings = production_settings(
        tmp_path, NEWSCRAWL_SMTP_PORT="many", NEWSCRAWL_MAIL_TO="a@b.c", NEWSCRAWL_SLACK_WEBHOOK="hooks/secret"
    )
    assert settings["ENVIRONMENT_FAULTS"] == [
        "NEWSCRAWL_SLACK_WEBHOOK='…': not an http(s) URL",
        "NEWSCRAWL_SMTP_PORT='many': not a number from 1 to 65535",
    ]
    assert (settings["MONITORS_SMTP_PORT"], settings["MONITORS_MAIL_TO"]) == (25, ["a@b.c"])


def test_every_folder_is_below_the_data_folder(tmp_path: Path) -> None:
    settings = production_settings(tmp_path, NEWSCRAWL_DATA="/srv/newscrawl/data")
    folders = [name for name, value in vars(base).items() if str(value).split("/")[0] == "data" and name.isupper()]
    assert len(folders) >= 6
    outside = [name for name in folders if not str(settings[name]).startswith("/srv/newscrawl/data")]
    assert not outside


def test_settings_take_the_values_of_the_environment(tmp_path: Path) -> None:
    settings = production_settings(
        tmp_path,
        NEWSCRAWL_CONTACT=CONTACT,
        NEWSCRAWL_WARC_STORE="s3://bucket/warc",
        NEWSCRAWL_WARC_STORE_DELETE_LOCAL="1",
        NEWSCRAWL_SCHEDULE="/etc/newscrawl/schedule.toml",
        NEWSCRAWL_REDIS_URL="redis://127.0.0.1:6379/0",
    )
    assert settings["CONTACT"] == CONTACT
    assert CONTACT in str(settings["USER_AGENT"])
    assert settings["WARC_STORE"] == "s3://bucket/warc"
    assert settings["WARC_STORE_DELETE_LOCAL"] is True
    assert settings["SCHEDULE_FILE"] == "/etc/newscrawl/schedule.toml"
    assert settings["REDIS_URL"] == "redis://127.0.0.1:6379/0"


def listening_ports(pid: int) -> set[int]:
    """Return the TCP ports that the process listens on, from /proc."""
    sockets = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            sockets.add(str(descriptor.readlink()))
        except FileNotFoundError:
            continue
    ports = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                ports.add(int(fields[1].rpartition(":")[2], 16))
    return ports


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="no /proc here that lists the open ports")
@pytest.mark.parametrize(("options", "listens"), [((), False), (("-s", "TELNETCONSOLE_ENABLED=1"), True)])
def test_crawl_listens_on_no_port(options: tuple[str, ...], listens: bool, tmp_path: Path) -> None:
    """With the telnet console it does, so the test would notice."""
    with running_site(size=10) as site, (tmp_path / "log").open("wb") as log:
        command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-a", f"base_url={site.url}"]
        process = subprocess.Popen(
            [*command, "-s", "DOWNLOAD_DELAY=1", *options],
            cwd=tmp_path,
            env=environment(NEWSCRAWL_CONTACT=CONTACT, NEWSCRAWL_DATA=str(tmp_path / "data")),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(lambda: bool(site.visits) or process.poll() is not None, "the first request")
            assert process.poll() is None, (tmp_path / "log").read_text()
            assert bool(listening_ports(process.pid)) is listens
        finally:
            process.kill()
            process.wait()
