"""Assignment of sites to nodes: equal on every machine; a new or removed node moves only its sites."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.operations.assignment import node_of
from newscrawl.sites import all_sites

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
NODES = st.lists(NAMES, min_size=1, max_size=8, unique=True)


@given(NAMES, NODES, st.randoms(use_true_random=False))
def test_order_of_the_nodes_does_not_matter(site: str, nodes: list[str], random) -> None:
    shuffled = random.sample(nodes, len(nodes))
    assert node_of(site, nodes) == node_of(site, shuffled)


@given(NAMES, NODES, NAMES)
def test_new_node_moves_only_the_sites_that_it_gets(site: str, nodes: list[str], added: str) -> None:
    assert node_of(site, [*nodes, added]) in {node_of(site, nodes), added}


@given(NAMES, NODES.filter(lambda nodes: len(nodes) > 1), st.data())
def test_removed_node_moves_only_its_sites(site: str, nodes: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(nodes))
    before = node_of(site, nodes)
    after = node_of(site, [node for node in nodes if node != gone])
    assert after == before or before == gone


def test_assignment_is_the_same_in_every_process() -> None:
    """Python's hash differs between processes; the assignment must not."""
    program = "from newscrawl.operations.assignment import node_of; print(node_of('rferl', ['a', 'b', 'c', 'd']))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert answers == {f"{node_of('rferl', ['a', 'b', 'c', 'd'])}\n"}


def test_sites_are_spread_over_the_nodes() -> None:
    load = Counter(node_of(site.name, ["a", "b", "c"]) for site in all_sites())
    assert set(load) == {"a", "b", "c"}
    # 52 sites on 3 nodes: a third each, give or take what 52 throws of a die give or take.
    assert max(load.values()) <= 2 * min(load.values())


def test_assignment_does_not_change_between_releases() -> None:
    """A change would move sites away from their state on every fleet, so it needs a note in the changelog."""
    nodes = ["a", "b", "c"]
    sites = ["rferl", "svoboda", "azattyq", "ozodi", "krymr_ua"]
    assert {site: node_of(site, nodes) for site in sites} == {
        "rferl": "b",
        "svoboda": "b",
        "azattyq": "a",
        "ozodi": "b",
        "krymr_ua": "a",
    }


def test_no_nodes_is_an_error() -> None:
    with pytest.raises(ValueError):
        node_of("rferl", [])
