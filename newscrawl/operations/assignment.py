"""Assign sites to nodes: every machine computes the same assignment without asking another one.

Rendezvous hashing (Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions on
Networking 6(1), 1998): a site belongs to the node with the highest hash of the two names together. Adding or removing a
node moves only the sites of that node; all other sites keep their node, and with it the crawl state on its disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def node_of(site: str, nodes: Iterable[str]) -> str:
    """Return the one of ``nodes`` that ``site`` belongs to; their order does not matter.

    Raises:
        ValueError: There are no nodes.
    """
    return max(nodes, key=lambda node: (_weight(node, site), node))


def _weight(node: str, site: str) -> bytes:
    # The length distinguishes ("ab", "c") from ("a", "bc").
    return hashlib.sha256(f"{len(node)}:{node}{site}".encode()).digest()
