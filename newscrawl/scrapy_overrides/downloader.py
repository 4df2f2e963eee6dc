"""Enforce the per-host request limit exactly."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader import Downloader

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.http import Response
    from twisted.internet.defer import Deferred


class ExactDownloader(Downloader):
    """Counts a request as under way from the moment it leaves the queue, for the setting ``DOWNLOADER``.

    Scrapy 2.19 counts it when its task begins to run, on asyncio one turn of the loop later. Without a delay the queue
    has been emptied by then: of twelve requests at a limit of two, eight were seen at the server at once.
    """

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)
