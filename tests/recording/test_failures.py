"""Why a request got no page: its URL, and the status or what the network said."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.recording.failures import failed_request

URL = "http://a.test/feed"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (HttpError(Response(URL, status=404), "Ignoring non-200 response"), "status 404"),
        (IgnoreRequest("Forbidden by robots.txt"), "Forbidden by robots.txt"),
        (
            ResponseDataLossError("the connection was closed within the body"),
            "the connection was closed within the body",
        ),
        (TimeoutError(), "TimeoutError"),
    ],
)
def test_failed_request_has_its_url_and_its_reason(error: Exception, message: str) -> None:
    failure = Failure(error)
    failure.request = Request(URL)  # type: ignore[attr-defined]  # as Scrapy does

    assert failed_request(failure) == f"{URL}: {message}"
