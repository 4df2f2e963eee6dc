"""The environment variables that production reads, declared once (docs/reference/environment.md is made from this)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from newscrawl.errors import UsageError
from newscrawl.inputs import about, converted, declared

PREFIX = "NEWSCRAWL_"


def _absolute(text: str) -> str:
    if not Path(text).is_absolute():
        raise ValueError(text)
    return text


def _web_url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError(text)
    return text


def _addresses(text: str) -> list[str]:
    return [address.strip() for address in text.split(",") if address.strip()]


class Environment(msgspec.Struct, frozen=True, rename=lambda name: f"{PREFIX}{name.upper()}"):
    """The variables; each has the name of its field in upper case, with the prefix ``NEWSCRAWL_``."""

    data: Annotated[
        str | None,
        about(
            "The folder of all data. Required: the jobs of Scrapyd run in another folder.",
            "an absolute path",
            _absolute,
        ),
    ] = None
    contact: Annotated[
        str | None,
        about(
            "Where the operators of the sites reach you. Required; it is part of the user agent and the WARC files.",
            "a mail address or an http(s) URL",
        ),
    ] = None
    schedule: Annotated[str, about("The schedule file.", "a path")] = "schedule.toml"
    warc_store: Annotated[
        str | None,
        about("Where finished WARC files are uploaded.", "a URL that fsspec knows: s3://bucket/folder"),
    ] = None
    warc_store_delete_local: Annotated[
        bool, about("Whether a WARC file is deleted here after its upload was compared.", "1 or 0")
    ] = False
    redis_url: Annotated[
        str | None, about("The Redis server, for several crawlers of one site.", "a URL such as redis://host:6379/0")
    ] = None
    webhook: Annotated[str | None, about("Receives notifications as JSON.", "an http(s) URL", _web_url)] = None
    slack_webhook: Annotated[
        str | None, about("Receives notifications in Slack; the URL is a secret.", "an http(s) URL", _web_url)
    ] = None
    mail_to: Annotated[
        tuple[str, ...], about("Receive notifications by mail.", "mail addresses, separated by commas", _addresses)
    ] = ()
    mail_from: Annotated[str, about("The sender of the mails.", "a mail address")] = "newscrawl@localhost"
    smtp_host: Annotated[str, about("The mail server.", "a host name")] = "localhost"
    smtp_port: Annotated[
        Annotated[int, msgspec.Meta(gt=0, lt=65536)], about("The port of the mail server.", "a number from 1 to 65535")
    ] = 25
    smtp_security: Annotated[
        Literal["", "starttls", "tls"],
        about("How the connection to the mail server is encrypted.", "starttls, tls or empty"),
    ] = ""
    smtp_user: Annotated[str | None, about("The user at the mail server.", "a name")] = None
    smtp_password: Annotated[str | None, about("The password of that user.", "a password")] = None


def environment_from(variables: Mapping[str, str]) -> tuple[Environment, list[str]]:
    """Return the environment in ``variables``, and one message for each malformed value, which is left out.

    It raises nothing: Scrapyd imports the settings at each deployment, also on a machine that is not configured yet.
    """
    good: dict[str, Any] = {}
    faults = []
    for name in (each.name for each in declared(Environment)):
        value = variables.get(name, "").strip()
        if not value:
            continue
        try:
            converted(Environment, {name: value})
        except UsageError as error:
            faults.append(str(error).replace(value, "…") if "PASSWORD" in name or "SLACK" in name else str(error))
        else:
            good[name] = value
    return converted(Environment, good), faults
