"""A Redis server, a site that keeps a diary, and workers as processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS, free_port

WORKER = Path(__file__).with_name("worker.py")


@dataclass
class RedisServer:
    """A real server on loopback, without persistence unless asked for."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def client(self) -> Redis:
        return Redis.from_url(self.url)

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--appendonly", "yes"]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                self.client.ping()
            except RedisError:
                assert time.monotonic() < deadline, "redis-server does not start"
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)
            self.process = None


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    if shutil.which("redis-server") is None:
        pytest.skip("no redis-server on this machine: scripts/system-packages installs it, as root")
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_client(redis_server: RedisServer) -> Iterator[Redis]:
    redis_server.client.flushall()
    with redis_server.client as client:
        yield client


@dataclass
class Diary:
    """A site of ``articles`` articles behind a sitemap; it notes when it was asked for what, and answers slowly."""

    articles: int = 60
    seconds: float = 0.02
    visits: list[tuple[float, str, str]] = field(default_factory=list)
    """When (monotonic), user agent, path."""
    at_once: int = 0
    most_at_once: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def paths(self, prefix: str = "/a/") -> list[str]:
        return [path for _, _, path in self.visits if path.startswith(prefix)]

    def paths_of(self, agent: str) -> list[str]:
        return [path.rpartition("/")[2] for _, who, path in self.visits if who == agent and path.startswith("/a/")]

    def agents(self) -> set[str]:
        return {agent for _, agent, path in self.visits if path.startswith("/a/")}

    def gaps(self) -> list[float]:
        times = sorted(time for time, _, _ in self.visits)
        return [later - earlier for earlier, later in pairwise(times)]

    def page(self, path: str) -> bytes:
        if path == "/robots.txt":
            return b"User-agent: *\nAllow: /\n"
        if path.startswith("/sitemap"):
            # The same articles under two of their URLs, as real sitemaps and listings have them.
            forms = ("{url}/a/{number}.html", "{url}/a/some-title/{number}.html")
            urls = [
                form.format(url=self.url, number=1000 + number) for number in range(self.articles) for form in forms
            ]
            locations = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
            return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode()
        return f"<html><body><h1>{path}</h1></body></html>".encode()


@pytest.fixture
def diary() -> Iterator[Diary]:
    kept = Diary()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with kept.lock:
                kept.visits.append((time.monotonic(), self.headers["User-Agent"], self.path))
                kept.at_once += 1
                kept.most_at_once = max(kept.most_at_once, kept.at_once)
            time.sleep(kept.seconds)
            with kept.lock:
                kept.at_once -= 1
            body = kept.page(self.path)
            self.send_response(200)
            kind = (
                "text/plain"
                if self.path == "/robots.txt"
                else "application/xml"
                if "sitemap" in self.path
                else "text/html"
            )
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A worker that is killed leaves its connections; that is not worth a trace."""

    with Server(("127.0.0.1", 0), Handler) as server:
        kept.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


@dataclass
class Workers:
    """Crawls of the diary's site, each a process with a folder of its own."""

    folder: Path
    redis_url: str
    site_url: str
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, **settings: object) -> subprocess.Popen[bytes]:
        folder = self.folder / name
        folder.mkdir()
        given = {
            "FRONTIER_NAME": "spring",
            "REDIS_URL": self.redis_url,
            "USER_AGENT": name,
            "WARC_DIRECTORY": str(folder / "warc"),
            **settings,
        }
        options = [f"{key}={value}" for key, value in given.items()]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, str(WORKER), self.site_url, *options],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.processes[name] = process
        return process

    def log(self, name: str) -> str:
        return (self.folder / name / "log").read_text(encoding="utf-8", errors="replace")

    def stats(self, name: str) -> dict[str, str]:
        lines = self.log(name).splitlines()
        pairs = [
            line.strip(" {},").split(": ", 1) for line in lines if ": " in line and line.strip(" {").startswith("'")
        ]
        return {key.strip("'"): value for key, value in pairs}

    def finish(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        for name, process in self.processes.items():
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                pytest.fail(f"{name} does not end:\n{self.log(name)[-4000:]}")


@pytest.fixture
def workers(redis_server: RedisServer, redis_client: Redis, diary: Diary, tmp_path: Path) -> Iterator[Workers]:
    crew = Workers(tmp_path, redis_server.url, diary.url)
    yield crew
    for process in crew.processes.values():
        if process.poll() is None:
            process.kill()
            process.wait()
