"""Run the application and the origin of archived pages on two loopback ports.

Meanwhile the index is kept up to date.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from newscrawl.browse.application import Library, application
from newscrawl.browse.archive_app import archive_app
from newscrawl.browse.archived import ArchivedCaptures
from newscrawl.browse.crawls import Crawls
from newscrawl.browse.index import BrowseIndex
from newscrawl.browse.inquiry import Inquiry
from newscrawl.browse.policy import Guard, application_headers, archived_headers
from newscrawl.errors import UsageError

logger = logging.getLogger(__name__)

ADDRESS = "127.0.0.1"
"""The only address that is listened at: what is shown is for the person at this machine."""
REFRESH_SECONDS = 5.0
"""Pause between two looks for new lines."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the data is."""

    articles: tuple[Path, ...]
    archives: tuple[Path, ...]
    state: Path
    history: Path
    reports: Path
    rejected: Path
    index: Path
    """The SQLite file of the search index."""


def serve(folders: Folders, *, port: int, pipelines: list[str], scripts: bool, announce: Callable[[str], None]) -> None:
    """Serve until the process gets SIGINT or SIGTERM; ``announce`` is called with the address once both ports listen.

    Args:
        folders: the data.
        port: the port of the application; 0 takes a free one. Archived pages take the next free one.
        pipelines: dotted paths, the setting ``ARTICLE_PIPELINES``: what "why?" reads captures with.
        scripts: whether scripts of archived pages run, in their sandbox.
        announce: called once.

    Raises:
        UsageError: the port is taken.
    """
    index = BrowseIndex(folders.index, folders.articles, folders.archives)
    with _listening(port) as ours, _listening(0) as theirs:
        origins = [f"http://{ADDRESS}:{one.getsockname()[1]}" for one in (ours, theirs)]
        captures = ArchivedCaptures(index, folders.archives)
        crawls = Crawls(
            history=folders.history, reports=folders.reports, state=folders.state, rejected=folders.rejected
        )
        library = Library(index, captures, crawls, Inquiry(index, captures, folders.state, pipelines), origins[1])
        servers = [
            (Guard(application(library), _names(ours), application_headers(origins[1])), ours),
            (
                Guard(
                    archive_app(captures, scripts=scripts),
                    _names(theirs),
                    archived_headers(origins[0], scripts=scripts),
                ),
                theirs,
            ),
        ]
        asyncio.run(_run(servers, index, lambda: announce(origins[0])))


async def _run(servers: list[tuple[Guard, socket.socket]], index: BrowseIndex, ready: Callable[[], None]) -> None:
    running = [
        uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off")) for app, _ in servers
    ]
    tasks = [
        asyncio.create_task(server.serve(sockets=[place])) for server, (_, place) in zip(running, servers, strict=True)
    ]
    refreshing = asyncio.create_task(_refresh(index))
    while not all(server.started for server in running) and not any(task.done() for task in tasks):
        await asyncio.sleep(0.01)
    ready()
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for server in running:
            server.should_exit = True
        await asyncio.gather(*tasks, return_exceptions=True)
        refreshing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await refreshing


async def _refresh(index: BrowseIndex) -> None:
    while True:
        try:
            added = await asyncio.to_thread(index.refresh)
            if added:
                logger.info("%d new articles in the index", added)
        except Exception:
            # A fault of one look (a full disk, a file that changed) must not end the looking.
            logger.exception("the index could not be brought up to date")
        await asyncio.sleep(REFRESH_SECONDS)


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((ADDRESS, port))
        except OSError as error:
            raise UsageError(
                f"port {port} of {ADDRESS} cannot be used: {error.strerror}; name another one with --port"
            ) from error
        yield place


def _names(place: socket.socket) -> tuple[str, ...]:
    port = place.getsockname()[1]
    return f"127.0.0.1:{port}", f"localhost:{port}"
