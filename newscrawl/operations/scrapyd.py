"""Call the parts of Scrapyd's JSON API that newscrawl uses (https://scrapyd.readthedocs.io/en/stable/api.html).

It uses the HTTP client of the standard library, because scheduling must also work where the crawler cannot run.
"""

from __future__ import annotations

import base64
import json
import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from newscrawl.dates import instant_of
from newscrawl.errors import ScrapydError

TIMEOUT = 60
"""Seconds. Scrapyd answers at once, except that it runs `scrapy list` for a new egg, about 2 s on an idle machine."""
MAX_ANSWER = 16 * 1024 * 1024
"""Bytes. A job takes about 300 bytes in a list, and Scrapyd keeps 100 finished jobs."""
JOB_STATES = ("pending", "running", "finished")


class _NoRedirect(HTTPRedirectHandler):
    """Follow no redirects: Scrapyd sends none, and following one would send the password elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold one response."""

    body: bytes
    server_time: datetime | None
    """The Date header."""
    asked: datetime
    answered: datetime
    """Our clock after the answer; ``asked`` is our clock before the request."""


class Scrapyd:
    """Call one Scrapyd server.

    The user and password come from the environment variables that Scrapyd itself reads, ``SCRAPYD_USERNAME`` and
    ``SCRAPYD_PASSWORD``, or from ``~/.netrc``, where scrapyd-deploy looks too.
    """

    def __init__(self, url: str, *, credentials: tuple[str, str] | None = None, timeout: float = TIMEOUT) -> None:
        self.url = url if url.endswith("/") else f"{url}/"
        self._credentials = credentials or credentials_for(self.url, os.environ)
        self._timeout = timeout
        self._opener = build_opener(_NoRedirect)

    def schedule(
        self,
        project: str,
        spider: str,
        job_id: str,
        arguments: Mapping[str, str],
        *,
        settings: Mapping[str, str] | None = None,
        priority: float = 0.0,
        version: str | None = None,
    ) -> None:
        """Ask the server to start a crawl.

        Raises:
            ScrapydError: The server does not answer or refuses.
        """
        fields = [("project", project), ("spider", spider), ("jobid", job_id), ("priority", str(priority))]
        if version is not None:
            fields.append(("_version", version))
        fields += [("setting", f"{name}={value}") for name, value in (settings or {}).items()]
        self._json("schedule.json", data=[*fields, *arguments.items()])

    def cancel(self, project: str, job_id: str) -> str | None:
        """Ask a job to stop; return the state that it was in, or None if there was no such job."""
        state = self._json("cancel.json", data=[("project", project), ("job", job_id)]).get("prevstate")
        return state if isinstance(state, str) else None

    def job_state(self, project: str, job_id: str) -> str | None:
        """Return ``pending``, ``running`` or ``finished``, or None if the server does not know the job."""
        state = self._json("status.json", query={"project": project, "job": job_id}).get("currstate")
        return state if state in JOB_STATES else None

    def jobs(self, project: str) -> dict[str, list[dict[str, Any]]]:
        """Return the jobs of ``project`` by state, as the API lists them."""
        answer = self._json("listjobs.json", query={"project": project})
        return {state: [job for job in answer.get(state, []) if isinstance(job, dict)] for state in JOB_STATES}

    def projects(self) -> list[str]:
        """Return the deployed projects."""
        return _texts(self._json("listprojects.json"), "projects")

    def versions(self, project: str) -> list[str]:
        """Return the deployed versions; the last one runs by default."""
        return _texts(self._json("listversions.json", query={"project": project}), "versions")

    def spiders(self, project: str, version: str | None = None) -> list[str]:
        """Return the spiders that ``scrapy list`` lists on the server."""
        query = {"project": project} | ({"_version": version} if version else {})
        return _texts(self._json("listspiders.json", query=query), "spiders")

    def daemon_status(self) -> dict[str, Any]:
        """Return the node name and the numbers of jobs."""
        return self._json("daemonstatus.json")

    def asks_for_password(self) -> bool:
        """Return whether the server refuses requests without a password."""
        try:
            self._answer(Request(urljoin(self.url, "daemonstatus.json")), with_credentials=False)  # noqa: S310 - as in page()
        except ScrapydError as error:
            return error.status == HTTPStatus.UNAUTHORIZED
        return False

    def page(self, path: str) -> Answer:
        """Return any page of the server.

        Raises:
            ScrapydError: The server does not answer, or not with success.
        """
        return self._answer(Request(urljoin(self.url, path)))  # noqa: S310 - the scheme was checked (is_server_url)

    def _json(
        self, path: str, *, query: Mapping[str, str] | None = None, data: list[tuple[str, str]] | None = None
    ) -> dict[str, Any]:
        url = urljoin(self.url, path) + (f"?{urlencode(query)}" if query else "")
        body = urlencode(data).encode("ascii") if data is not None else None
        answer = self._answer(Request(url, body))  # noqa: S310 - as above
        try:
            content = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise ScrapydError(f"{self.url}{path} is not Scrapyd: it answers {answer.body[:80]!r}") from error
        if not isinstance(content, dict) or content.get("status") != "ok":
            message = content.get("message") if isinstance(content, dict) else content
            raise ScrapydError(f"{self.url}{path}: {message}")
        return content

    def _answer(self, request: Request, *, with_credentials: bool = True) -> Answer:
        if self._credentials and with_credentials:
            token = base64.b64encode(":".join(self._credentials).encode()).decode("ascii")
            request.add_unredirected_header("Authorization", f"Basic {token}")
        asked = datetime.now(UTC)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                body = response.read(MAX_ANSWER + 1)
                date = response.headers.get("Date")
        except HTTPError as error:
            with error:
                raise ScrapydError(f"{self.url} answers {error.code} {error.reason}", status=error.code) from error
        except (URLError, HTTPException, OSError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            raise ScrapydError(f"{self.url} does not answer: {reason}") from error
        if len(body) > MAX_ANSWER:
            raise ScrapydError(f"{self.url} answers more than {MAX_ANSWER} bytes")
        return Answer(body, instant_of(date), asked, datetime.now(UTC))


def credentials_for(url: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Return user and password for the server at ``url``, or None if none are configured."""
    username, password = environment.get("SCRAPYD_USERNAME"), environment.get("SCRAPYD_PASSWORD")
    if username and password:
        return username, password
    try:
        entry = netrc.netrc().authenticators(urlsplit(url).hostname or "")
    except FileNotFoundError:
        return None
    except (OSError, netrc.NetrcParseError) as error:
        raise ScrapydError(f"~/.netrc cannot be read: {error}") from error
    return (entry[0], entry[2] or "") if entry else None


def _texts(answer: dict[str, Any], key: str) -> list[str]:
    return [value for value in answer.get(key, []) if isinstance(value, str)]
