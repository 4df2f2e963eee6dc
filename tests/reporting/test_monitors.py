"""Monitors of real crawls: the exit status of a drift, and notices over real sockets."""

from __future__ import annotations

import json
import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.errors import UsageError
from newscrawl.reporting import addon
from newscrawl.reporting.addon import MonitorsAddon
from newscrawl.reporting.checks import CheckResult
from newscrawl.reporting.history import CrawlRecord, History
from newscrawl.reporting.notifications import Channels, Notice
from tests.conftest import ROOT
from tests.reporting.test_checks import coverage
from tests.waiting import PATIENCE_SECONDS

LAYOUT = CheckResult("layout", False, "author: 0% of <30> & more", ("author",))
NOTICE = Notice("rferl", "c1", 5, "3 pages", [LAYOUT], "layout drift")


@dataclass
class Inbox:
    """What came, and where to send it."""

    port: int = 0
    received: list[Any] = field(default_factory=list)
    status: int = 200


@contextmanager
def serving(server: socketserver.BaseServer, inbox: Inbox) -> Iterator[Inbox]:
    inbox.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield inbox
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture
def webhook() -> Iterator[Inbox]:
    inbox = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            inbox.received.append((self.path, json.loads(body)))
            self.send_response(inbox.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler), inbox) as running:
        yield running


@pytest.fixture
def mailbox() -> Iterator[Inbox]:
    """A mail server that takes everything (RFC 5321, as much of it as a sender needs)."""
    inbox = Inbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 inbox\r\n")
            recipients: list[str] = []
            while line := self.rfile.readline():
                verb = line.strip().upper()
                if verb.startswith(b"RCPT"):
                    recipients.append(line.decode().strip()[9:-1])
                if verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    data = b"".join(iter(self.rfile.readline, b".\r\n"))
                    inbox.received.append((recipients, message_from_bytes(data, policy=policy.default)))
                self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")
                if verb == b"QUIT":
                    return

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler), inbox) as running:
        yield running


def test_webhook_gets_the_failed_checks_as_json(webhook: Inbox) -> None:
    channels = Channels(webhook=f"http://127.0.0.1:{webhook.port}/hook?key=secret")
    assert list(channels.send(NOTICE)) == []
    ((path, data),) = webhook.received
    assert path == "/hook?key=secret"
    assert (data["site"], data["crawl"], data["status"]) == ("rferl", "c1", 5)
    assert data["checks"] == [{"name": "layout", "message": "author: 0% of <30> & more", "fields": ["author"]}]


def test_slack_gets_text_with_its_control_characters_escaped(webhook: Inbox) -> None:
    assert list(Channels(slack=f"http://127.0.0.1:{webhook.port}/services/T/B/x").send(NOTICE)) == []
    ((_, data),) = webhook.received
    assert data["text"].startswith(
        "*[newscrawl] rferl FAILED (status 5: layout drift)*\nlayout: author: 0% of &lt;30&gt; &amp; more"
    )


def test_mail_goes_to_every_address(mailbox: Inbox) -> None:
    channels = Channels(mail_to=("a@example.org", "b@example.org"), smtp_host="127.0.0.1", smtp_port=mailbox.port)
    assert list(channels.send(NOTICE)) == []
    ((recipients, message),) = mailbox.received
    assert recipients == ["a@example.org", "b@example.org"]
    assert message["Subject"] == "[newscrawl] rferl FAILED (status 5: layout drift)"
    assert "author: 0% of <30> & more" in message.get_content()
    assert "exit status 5" in message.get_content()


def test_failing_channel_does_not_stop_the_others_and_reveals_no_secret(webhook: Inbox, mailbox: Inbox) -> None:
    webhook.status = 403
    channels = Channels(
        webhook="http://127.0.0.1:9/secret",
        slack=f"http://127.0.0.1:{webhook.port}/secret",
        mail_to=("a@example.org",),
        smtp_host="127.0.0.1",
        smtp_port=mailbox.port,
    )
    failures = list(channels.send(NOTICE))
    assert failures == ["webhook: ConnectionError", "Slack: the server answers 403"]
    assert len(mailbox.received) == 1
    assert "secret" not in repr(Channels(slack="https://x/secret", smtp_password="secret"))


