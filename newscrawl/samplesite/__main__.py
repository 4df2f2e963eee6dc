"""``python -m newscrawl.samplesite``: the sample site by itself, until it is interrupted."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys

from newscrawl.errors import UsageError
from newscrawl.samplesite.faults import KINDS, Fault
from newscrawl.samplesite.publication import Publication
from newscrawl.samplesite.server import CACHED_REPLIES, SampleSite

MAX_SIZE = 100_000
_EPILOG = "While it runs: curl -X POST URL/-/publish (the next edition), URL/-/misbehave?fault=reset:/a/.*:3"


def main() -> int:
    """Serve; 2 when an argument is wrong or the port is taken."""
    arguments = _arguments()
    try:
        faults = tuple(Fault.from_text(text) for text in arguments.misbehave)
        asyncio.run(_serve(arguments, faults))
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


async def _serve(arguments: argparse.Namespace, faults: tuple[Fault, ...]) -> None:
    publication = Publication(
        arguments.size, arguments.seed, arguments.edition, arguments.crawl_delay, arguments.page_kilobytes
    )
    site = SampleSite(publication, faults, arguments.cached_replies)
    server = await site.listen(arguments.port)
    print(f"{site.url}/", flush=True)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if arguments.until_stdin_closes:
        loop.add_reader(sys.stdin, _stop_at_end_of_input, stop)
    async with server:
        await stop.wait()


def _stop_at_end_of_input(stop: asyncio.Event) -> None:
    if not os.read(sys.stdin.fileno(), 4096):
        stop.set()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m newscrawl.samplesite", description=__doc__, epilog=_EPILOG)
    parser.add_argument("--port", type=_number(0, 65_535), default=8080, help="0: a free one (default: 8080)")
    parser.add_argument("--size", type=_number(1, MAX_SIZE), default=64, help="articles (default: 64)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other stories")
    parser.add_argument("--edition", type=_number(0, 10_000), default=0, help="how often it was published anew")
    parser.add_argument("--crawl-delay", type=float, default=0.01, help="seconds, in robots.txt (default: 0.01)")
    parser.add_argument("--page-kilobytes", type=_number(0, 10_000), default=0, help="fill pages up to this size")
    parser.add_argument(
        "--cached-replies",
        type=_number(0, MAX_SIZE),
        default=CACHED_REPLIES,
        help="replies kept in memory: all of them for benchmarks, so that the site costs little",
    )
    kinds = "; ".join(f"{kind}: {what}" for kind, what in KINDS.items())
    parser.add_argument(
        "--misbehave", action="append", default=[], metavar="KIND[=VALUE][:PATTERN[:TIMES]]", help=kinds
    )
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the process that started it")
    return parser.parse_args()


def _number(lowest: int, highest: int) -> type[int]:
    def number(text: str) -> int:
        value = int(text)
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"a whole number from {lowest} to {highest}")
        return value

    return number  # type: ignore[return-value]  # argparse takes any callable


if __name__ == "__main__":
    sys.exit(main())
