"""A server that answers what it is told to and notes who asked for what, and how many at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Noting:
    answers: Mapping[str, Answer]
    seconds: float = 0.0
    """How long an answer takes."""
    url: str = ""
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def serving(
    answers: Mapping[str, Answer] | None = None, host: str = "127.0.0.1", seconds: float = 0.0
) -> Iterator[Noting]:
    """The server as long as the block runs; what is not in ``answers`` is a short page."""
    noting = Noting(answers or {}, seconds)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with noting.lock:
                noting.asked.append(self.path)
                noting.at_once += 1
                noting.most_at_once = max(noting.most_at_once, noting.at_once)
            time.sleep(noting.seconds)  # the slowness of the server, not a synchronisation
            with noting.lock:
                noting.at_once -= 1
            status, headers, body = noting.answers.get(self.path, (200, {}, b"<!DOCTYPE html><title>page</title>"))
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    noting.url = f"http://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield noting
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