def crawled(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings.development", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scrapy", "crawl", "sample", "-a", "size=24", "-s", "WARC_ENABLED=0", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


def remember_better_days(folder: Path) -> History:
    """A past in which every article of the sample site was a fact check with a rating."""
    history = History(folder / "data" / "monitors" / "sample.sqlite")
    seen = coverage(200)
    seen.with_field.update({"alternativeHeadline": 200, "dateline": 200, "section": 200, "description": 200})
    history.add(CrawlRecord(datetime.now(UTC) - timedelta(days=1), "backfill", "finished", coverage=seen, written=200))
    return history


def test_layout_drift_sets_the_exit_status_without_spidermon(tmp_path: Path) -> None:
    history = remember_better_days(tmp_path)
    run = crawled(tmp_path)
    assert run.returncode == 5, run.stderr[-3000:]
    assert "the pages have probably changed: far fewer articles have" in run.stderr
    assert "Check layout failed: " in run.stderr
    assert "Spidermon" not in run.stderr
    newest, _ = history.since(datetime.now(UTC) - timedelta(days=9))
    assert newest.drifted
    assert newest.coverage.articles > 10


def test_failed_check_is_sent_through_spidermon(tmp_path: Path, webhook: Inbox) -> None:
    remember_better_days(tmp_path)
    run = crawled(tmp_path, "-s", f"MONITORS_WEBHOOK=http://127.0.0.1:{webhook.port}/")
    assert run.returncode == 5, run.stderr[-3000:]
    ((_, data),) = webhook.received
    assert (data["site"], data["status"]) == ("sample", 5)
    assert [check["name"] for check in data["checks"]] == ["layout"]
    assert "[Spidermon]" in run.stderr


def test_successful_crawl_sends_nothing_and_a_lost_notification_keeps_the_exit_status(
    tmp_path: Path, webhook: Inbox
) -> None:
    run = crawled(tmp_path, "-s", f"MONITORS_WEBHOOK=http://127.0.0.1:{webhook.port}/")
    assert run.returncode == 0, run.stderr[-3000:]
    assert webhook.received == []
    webhook.status = 500
    remember_better_days(tmp_path / "second")
    run = crawled(tmp_path / "second", "-s", f"MONITORS_WEBHOOK=http://127.0.0.1:{webhook.port}/")
    assert run.returncode == 5
    assert "a notification was not delivered: webhook: the server answers 500" in run.stderr


def test_broken_history_is_logged_and_the_crawl_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "data" / "monitors" / "sample.sqlite"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all" * 99)
    run = crawled(tmp_path)
    assert run.returncode == 0, run.stderr[-3000:]
    assert "Cannot read or write the history of the crawls in" in run.stderr


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"MONITORS_WEBHOOK": "file:///etc/passwd"}, "MONITORS_WEBHOOK is not an http"),
        ({"MONITORS_MAIL_TO": ["a@b.c"], "MONITORS_SMTP_PORT": "many"}, "MONITORS_SMTP_PORT='many'"),
        ({"MONITORS_MAIL_TO": ["a@b.c"], "MONITORS_SMTP_SECURITY": "ssl3"}, "MONITORS_SMTP_SECURITY"),
    ],
)
def test_wrong_settings_are_reported_before_the_crawl(values: dict[str, object], message: str) -> None:
    settings = Settings({"MONITORS_ENABLED": True, "MONITORS_SMTP_PORT": 25, **values})
    with pytest.raises(UsageError, match=message):
        MonitorsAddon().update_settings(settings)


def test_channel_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addon, "find_spec", lambda name: None if name == "spidermon" else object())
    settings = Settings({"MONITORS_ENABLED": True, "MONITORS_MAIL_TO": ["a@b.c"]})
    with pytest.raises(UsageError, match=r"needs spidermon: in a checkout .* pip install '\.\[monitors\]'"):
        MonitorsAddon().update_settings(settings)
    MonitorsAddon().update_settings(Settings({"MONITORS_ENABLED": True}))
