"""A real Scrapyd in a folder of its own, and checkouts that the real scrapyd-deploy deploys from."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newscrawl.errors import ScrapydError
from newscrawl.operations.scrapyd import Scrapyd
from tests.conftest import ROOT

START_SECONDS = 30
USER, PASSWORD = "operator", "correct horse"
CONF = """\
[scrapyd]
bind_address = 127.0.0.1
http_port = {port}
username = {user}
password = {password}
poll_interval = 0.2
max_proc = {processes}
jobs_to_keep = 1000
"""
DEPLOYED = ("newscrawl", "settings", "setup.py", "pyproject.toml", "scrapy.cfg", "README.md", "LICENSE")


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class ScrapydServer:
    """Scrapyd as an operator runs it: its folder, its configuration, its environment."""

    folder: Path
    processes: int = 2
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def client(self) -> Scrapyd:
        return Scrapyd(self.url, credentials=(USER, PASSWORD))

    def environment(self) -> dict[str, str]:
        """What the service's unit sets: contact and data folder; HOME with a netrc, as operators have it."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("SCRAPY", "NEWSCRAWL"))}
        home = {"HOME": str(self.folder / "home"), "SCRAPYD_URL": self.url}
        return kept | home | {"NEWSCRAWL_DATA": str(self.data), "NEWSCRAWL_CONTACT": "archive@crawler.test"}

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        conf = CONF.format(port=self.port, user=USER, password=PASSWORD, processes=self.processes)
        (self.folder / "scrapyd.conf").write_text(conf)
        (self.folder / "home").mkdir(exist_ok=True)
        netrc = self.folder / "home" / ".netrc"
        netrc.write_text(f'machine 127.0.0.1 login {USER} password "{PASSWORD}"\n')
        netrc.chmod(0o600)
        # What a careless operator may have left where Scrapyd runs: it must not be what a crawl imports.
        (self.folder / "settings.py").write_text("raise SystemExit('a stray settings.py was imported')\n")
        with (self.folder / "scrapyd.log").open("ab") as log:
            command = [sys.executable, "-m", "scrapyd", "--pidfile="]
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment(), stdout=log, stderr=subprocess.STDOUT
            )
        wait_for(self._answers, f"Scrapyd answers; {self.log()[-2000:]}", START_SECONDS)

    def _answers(self) -> bool:
        try:
            self.client.daemon_status()
        except ScrapydError:
            return False
        return True

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(START_SECONDS)
            self.process = None

    def log(self) -> str:
        return (self.folder / "scrapyd.log").read_text(encoding="utf-8", errors="replace")

    def job_log(self, spider: str, job: str) -> str:
        path = self.folder / "logs" / "newscrawl" / spider / f"{job}.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def finish(self, spider: str, job: str, seconds: float = 180) -> str:
        """Waits for the job to end; its log."""
        wait_for(lambda: self.client.job_state("newscrawl", job) == "finished", f"{job} ends", seconds)
        return self.job_log(spider, job)

    def deploy(self, checkout: Path, *options: str) -> subprocess.CompletedProcess[str]:
        """scrapyd-deploy, as it is called in a checkout."""
        command = [str(Path(sys.executable).with_name("scrapyd-deploy")), "server", *options]
        run = subprocess.run(
            command, cwd=checkout, env=self.environment(), capture_output=True, text=True, timeout=180, check=False
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run


def copied_checkout(folder: Path) -> Path:
    """The checkout as scrapyd-deploy finds it, with what is around that must not be deployed; so that building leaves
    the real one alone."""
    folder.mkdir()
    for name in DEPLOYED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    (folder / "tests").mkdir()
    (folder / "tests" / "__init__.py").write_text("")
    return folder


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_checkout(tmp_path_factory.mktemp("deploy") / "checkout")


@pytest.fixture(scope="session")
def scrapyd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScrapydServer]:
    server = ScrapydServer(tmp_path_factory.mktemp("scrapyd"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def deployed(scrapyd: ScrapydServer, checkout: Path) -> ScrapydServer:
    """The server with this checkout deployed as version 1."""
    scrapyd.deploy(checkout, "--version", "1")
    return scrapyd
