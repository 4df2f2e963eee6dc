"""Make Scrapy's response from a recorded message, read as the reader of its record reads it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING

from scrapy.http import Headers as ScrapyHeaders
from scrapy.responsetypes import responsetypes

from newscrawl.archive.records.http import ResponseReading
from newscrawl.archive.records.spool import Message
from newscrawl.codings import Headers, transfer_decoded

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from twisted.internet.ssl import Certificate

_NAMES = 1024


def response_of(
    request: Request,
    message: Message,
    reading: ResponseReading,
    *,
    certificate: Certificate | None,
    ip_address: IPv4Address | IPv6Address | None,
    protocol: str,
    flags: Iterable[str] = (),
) -> Response:
    """Return the response that the recorded ``message`` is; its body keeps its content-coding."""
    url = request.url.partition("#")[0]
    headers = scrapy_headers(reading.headers)
    body, _ = transfer_decoded(message[reading.body_start :], reading.headers)
    response = responsetypes.from_args(headers=headers, url=url, body=body)(
        url=url,
        status=reading.status,
        body=body,
        flags=list(flags),
        certificate=certificate,
        ip_address=ip_address,
        protocol=protocol,
    )
    response.headers = headers  # as an argument they would be read a second time
    return response


def scrapy_headers(pairs: Headers) -> ScrapyHeaders:
    """Return ``pairs``, read as Latin-1, as Scrapy has them. Lines without a name are left out."""
    by_name: dict[bytes, list[bytes]] = {}
    for name, value in pairs:
        if name:
            by_name.setdefault(_normal(name), []).append(value.encode("latin-1"))
    headers = ScrapyHeaders()
    dict.update(headers, by_name)
    return headers


@lru_cache(_NAMES)
def _normal(name: str) -> bytes:
    """Return ``name`` in the form of the keys of Scrapy's headers."""
    return name.encode("latin-1").title()
