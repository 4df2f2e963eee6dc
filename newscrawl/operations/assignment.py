"""Which node crawls which site: the same answer on every machine, with no one to ask.

Rendezvous hashing (Thaler and Ravishankar, "Using name-based mappings to increase hit rates", IEEE/ACM Transactions on
Networking 6(1), 1998): a site belongs to the node with the highest hash of the two names together. A node more or less
moves only the sites that it gains or had; all others keep theirs, and with it their crawl state on that machine's disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def node_of(site: str, nodes: Iterable[str]) -> str:
    """The one of ``nodes`` that ``site`` belongs to, whatever their order.

    Raises:
        ValueError: there are no nodes.
    """
    return max(nodes, key=lambda node: (_weight(node, site), node))


def _weight(node: str, site: str) -> bytes:
    # The length keeps ("ab", "c") and ("a", "bc") apart.
    return hashlib.sha256(f"{len(node)}:{node}{site}".encode()).digest()
