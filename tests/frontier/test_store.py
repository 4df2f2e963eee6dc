"""The frontier's steps in a real Redis: order, leases, losses; and the gate that spaces requests."""

from __future__ import annotations

import time

import pytest
from redis import Redis

from newscrawl.frontier.gate import HostGate
from newscrawl.frontier.store import MAX_LOSSES, FrontierStore

LEASE_MS = 200


@pytest.fixture
def one(redis_client: Redis) -> FrontierStore:
    return FrontierStore(redis_client, "test", "one", LEASE_MS)


@pytest.fixture
def two(redis_client: Redis) -> FrontierStore:
    return FrontierStore(redis_client, "test", "two", LEASE_MS)


def lease_ends() -> None:
    time.sleep(LEASE_MS / 1000 + 0.05)


def test_priority_first_then_first_come_first_served(one: FrontierStore) -> None:
    for data, priority in [(b"a", 0), (b"b", 0), (b"urgent", 10), (b"late", -5), (b"c", 0), (b"beyond", 10**9)]:
        assert one.add(data, priority, data)
    assert [one.take().data for _ in range(6)] == [b"beyond", b"urgent", b"a", b"b", b"c", b"late"]
    assert one.take().request_id is None


def test_what_was_added_by_anyone_is_known_to_all(one: FrontierStore, two: FrontierStore) -> None:
    assert one.add(b"a", 0, b"article 1")
    assert not two.add(b"b", 0, b"article 1")
    assert two.add(b"retry", 0, None)
    assert one.add(b"retry", 0, None)
    assert one.unfinished() == two.unfinished() == 3


def test_what_is_known_stays_known_when_it_is_done(one: FrontierStore) -> None:
    one.add(b"a", 0, b"article 1")
    assert one.done([str(one.take().request_id)]) == 1
    assert one.unfinished() == 0
    assert not one.add(b"a", 0, b"article 1")


def test_a_lease_that_ends_goes_to_the_next(one: FrontierStore, two: FrontierStore) -> None:
    one.add(b"a", 0, b"a")
    one.add(b"b", 100, b"b")
    assert one.take().data == b"b"
    lease_ends()
    taken = two.take()
    assert (taken.data, taken.regained) == (b"b", 1)
    # Too late: it is another worker's.
    assert one.done([str(taken.request_id)]) == 0
    assert one.renew([str(taken.request_id)]) == 1
    assert two.unfinished() == 2


def test_a_lease_that_is_renewed_lasts(one: FrontierStore, two: FrontierStore) -> None:
    one.add(b"a", 0, b"a")
    taken = str(one.take().request_id)
    for _ in range(4):
        time.sleep(LEASE_MS / 2000)
        assert one.renew([taken]) == 0
    assert two.take().request_id is None


def test_what_kills_its_workers_is_set_aside(one: FrontierStore, redis_client: Redis) -> None:
    one.add(b"poison", 0, b"poison")
    for _ in range(MAX_LOSSES):
        assert one.take().data == b"poison"
        lease_ends()
    taken = one.take()
    assert (taken.request_id, taken.abandoned) == (None, 1)
    assert one.unfinished() == 0
    assert redis_client.llen(f"{one.prefix}abandoned") == 1


def test_frontiers_of_other_names_are_apart(one: FrontierStore, redis_client: Redis) -> None:
    other = FrontierStore(redis_client, "test2", "one", LEASE_MS)
    one.add(b"a", 0, b"a")
    assert other.unfinished() == 0
    assert other.add(b"a", 0, b"a")


def test_the_gate_spaces_what_goes_through(redis_client: Redis) -> None:
    gates = [HostGate(redis_client, name, "owners") for name in ("one", "two")]
    passed = []
    for number in range(5):
        while wait := gates[number % 2].enter("host", f"ticket{number}", "", 0.1, 10, 5):
            assert wait <= 0.1
            time.sleep(wait)
        passed.append(time.monotonic())
    # Redis counts whole milliseconds.
    assert passed[-1] - passed[0] >= 4 * 0.099


def test_the_gate_lets_so_many_through_at_a_time(redis_client: Redis) -> None:
    gate = HostGate(redis_client, "one", "owners")
    assert [gate.enter("host", f"ticket{number}", "", 0, 2, 0.2) for number in range(3)] == [0, 0, 0.05]
    assert gate.enter("other host", "ticket", "", 0, 2, 0.2) == 0
    gate.leave("host", "ticket0")
    assert gate.enter("host", "ticket2", "", 0, 2, 0.2) == 0
    time.sleep(0.15)
    gate.stay("host", ["ticket1"], 0.2)
    time.sleep(0.15)
    # ticket2's worker is dead: its place is free; ticket1 asked to stay.
    assert [gate.enter("host", f"ticket{number}", "", 0, 2, 0.2) for number in (3, 4)] == [0, 0.05]


def test_the_gate_stops_who_lost_the_request(one: FrontierStore, redis_client: Redis) -> None:
    one.add(b"a", 0, b"a")
    taken = str(one.take().request_id)
    owners = f"{one.prefix}owners"
    assert HostGate(redis_client, "two", owners).enter("host", "ticket", taken, 0, 2, 1) is None
    assert HostGate(redis_client, "one", owners).enter("host", "ticket", taken, 0, 2, 1) == 0
