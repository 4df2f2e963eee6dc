"""Findings of `newscrawl doctor`: thresholds, and a remedy for each warning and problem."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.operations.checks import clock, disk, is_loopback, items_dir, listening, open_to_all, scrapyd_conf
from newscrawl.operations.findings import Finding, Severity, problems, report
from newscrawl.operations.interpreter import extras_for, own_requirements
from newscrawl.operations.requirements import contact, data_directory, requirements, writable
from newscrawl.operations.server_checks import configuration, folders

GB = 10**9
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def severities(findings: Iterator[Finding]) -> list[Severity]:
    return [finding.severity for finding in findings]


@pytest.mark.parametrize(
    ("free_bytes", "free_inodes", "severity"),
    [
        (100 * GB, 10**6, Severity.OK),
        (20 * GB, 10**6, Severity.OK),
        (20 * GB - 1, 10**6, Severity.WARNING),
        (2 * GB, 10**6, Severity.WARNING),
        (2 * GB - 1, 10**6, Severity.PROBLEM),
        (100 * GB, 9_999, Severity.PROBLEM),
    ],
)
def test_free_space_is_judged_by_thresholds(free_bytes: int, free_inodes: int, severity: Severity) -> None:
    finding = disk(Path("/srv/newscrawl/data"), free_bytes, free_inodes)
    assert finding.severity is severity
    assert bool(finding.remedy) is (severity is not Severity.OK)


@pytest.mark.parametrize(
    ("theirs", "severity"),
    [
        (NOON, Severity.OK),
        # A Date header is cut to whole seconds, and the answer took one.
        (NOON - timedelta(seconds=6), Severity.OK),
        (NOON + timedelta(seconds=6), Severity.OK),
        (NOON - timedelta(seconds=7), Severity.WARNING),
        (NOON + timedelta(seconds=7), Severity.WARNING),
        (NOON - timedelta(seconds=62), Severity.PROBLEM),
        (NOON + timedelta(seconds=62), Severity.PROBLEM),
        (NOON - timedelta(hours=2), Severity.PROBLEM),
        (None, Severity.WARNING),
    ],
)
def test_difference_of_clocks_is_judged_by_thresholds(theirs: datetime | None, severity: Severity) -> None:
    finding = clock("http://a:6800/", theirs, NOON, NOON + timedelta(seconds=1))
    assert finding.severity is severity
    assert bool(finding.remedy) is (severity is not Severity.OK)


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("archive@crawler.test", Severity.OK),
        ("https://crawler.test/about", Severity.OK),
        ("archive@example.com", Severity.WARNING),
        ("https://localhost/", Severity.WARNING),
        ("https://www.example.org/", Severity.WARNING),
        (None, Severity.PROBLEM),
        ("", Severity.PROBLEM),
        ("archive", Severity.PROBLEM),
        ("archive@", Severity.PROBLEM),
        ("mailto:archive@crawler.test", Severity.OK),
        ("ärchiv@crawler.test", Severity.PROBLEM),
        ("https://crawler.test/about us", Severity.PROBLEM),
        ("https://", Severity.PROBLEM),
        ("https://[crawler.test/", Severity.PROBLEM),
        ("https://crawler.test/\r\nX-Evil: 1", Severity.PROBLEM),
        ("archive@crawler.test\nX-Evil: 1", Severity.PROBLEM),
    ],
)
def test_contact_is_a_mail_address_or_url(value: object, severity: Severity) -> None:
    finding = contact(value, "NEWSCRAWL_CONTACT")
    assert finding.severity is severity
    assert ("NEWSCRAWL_CONTACT" in finding.remedy) is (severity is not Severity.OK)


@given(st.text(max_size=60))
def test_accepted_contact_cannot_break_a_header(value: str) -> None:
    if contact(value, "NEWSCRAWL_CONTACT").severity is not Severity.PROBLEM:
        assert value.isascii()
        assert value.isprintable()


def test_required_setting_without_a_check_must_be_set() -> None:
    found = list(requirements({"WARC_STORE": "NEWSCRAWL_WARC_STORE"}, {"WARC_STORE": None}))
    assert [(finding.severity, finding.remedy) for finding in found] == [(Severity.PROBLEM, "set NEWSCRAWL_WARC_STORE")]
    assert not problems(requirements({"WARC_STORE": "NEWSCRAWL_WARC_STORE"}, {"WARC_STORE": "s3://bucket"}))


@pytest.mark.parametrize("value", [None, "", "data", "./data"])
def test_relative_data_folder_is_a_problem(value: str | None) -> None:
    finding = data_directory(value, "NEWSCRAWL_DATA")
    assert finding.severity is Severity.PROBLEM
    assert "absolute path" in finding.remedy


@pytest.fixture
def nobodys_folder() -> Iterator[Path]:
    """Return a folder that the user ``nobody`` can enter: the tests may run as root, who may write anywhere."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    user = os.geteuid()
    try:
        if user == 0:
            (folder / "writable").mkdir()
            os.chown(folder / "writable", 65534, -1)
            os.seteuid(65534)
        else:
            (folder / "writable").mkdir()
            folder.chmod(0o555)
        yield folder
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_read_only_folder_is_a_problem(nobodys_folder: Path) -> None:
    read_only = writable("folders", nobodys_folder)
    assert read_only.severity is Severity.PROBLEM
    assert f"chown -R newscrawl {nobodys_folder}" in read_only.remedy
    assert writable("folders", nobodys_folder / "to be made").severity is Severity.PROBLEM
    assert writable("folders", nobodys_folder / "writable" / "to be made" / "too").severity is Severity.OK
    assert not list((nobodys_folder / "writable").iterdir())


