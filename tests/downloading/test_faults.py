"""Why a request got no page: told with its URL, the status or what the network said."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadFailedError, IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure
from twisted.web.client import ResponseNeverReceived

from newscrawl.downloading.faults import failed_request

URL = "http://a.test/feed"


def _unanswered() -> DownloadFailedError:
    error = DownloadFailedError("[<twisted.python.failure.Failure …>]")
    error.__cause__ = ResponseNeverReceived([Failure(ConnectionDone("Connection was closed."))])
    return error


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (HttpError(Response(URL, status=404), "Ignoring non-200 response"), "status 404"),
        (IgnoreRequest("Forbidden by robots.txt"), "Forbidden by robots.txt"),
        (ResponseDataLossError(), "the response ends before its length"),
        (_unanswered(), "Connection was closed cleanly: Connection was closed.."),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_a_failed_request_is_told_with_its_url_and_its_reason(error: Exception, message: str) -> None:
    failure = Failure(error)
    failure.request = Request(URL)  # type: ignore[attr-defined]  # as Scrapy does

    assert failed_request(failure) == f"{URL}: {message}"
