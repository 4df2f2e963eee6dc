"""Names are looked up once, kept for a while, checked, and tried in turn."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from typing import Any, ClassVar

import pytest
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest

from newscrawl.recording.connecting import first_connected
from newscrawl.recording.resolver import Resolver, SocketAddress
from tests.recording.local import answering, got, handler, run, server

PUBLIC, OTHER, PRIVATE = "192.0.2.1", "192.0.2.2", "10.0.0.7"


def address(ip: str) -> SocketAddress:
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    return SocketAddress(family, (ip, 0, 0, 0) if ":" in ip else (ip, 0))


class Dns:
    """Gives the ``answers`` one after the other, the last one for ever."""

    def __init__(self, *answers: Sequence[str] | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0
        self.time = 0.0

    async def lookup(self, host: str) -> list[SocketAddress]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        await asyncio.sleep(0)
        if isinstance(answer, Exception):
            raise answer
        return [address(ip) for ip in answer]

    def clock(self) -> float:
        return self.time


class NoPrivate:
    def refusal(self, host: str, address: str) -> str | None:
        return f"{host} is private" if address == PRIVATE else None


def resolver(dns: Dns, **options: Any) -> Resolver:
    return Resolver(timeout=5, check=NoPrivate(), lookup=dns.lookup, clock=dns.clock, **options)


async def ips(resolver: Resolver, host: str = "a.test", **options: Any) -> list[str]:
    return [found.ip for found in await resolver.addresses(host, 80, **options)]


def test_answer_is_kept_for_its_time() -> None:
    async def main() -> None:
        dns = Dns([PUBLIC], [OTHER])
        names = resolver(dns, cache_seconds=60)
        assert await ips(names) == [PUBLIC]
        dns.time = 59.9
        assert await ips(names) == [PUBLIC]
        dns.time = 60.1
        assert await ips(names) == [OTHER]
        assert dns.asked == 2

    run(main())


def test_names_that_are_asked_at_once_are_looked_up_once() -> None:
    async def main() -> None:
        dns = Dns([PUBLIC])
        names = resolver(dns)
        assert await asyncio.gather(*[ips(names) for _ in range(20)]) == [[PUBLIC]] * 20
        assert dns.asked == 1

    run(main())


def test_who_gives_up_waiting_leaves_the_answer_to_the_others() -> None:
    async def main() -> None:
        names = resolver(Dns([PUBLIC]))
        first, second = asyncio.ensure_future(ips(names)), asyncio.ensure_future(ips(names))
        await asyncio.sleep(0)
        first.cancel()
        assert await second == [PUBLIC]

    run(main())


def test_failure_is_not_kept() -> None:
    async def main() -> None:
        names = resolver(Dns(socket.gaierror(-2, "Name or service not known"), [PUBLIC]))
        with pytest.raises(CannotResolveHostError, match=r"a\.test"):
            await ips(names)
        assert await ips(names) == [PUBLIC]

    run(main())


def test_cache_forgets_the_oldest() -> None:
    async def main() -> None:
        dns = Dns([PUBLIC])
        names = resolver(dns, cache_size=2)
        for host in ("a", "b", "c", "b", "c", "a"):
            await ips(names, host)
        assert dns.asked == 4

    run(main())


def test_private_addresses_are_left_out_and_refused() -> None:
    async def main() -> None:
        assert await ips(resolver(Dns([PRIVATE, PUBLIC]))) == [PUBLIC]
        with pytest.raises(IgnoreRequest, match="private"):
            await ips(resolver(Dns([PRIVATE])))
        assert await ips(resolver(Dns([PRIVATE])), checked=False) == [PRIVATE], "a proxy may be anywhere"

    run(main())


def test_kept_answer_is_checked_again() -> None:
    async def main() -> None:
        names = resolver(Dns([PRIVATE]))
        for _ in range(2):
            with pytest.raises(IgnoreRequest):
                await ips(names)

    run(main())


def test_families_take_turns() -> None:
    async def main() -> None:
        found = await ips(resolver(Dns(["2001:db8::1", "2001:db8::2", "2001:db8::3", PUBLIC])))
        assert found == ["2001:db8::1", PUBLIC, "2001:db8::2", "2001:db8::3"]

    run(main())


class Attempts:
    """Connections to addresses that answer, fail or stay silent."""

    def __init__(self, **outcomes: str) -> None:
        self.outcomes = outcomes
        self.tried: list[str] = []
        self.opened: list[socket.socket] = []

    async def connect(self, target: SocketAddress) -> socket.socket:
        name = target.ip
        self.tried.append(name)
        outcome = self.outcomes[name]
        if outcome == "silent":
            await asyncio.Event().wait()
        if outcome == "fails":
            raise ConnectionRefusedError(name)
        opened = socket.socket()
        self.opened.append(opened)
        return opened


@pytest.mark.parametrize(
    ("outcomes", "tried"),
    [
        ({"a": "answers", "b": "answers"}, ["a"]),
        ({"a": "fails", "b": "answers", "c": "answers"}, ["a", "b"]),
        ({"a": "silent", "b": "answers"}, ["a", "b"]),
        ({"a": "silent", "b": "fails", "c": "silent", "d": "answers"}, ["a", "b", "c", "d"]),
    ],
)
def test_next_address_is_tried_when_one_fails_or_is_silent(outcomes: dict[str, str], tried: list[str]) -> None:
    async def main() -> None:
        attempts = Attempts(**outcomes)
        addresses = [SocketAddress(socket.AF_INET, (name, 80)) for name in outcomes]
        opened = await first_connected(addresses, attempts.connect, delay=0.01)
        assert attempts.tried == tried
        assert attempts.opened == [opened]
        opened.close()

    run(main())


def test_failure_of_all_addresses_is_that_of_the_first() -> None:
    async def main() -> None:
        addresses = [SocketAddress(socket.AF_INET, (name, 80)) for name in ("a", "b")]
        with pytest.raises(ConnectionRefusedError, match="a"):
            await first_connected(addresses, Attempts(a="fails", b="fails").connect)

    run(main())


class NotingCheck:
    """An address check that notes what it is asked about."""

    seen: ClassVar[list[str]] = []

    def refusal(self, host: str, address: str) -> str | None:
        self.seen.append(address)
        return None


def test_address_that_was_checked_is_connected_to() -> None:
    async def main() -> Any:
        ok = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        async with server(answering(ok)) as port, handler(ADDRESS_CHECK=NotingCheck) as downloads:
            return await got(downloads, f"http://0177.0.0.1:{port}/")

    response = run(main())
    assert NotingCheck.seen == [str(response.ip_address)] == ["127.0.0.1"]


def test_ipv6() -> None:
    async def main() -> Any:
        ok = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        async with server(answering(ok), host="::1") as port, handler() as downloads:
            return await got(downloads, f"http://[::1]:{port}/")

    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    assert str(run(main()).ip_address) == "::1"
