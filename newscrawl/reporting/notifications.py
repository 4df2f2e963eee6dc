"""Notify the operator of a failed crawl by mail, Slack or a webhook, as far as they are configured."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING, Any, Self

import requests

from newscrawl.reporting.checks import CheckResult

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

SECONDS = 15
"""Seconds that a server may take to answer; the crawl ends only afterwards."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Describe one crawl that needs attention."""

    site: str
    crawl_id: str | None
    status: int
    """The exit status of the crawl."""
    summary: str
    """Its counts, for people."""
    failed: Sequence[CheckResult]
    """The checks that did not pass."""
    meaning: str = ""
    """What the exit status means, in a few words; empty for status 0."""
    host: str = ""
    """The machine that crawled."""
    started: str = ""
    """ISO 8601, UTC."""
    mode: str = ""
    verdict: str = ""
    """One sentence."""
    next_step: str = ""
    errors: Sequence[tuple[str, int]] = ()
    """The most frequent error messages, with their counts."""
    log: str | None = None
    report: str | None = None
    """The path of the crawl's report."""
    over: Sequence[str] = ()
    """Conditions that were sent before and are over now."""

    @property
    def subject(self) -> str:
        """Return one line: ``[newscrawl] rferl FAILED (status 6: the site did not answer)``."""
        if self.over and not self.failed and not self.status:
            return f"[newscrawl] {self.site} is well again ({', '.join(self.over)})"
        if self.status:
            return f"[newscrawl] {self.site} FAILED (status {self.status}: {self.meaning})"
        return f"[newscrawl] {self.site}: check {', '.join(result.name for result in self.failed)}"

    @property
    def text(self) -> str:
        """Return verdict, failed checks, exit status, counts, errors, and where to look, in some lines."""
        lines = [self.verdict, self.next_step] if self.verdict else []
        lines += [f"{result.name}: {result.message}" for result in self.failed]
        lines += [f"over: {name}" for name in self.over]
        status = f"exit status {self.status}" + (f": {self.meaning}" if self.meaning else "")
        lines += ["", f"crawl {self.crawl_id or 'without an id'}, {status}", self.summary]
        details = (("host", self.host), ("started", self.started), ("mode", self.mode), ("log", self.log))
        lines += [f"{name}: {value}" for name, value in (*details, ("report", self.report)) if value]
        lines += [f"{count} times: {message}" for message, count in self.errors]
        return "\n".join(lines)

    @property
    def data(self) -> dict[str, Any]:
        """Return the same for programs: site, crawl, status, summary, and name, message and fields of each check."""
        checks = [{"name": one.name, "message": one.message, "fields": list(one.fields)} for one in self.failed]
        return {
            "site": self.site,
            "crawl": self.crawl_id,
            "status": self.status,
            "summary": self.summary,
            "checks": checks,
            "host": self.host,
            "started": self.started,
            "mode": self.mode,
            "verdict": self.verdict,
            "nextStep": self.next_step,
            "errors": [{"message": message, "count": count} for message, count in self.errors],
            "log": self.log,
            "report": self.report,
            "over": list(self.over),
        }


@dataclass(frozen=True, slots=True)
class Channels:
    """Hold where notifications are sent: the settings ``MONITORS_*``."""

    webhook: str | None = None
    """The URL that gets :attr:`Notice.data` as JSON."""
    slack: str | None = field(default=None, repr=False)
    """The URL of a Slack "incoming webhook" (https://api.slack.com/messaging/webhooks), which is a secret."""
    mail_to: tuple[str, ...] = ()
    mail_from: str = "newscrawl@localhost"
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_security: str = ""
    """``starttls``, ``tls`` or empty."""
    smtp_user: str | None = None
    smtp_password: str | None = field(default=None, repr=False)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Return the channels of the settings."""
        return cls(
            webhook=settings.get("MONITORS_WEBHOOK") or None,
            slack=settings.get("MONITORS_SLACK_WEBHOOK") or None,
            mail_to=tuple(address.strip() for address in settings.getlist("MONITORS_MAIL_TO") if address.strip()),
            mail_from=settings["MONITORS_MAIL_FROM"],
            smtp_host=settings["MONITORS_SMTP_HOST"],
            smtp_port=settings.getint("MONITORS_SMTP_PORT"),
            smtp_security=settings.get("MONITORS_SMTP_SECURITY") or "",
            smtp_user=settings.get("MONITORS_SMTP_USER") or None,
            smtp_password=settings.get("MONITORS_SMTP_PASSWORD") or None,
        )

    @property
    def any(self) -> bool:
        """Return whether any channel is configured."""
        return bool(self.webhook or self.slack or self.mail_to)

    def send(self, notice: Notice) -> Iterator[str]:
        """Send to each channel; yield a message for each failure, without the secrets in an address."""
        senders = (
            ("webhook", self.webhook, _to_webhook),
            ("Slack", self.slack, _to_slack),
            ("mail", self.mail_to, _by_mail),
        )
        for name, configured, send in senders:
            if not configured:
                continue
            try:
                send(self, notice)
            except requests.HTTPError as error:
                yield f"{name}: the server answers {error.response.status_code}"
            except (requests.RequestException, smtplib.SMTPException, OSError, ValueError) as error:
                yield f"{name}: {type(error).__name__}"


def _to_webhook(channels: Channels, notice: Notice) -> None:
    assert channels.webhook
    requests.post(channels.webhook, json=notice.data, timeout=SECONDS, allow_redirects=False).raise_for_status()


def _to_slack(channels: Channels, notice: Notice) -> None:
    assert channels.slack
    # & < > are Slack's control characters (https://api.slack.com/reference/surfaces/formatting#escaping).
    text = f"*{notice.subject}*\n{notice.text}".replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    requests.post(channels.slack, json={"text": text}, timeout=SECONDS, allow_redirects=False).raise_for_status()


def _by_mail(channels: Channels, notice: Notice) -> None:
    message = EmailMessage()
    message["Subject"] = notice.subject
    message["From"] = channels.mail_from
    message["To"] = ", ".join(channels.mail_to)
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="newscrawl.invalid")
    message.set_content(notice.text)
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if channels.smtp_security == "tls":
        server = smtplib.SMTP_SSL(channels.smtp_host, channels.smtp_port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(channels.smtp_host, channels.smtp_port, timeout=SECONDS)
    with server:
        if channels.smtp_security == "starttls":
            server.starttls(context=context)
        if channels.smtp_user:
            server.login(channels.smtp_user, channels.smtp_password or "")
        server.send_message(message)
