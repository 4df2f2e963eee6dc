"""Resolve the names of hosts, and check each address before anything connects to it.

The addresses that are checked are the ones that are connected to: no later answer of the DNS comes between.
"""

from __future__ import annotations

import asyncio
import socket
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple, Protocol

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest

CACHE_SECONDS = 60.0
"""How long an answer is used. The system's resolver does not say how long it may be; sites change theirs seldom."""
CACHE_SIZE = 10_000


class SocketAddress(NamedTuple):
    """An address to connect to."""

    family: int
    sockaddr: tuple[str | int, ...]
    """As :mod:`socket` takes it: address and port first."""

    @property
    def ip(self) -> str:
        """The IP address."""
        return str(self.sockaddr[0])

    def with_port(self, port: int) -> SocketAddress:
        """Return the same address with another port."""
        return SocketAddress(self.family, (self.sockaddr[0], port, *self.sockaddr[2:]))


class AddressCheck(Protocol):
    """Decides which addresses may be connected to; the setting ``ADDRESS_CHECK`` names one."""

    def refusal(self, host: str, address: str) -> str | None:
        """Return why nothing may connect to the IP ``address`` of ``host``, or None if it may."""
        ...


Lookup = Callable[[str], Awaitable[Sequence[SocketAddress]]]


async def system_lookup(host: str) -> list[SocketAddress]:
    """Return the addresses of ``host`` that the system's resolver gives, with port 0, in its order.

    Raises:
        OSError: it gives none.
        UnicodeError: ``host`` cannot be a name.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, 0, type=socket.SOCK_STREAM)
    inet = (socket.AF_INET, socket.AF_INET6)
    return [SocketAddress(family, (*sockaddr,)) for family, _, _, _, sockaddr in found if family in inet]


class Resolver:
    """Looks names up, once for all that ask at the same time, and keeps the answers for ``cache_seconds``."""

    def __init__(
        self,
        *,
        timeout: float,
        check: AddressCheck | None = None,
        cache_size: int = CACHE_SIZE,
        cache_seconds: float = CACHE_SECONDS,
        lookup: Lookup = system_lookup,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._timeout = timeout
        self._check = check
        self._cache_size = cache_size
        self._cache_seconds = cache_seconds
        self._lookup = lookup
        self._clock = clock
        self._answers: OrderedDict[str, tuple[float, Sequence[SocketAddress]]] = OrderedDict()
        self._running: dict[str, asyncio.Task[Sequence[SocketAddress]]] = {}

    async def addresses(self, host: str, port: int, *, checked: bool = True) -> list[SocketAddress]:
        """Return the addresses of ``host``, IPv6 and IPv4 in turn (RFC 8305, 4).

        Addresses that the check refuses are left out; ``checked=False`` is for a proxy, which the operator named.

        Raises:
            CannotResolveHostError: it has none.
            IgnoreRequest: it has some, and the check refuses all of them.
        """
        found = [address.with_port(port) for address in await self._answer(host)]
        if not found:
            raise CannotResolveHostError(f"{host} has no address")
        if checked and self._check is not None:
            refusals = [self._check.refusal(host, address.ip) for address in found]
            found = [address for address, refusal in zip(found, refusals, strict=True) if refusal is None]
            if not found:
                raise IgnoreRequest(next(refusal for refusal in refusals if refusal))
        return _in_turn(found)

    async def _answer(self, host: str) -> Sequence[SocketAddress]:
        now = self._now()
        kept = self._answers.get(host)
        if kept is not None and now < kept[0]:
            return kept[1]
        task = self._running.get(host)
        if task is None:
            task = self._running[host] = asyncio.get_running_loop().create_task(self._look_up(host))
            task.add_done_callback(lambda done: self._looked_up(host, done))
        # Shielded: who gives up waiting does not take the answer from the others.
        return await asyncio.shield(task)

    def _looked_up(self, host: str, done: asyncio.Task[Sequence[SocketAddress]]) -> None:
        self._running.pop(host, None)
        if not done.cancelled():
            done.exception()  # whoever still waits raises it; perhaps nobody does

    async def _look_up(self, host: str) -> Sequence[SocketAddress]:
        try:
            answer = await asyncio.wait_for(self._lookup(host), self._timeout)
        except TimeoutError:
            raise CannotResolveHostError(f"{host}: the DNS did not answer within {self._timeout:g} seconds") from None
        except (OSError, UnicodeError) as error:
            raise CannotResolveHostError(f"{host}: {error}") from error
        self._keep(host, answer)
        return answer

    def _keep(self, host: str, answer: Sequence[SocketAddress]) -> None:
        if self._cache_size <= 0:
            return
        self._answers.pop(host, None)
        self._answers[host] = self._now() + self._cache_seconds, answer
        while len(self._answers) > self._cache_size:
            self._answers.popitem(last=False)

    def _now(self) -> float:
        return self._clock() if self._clock is not None else asyncio.get_running_loop().time()


def _in_turn(addresses: Sequence[SocketAddress]) -> list[SocketAddress]:
    """Return ``addresses`` with their families in turn, beginning with that of the first one."""
    first = [address for address in addresses if address.family == addresses[0].family]
    second = [address for address in addresses if address.family != addresses[0].family]
    return [address for pair in zip_longest(first, second) for address in pair if address is not None]
