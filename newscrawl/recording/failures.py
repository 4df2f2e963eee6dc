"""Why a request got no page, in a few words: Scrapy's own messages leave out the status."""

from __future__ import annotations

from scrapy.exceptions import ResponseDataLossError
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure


def reason_of(failure: Failure) -> str:
    """Return what went wrong: the status, or what the download or a middleware said."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"status {error.response.status}"
    if isinstance(error, ResponseDataLossError) and not str(error):
        return "the response ends before its length"
    return failure.getErrorMessage() or type(error).__name__


def failed_request(failure: Failure) -> str:
    """Return the URL of the request and what went wrong there."""
    error = failure.value
    url = error.response.url if isinstance(error, HttpError) else failure.request.url  # type: ignore[attr-defined]  # Scrapy sets it
    return f"{url}: {reason_of(failure)}"
