"""Refuse requests to private, loopback and link-local addresses: the crawler stands inside a network.

:class:`PublicAddressCheck` judges the very addresses that the download handler then connects to, so that a name that
resolves to one address when it is checked and to another when it is used (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from typing import TYPE_CHECKING, Self
from urllib.parse import ParseResult, SplitResult, urlsplit

from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.site import Site

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

SETTING = "PRIVATE_ADDRESSES_ALLOWED"

# The IANA registries of special-purpose addresses (RFC 6890), as of 2025: all that is not globally reachable.
_SPECIAL_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays of 6to4, deprecated
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved; broadcast
    )
)
_SPECIAL_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "100::/64",  # discard
        "2001::/23",  # protocol assignments
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
    )
)
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
"""All IPv6 addresses that are assigned to hosts (RFC 4291, 2.4, and the IANA registry of IPv6 address space)."""
_IPV4_IN_IPV6 = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped (RFC 4291, 2.5.5.2)
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated (RFC 2765)
    (ipaddress.IPv6Network("::/96"), 0),  # IPv4-compatible, deprecated (RFC 4291, 2.5.5.1)
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052)
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)
"""Networks whose addresses hold an IPv4 address, and how many bits stand after it."""


def is_public(address: str) -> bool:
    """Return whether the IP ``address``, with or without a zone, is one of a host in the public internet.

    An IPv6 address that holds an IPv4 address is as public as that.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _SPECIAL_IPV4)
    for network, shift in _IPV4_IN_IPV6:
        if ip in network:
            embedded = ipaddress.IPv4Address(int(ip) >> shift & 0xFFFF_FFFF)
            return is_public(str(embedded))
    return ip in _GLOBAL_IPV6 and not any(ip in network for network in _SPECIAL_IPV6)


def literal_address(host: str) -> str | None:
    """Return the IP address that ``host`` writes out, in any form that the system takes (``127.1``, ``0x7f000001``)."""
    try:
        return str(ipaddress.ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, ValueError):  # no address; a NUL character
        return None


def names_this_machine(host: str) -> bool:
    """Return whether ``host`` is a name of the loopback interface by definition (RFC 6761, 6.3)."""
    return host == "localhost" or host.endswith(".localhost")


def is_private_host(host: str) -> bool:
    """Return whether ``host`` names this machine, or writes out an address that is not public."""
    address = literal_address(host)
    return names_this_machine(host) or (address is not None and not is_public(address))


def is_of_local_site(crawler: Crawler, host: str, port: int | None = None) -> bool:
    """Return whether a private ``host`` is where the crawled site runs: only the sample site has such a host.

    Its spider may use that one host, on that one port (any where ``port`` is None).
    """
    spider = crawler.spider
    site = getattr(spider, "site", None)
    if not isinstance(site, Site) or not is_private_host(site.host):
        return False
    own = urlsplit(getattr(spider, "base_url", "") or f"{site.scheme}://{site.host}")
    return own.hostname == host and (port is None or port == _port_of(own))


def _port_of(url: SplitResult | ParseResult) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


class PublicAddressCheck:
    """The check of addresses for the setting ``ADDRESS_CHECK``: every connection of the recording handler passes it.

    Proxies do not: the operator named them, and they resolve names elsewhere.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allows_all = crawler.settings.getbool(SETTING)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the check of ``crawler``."""
        return cls(crawler)

    def refusal(self, host: str, address: str) -> str | None:
        """Return why nothing may connect to the IP ``address`` of ``host``, or None if it may."""
        name = host.rstrip(".")
        if self._allows_all or is_public(address) or is_of_local_site(self._crawler, name):
            return None
        _refused(self._crawler)
        logger.warning("%s resolves to %s, a private address: refused", name, address)
        return f"{name} resolves to the private address {address}; {SETTING} is off"


class PublicAddressMiddleware:
    """Refuses URLs that write out a private address; not configured with ``PRIVATE_ADDRESSES_ALLOWED``.

    :class:`PublicAddressCheck` sees the addresses of names, but not those of requests through a proxy, which connects
    in its place.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Create the middleware; not configured where private addresses are allowed."""
        if crawler.settings.getbool(SETTING):
            raise NotConfigured  # SETTING is on
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Return None, where the request may go on.

        Raises:
            IgnoreRequest: it goes to a private address.
        """
        url = urlparse_cached(request)
        host = (url.hostname or "").rstrip(".")
        if not is_private_host(host) or is_of_local_site(self._crawler, host, _port_of(url)):
            return
        _refused(self._crawler)
        logger.warning("%s is a private address: refused", request.url)
        raise IgnoreRequest(f"{request.url} is a private address; {SETTING} is off")


def _refused(crawler: Crawler) -> None:
    if crawler.stats is not None:
        crawler.stats.inc_value("politeness/private_address")