@pytest.mark.parametrize(
    ("settings", "extras", "packages"),
    [
        ({}, [], set()),
        ({"WARC_STORE": "file:///mnt/store"}, [], set()),
        ({"WARC_STORE": "s3://bucket/warc"}, ["s3"], {"s3fs"}),
        ({"REDIS_URL": "redis://127.0.0.1/0"}, ["cluster"], {"redis", "scrapy-redis"}),
        ({"MONITORS_MAIL_TO": ["archive@crawler.test"]}, ["monitors"], {"spidermon", "requests"}),
    ],
)
def test_settings_determine_the_needed_extras(
    settings: dict[str, object], extras: list[str], packages: set[str]
) -> None:
    assert extras_for(settings) == extras
    more = set(own_requirements(extras)) - set(own_requirements())
    assert {re.split("[<>=]", requirement)[0] for requirement in more} == packages
    assert "scrapy" in {re.split("[<>=]", requirement)[0] for requirement in own_requirements()}


def test_each_disk_is_measured_once(tmp_path: Path) -> None:
    found = list(folders({"ARTICLES_DIRECTORY": str(tmp_path / "a"), "WARC_DIRECTORY": str(tmp_path / "b")}))
    assert [finding.subject for finding in found].count("disk") == 1
    assert [finding.subject for finding in found].count("folders") == 2
    assert not list(tmp_path.iterdir())


LOOPBACK = {"bind_address": "127.0.0.1", "jobs_to_keep": "1000"}


@pytest.mark.parametrize(
    ("conf", "environment", "told"),
    [
        ({}, {}, []),
        ({"bind_address": "0.0.0.0", "username": "a", "password": "b"}, {}, []),
        ({"bind_address": "0.0.0.0"}, {"SCRAPYD_USERNAME": "a", "SCRAPYD_PASSWORD": "b"}, []),
        ({"bind_address": "0.0.0.0"}, {}, ["bind_address is 0.0.0.0"]),
        ({"bind_address": "0.0.0.0", "username": "a"}, {}, ["bind_address is 0.0.0.0"]),
        ({}, {"SCRAPYD_BIND_ADDRESS": "::"}, ["bind_address is ::"]),
        ({"username": "a"}, {"SCRAPYD_PASSWORD": "change-me"}, ["the password is 'change-me'"]),
        ({"username": "a", "password": "change-me"}, {}, ["the password is 'change-me'"]),
        ({"username": "a", "password": "change-me"}, {"SCRAPYD_PASSWORD": "b"}, []),
        ({"items_dir": "items"}, {}, ["items_dir is set"]),
        ({"jobs_dir": "jobs"}, {}, ["jobs_dir is set"]),
        ({"jobs_to_keep": "5"}, {}, ["jobs_to_keep is 5"]),
    ],
)
def test_wrong_options_of_scrapyd_are_reported(
    conf: dict[str, str], environment: dict[str, str], told: list[str]
) -> None:
    found = [finding for finding in scrapyd_conf(LOOPBACK | conf, environment) if finding.severity is not Severity.OK]
    assert len(found) == len(told)
    assert all(words in finding.message for words, finding in zip(told, found, strict=True))
    assert all(finding.remedy for finding in found)


def test_default_of_scrapyd_keeps_too_few_logs() -> None:
    assert Severity.WARNING in severities(scrapyd_conf({}, {}))


def test_configuration_is_read_where_scrapyd_reads_it(tmp_path: Path) -> None:
    (tmp_path / "scrapyd.conf").write_text("[scrapyd]\nitems_dir = items\nlogs_dir = /dev/null/logs\n")
    found = problems(configuration(None, tmp_path))
    assert [finding.message.split()[0] for finding in found] == ["items_dir", "/dev/null/logs"]
    assert not list(configuration(tmp_path / "nothing.conf", tmp_path))


@pytest.mark.parametrize(
    ("url", "asked", "severity"),
    [
        ("http://127.0.0.1:6800/", False, []),
        ("http://[::1]:6800/", False, []),
        ("http://localhost:6800/", False, []),
        ("http://crawler-a:6800/", True, []),
        ("http://crawler-a:6800/", False, [Severity.PROBLEM]),
        ("http://10.0.0.7:6800/", False, [Severity.PROBLEM]),
    ],
)
def test_server_without_password_on_the_network_is_a_problem(url: str, asked: bool, severity: list[Severity]) -> None:
    assert severities(open_to_all(url, asked)) == severity


def test_loopback_addresses_are_recognised() -> None:
    assert is_loopback("127.1.2.3")
    assert not is_loopback("127.0.0.1.example.com")
    assert not is_loopback("")


def test_open_consoles_are_a_problem() -> None:
    found = [*listening(telnet=True, remote_control=True)]
    assert [finding.remedy for finding in found] == [
        "set TELNETCONSOLE_ENABLED = False",
        "set REMOTE_CONTROL_ENABLED = False",
    ]
    assert not list(listening(telnet=False, remote_control=False))


def test_report_has_each_remedy_below_its_finding() -> None:
    text = report([items_dir(is_set=False), items_dir(is_set=True)])
    first, second, remedy = text.splitlines()
    assert first.startswith("ok       scrapyd.conf ")
    assert second.startswith("problem  scrapyd.conf ")
    assert remedy.strip().startswith("→ leave items_dir empty")
