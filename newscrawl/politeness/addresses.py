"""No request to a private, loopback or link-local address, by whatever name: the crawler stands inside a network.

A name is judged by the very address that the connection then goes to, so that a name that resolves to one address when
it is asked and to another when it is used (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError

from newscrawl.sites import site_for

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

logger = logging.getLogger(__name__)

SETTING = "PRIVATE_ADDRESSES_ALLOWED"


def is_public(address: str) -> bool:
    """Whether the IP address is one of the public internet (IANA's special-purpose registries, RFC 6890)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if mapped is not None and not mapped.is_global:
        return False
    return ip.is_global and not ip.is_multicast


def literal_address(host: str) -> str | None:
    """The IP address that ``host`` writes out, in any form that the system takes (``127.1``, ``0x7f000001``)."""
    try:
        return str(ipaddress.ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, ValueError):  # no address; a NUL character
        return None


def names_this_machine(host: str) -> bool:
    """Whether it is a name of the loopback interface by definition (RFC 6761, 6.3)."""
    return host == "localhost" or host.endswith(".localhost")


def belongs_to_a_local_site(host: str) -> bool:
    """Whether a profile names just this private address as its host: the sample site's does."""
    address = literal_address(host)
    is_local = names_this_machine(host) or (address == host and not is_public(host))
    return is_local and site_for(f"http://{host}/") is not None


class PublicAddressMiddleware:
    """Refuses URLs that write out a private address; off where ``PRIVATE_ADDRESSES_ALLOWED``.

    Names are left to :class:`PublicResolver`, but for a request through a proxy, which resolves them elsewhere.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        if crawler.settings.getbool(SETTING):
            raise NotConfigured  # SETTING is on
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Nothing, where it may go on.

        Raises:
            IgnoreRequest: it goes to a private address.
        """
        host = (urlparse_cached(request).hostname or "").rstrip(".")
        address = literal_address(host)
        private = names_this_machine(host) or (address is not None and not is_public(address))
        if not private or belongs_to_a_local_site(host):
            return
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value("politeness/private_address")
        logger.warning("%s is a private address: refused", request.url)
        raise IgnoreRequest(f"{request.url} is a private address; {SETTING} is off")


class PublicResolver(CachingThreadedResolver):
    """Resolves names to public addresses only, for the setting ``TWISTED_DNS_RESOLVER``.

    Names of proxies (http_proxy, https_proxy) resolve to any address: the operator named them.
    """

    def __init__(
        self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: Iterable[str], process: Any
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._allowed = frozenset(allowed)
        self._process = process

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: ReactorBase) -> Any:
        """As Scrapy's process makes it, which stands where a crawler does elsewhere."""
        settings = crawler.settings
        plain = CachingThreadedResolver.from_crawler(crawler, reactor)
        if settings.getbool(SETTING):
            return plain
        size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        proxies = (urlsplit(url if "//" in url else f"//{url}").hostname for url in getproxies().values())
        return cls(reactor, size, settings.getfloat("DNS_TIMEOUT"), filter(None, proxies), crawler)

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """The address of ``name``.

        Raises:
            DNSLookupError: it has none, or a private one.
        """
        return super().getHostByName(name, timeout).addCallback(self._public, name)

    def _public(self, address: str, name: str) -> str:
        if is_public(address) or name in self._allowed or belongs_to_a_local_site(name):
            return address
        for crawler in getattr(self._process, "crawlers", ()):
            if crawler.stats is not None:
                crawler.stats.inc_value("politeness/private_address")
        logger.warning("%s resolves to %s, a private address: refused", name, address)
        raise DNSLookupError(f"{name} resolves to the private address {address}; {SETTING} is off")
