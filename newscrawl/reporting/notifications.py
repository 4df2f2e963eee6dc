"""How an operator hears of a crawl that is not fine: mail, Slack, a webhook. What is not configured is not sent."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING, Any, Self

import requests

from newscrawl.reporting.checks import Verdict

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

SECONDS = 15
"""How long a server may take to answer: a crawl does not end before."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What there is to say about one crawl."""

    site: str
    crawl_id: str | None
    status: int
    """The exit status of the crawl."""
    summary: str
    """Its counts, for people."""
    verdicts: Sequence[Verdict]
    """Those that did not pass."""

    @property
    def subject(self) -> str:
        """One line."""
        return f"newscrawl: {self.site}: {', '.join(verdict.name for verdict in self.verdicts) or 'fine'}"

    @property
    def text(self) -> str:
        """Some lines."""
        lines = [f"{verdict.name}: {verdict.message}" for verdict in self.verdicts]
        return "\n".join(
            [*lines, "", f"crawl {self.crawl_id or 'without an id'}, exit status {self.status}", self.summary]
        )

    @property
    def data(self) -> dict[str, Any]:
        """The same for programs: site, crawl, status, summary, and each verdict's name, message and fields."""
        verdicts = [{"name": one.name, "message": one.message, "fields": list(one.fields)} for one in self.verdicts]
        return {
            "site": self.site,
            "crawl": self.crawl_id,
            "status": self.status,
            "summary": self.summary,
            "verdicts": verdicts,
        }


@dataclass(frozen=True, slots=True)
class Channels:
    """Where notices go: the settings ``MONITORS_*``."""

    webhook: str | None = None
    """Gets :attr:`Notice.data` as JSON."""
    slack: str | None = field(default=None, repr=False)
    """A Slack "incoming webhook" (https://api.slack.com/messaging/webhooks); the URL is a secret."""
    mail_to: tuple[str, ...] = ()
    mail_from: str = "newscrawl@localhost"
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_security: str = ""
    """``starttls``, ``tls`` or nothing."""
    smtp_user: str | None = None
    smtp_password: str | None = field(default=None, repr=False)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """As the settings say."""
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
        """Whether notices go anywhere."""
        return bool(self.webhook or self.slack or self.mail_to)

    def send(self, notice: Notice) -> Iterator[str]:
        """Send to each channel; what failed, in words, without the secrets of an address."""
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
