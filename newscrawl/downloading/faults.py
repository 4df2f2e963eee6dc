"""Why a request got no page, in a few words: Scrapy's own leave out the status and the reasons below."""

from __future__ import annotations

from scrapy.exceptions import ResponseDataLossError
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure


def fault_of(failure: Failure) -> str:
    """What went wrong: the status, or what the network or a middleware said."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"status {error.response.status}"
    if isinstance(error, ResponseDataLossError):
        return "the response ends before its length"
    reasons = getattr(getattr(error, "__cause__", None), "reasons", None) or ()
    said = ", ".join(reason.getErrorMessage() for reason in reasons) or failure.getErrorMessage()
    return said or type(error).__name__


def failed_request(failure: Failure) -> str:
    """The URL of the request, and what went wrong there."""
    error = failure.value
    url = error.response.url if isinstance(error, HttpError) else failure.request.url  # type: ignore[attr-defined]  # Scrapy sets it
    return f"{url}: {fault_of(failure)}"
