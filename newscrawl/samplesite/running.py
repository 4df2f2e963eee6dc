"""The sample site beside a test or a benchmark: on a thread of this process, on a free port, until the block ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from newscrawl.samplesite.faults import Fault, Faults
from newscrawl.samplesite.publication import Publication
from newscrawl.samplesite.server import SampleSite, Visit

START_SECONDS = 30


class RunningSite:
    """A site that runs: where it is, what was asked of it, what it publishes next."""

    def __init__(self, site: SampleSite, loop: asyncio.AbstractEventLoop) -> None:
        self._site = site
        self._loop = loop

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT``, without a slash at its end."""
        return self._site.url

    @property
    def publication(self) -> Publication:
        """What is published now."""
        return self._site.publication

    @property
    def visits(self) -> Sequence[Visit]:
        """All requests so far, in the order of their answers."""
        return tuple(self._site.visits)

    def forget_visits(self) -> None:
        """Begin to count anew."""
        self._site.visits.clear()

    def publish(self, edition: int | None = None) -> int:
        """Publish the next edition, or the one named; its number."""
        return self._site.publish(edition)

    def misbehave(self, *faults: Fault | str) -> None:
        """Have these faults from now on, instead of those before; a text is read by :meth:`Fault.from_text`."""
        made = tuple(Fault.from_text(fault) if isinstance(fault, str) else fault for fault in faults)
        self._site.faults = Faults(made)


@contextmanager
def running_site(
    *,
    size: int = 64,
    seed: int = 1,
    edition: int = 0,
    crawl_delay: float = 0.0,
    page_kilobytes: int = 0,
    faults: tuple[Fault, ...] = (),
    port: int = 0,
) -> Iterator[RunningSite]:
    """Return the site as long as the block runs.

    Raises:
        UsageError: the port is taken.
    """
    publication = Publication(size, seed, edition, crawl_delay, page_kilobytes)
    site = SampleSite(publication, faults)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(site.listen(port))
    thread = threading.Thread(target=loop.run_forever, name="sample site", daemon=True)
    thread.start()
    try:
        yield RunningSite(site, loop)
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(START_SECONDS)
        loop.close()
