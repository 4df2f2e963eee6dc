"""Start a real Scrapyd in its own folder, and prepare checkouts for the real scrapyd-deploy."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newscrawl.errors import ScrapydError
from newscrawl.operations.scrapyd import Scrapyd
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS, free_port, wait_for

USER, PASSWORD = "operator", "correct horse"
EXAMPLE = ROOT / "docs" / "examples" / "scrapyd" / "scrapyd.conf"
"""The configuration of the documentation; the tests change only ports, passwords and timeouts."""
DEPLOYED = ("newscrawl", "settings", "setup.py", "pyproject.toml", "scrapy.cfg", "README.md", "LICENSE")


@dataclass
class ScrapydServer:
    """Run Scrapyd as an operator does: with a folder, a configuration and an environment."""

    folder: Path
    python: Path
    conf: dict[str, str] = field(default_factory=dict)
    """What differs from the example configuration."""
    variables: dict[str, str] = field(default_factory=dict)
    """What differs from the environment of the service."""
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
        """Return what the unit of the service sets: contact, data folder, and HOME with a netrc."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("SCRAPY", "NEWSCRAWL"))}
        home = {"HOME": str(self.folder / "home"), "SCRAPYD_URL": self.url}
        service = {"NEWSCRAWL_DATA": str(self.data), "NEWSCRAWL_CONTACT": "archive@crawler.test"}
        return {name: value for name, value in (kept | home | service | self.variables).items() if value}

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write_conf()
        (self.folder / "home").mkdir(exist_ok=True)
        netrc = self.folder / "home" / ".netrc"
        netrc.write_text(f'machine 127.0.0.1 login {USER} password "{PASSWORD}"\n')
        netrc.chmod(0o600)
        # What a careless operator may have left where Scrapyd runs: it must not be what a crawl imports.
        (self.folder / "settings.py").write_text("raise SystemExit('a stray settings.py was imported')\n")
        with (self.folder / "scrapyd.log").open("ab") as log:
            command = [str(self.python), "-m", "scrapyd", "--pidfile="]
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment(), stdout=log, stderr=subprocess.STDOUT
            )
        wait_for(self._answers, f"Scrapyd answers; {self.log()[-2000:]}", PATIENCE_SECONDS)

    def _write_conf(self) -> None:
        parser = configparser.ConfigParser()
        parser.read(EXAMPLE)
        quick = {"http_port": str(self.port), "username": USER, "password": PASSWORD, "poll_interval": "0.2"}
        for name, value in (quick | self.conf).items():
            parser.set("scrapyd", name, value)
        with (self.folder / "scrapyd.conf").open("w") as file:
            parser.write(file)

    def _answers(self) -> bool:
        try:
            self.client.daemon_status()
        except ScrapydError:
            return False
        return True

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)
            self.process = None

    def log(self) -> str:
        return (self.folder / "scrapyd.log").read_text(encoding="utf-8", errors="replace")

    def job_log(self, spider: str, job: str) -> str:
        path = self.folder / "logs" / "newscrawl" / spider / f"{job}.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def finish(self, spider: str, job: str, seconds: float = 180) -> str:
        """Wait for the job to end and return its log."""
        wait_for(lambda: self.client.job_state("newscrawl", job) == "finished", f"{job} ends", seconds)
        return self.job_log(spider, job)

    def idle(self) -> None:
        """Wait until nothing is pending or running."""

        def is_idle() -> bool:
            jobs = self.client.jobs("newscrawl")
            return not (jobs["pending"] or jobs["running"])

        wait_for(is_idle, "nothing is pending or running")

    def deploy(self, checkout: Path, *options: str) -> subprocess.CompletedProcess[str]:
        """Run scrapyd-deploy in a checkout."""
        command = [str(Path(sys.executable).with_name("scrapyd-deploy")), "server", *options]
        run = subprocess.run(
            command,
            cwd=checkout,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run


def server_python(folder: Path) -> Path:
    """A Python as on a server: Scrapyd and what newscrawl needs are installed, newscrawl itself is not.

    The installed packages are linked, so it takes no time; the checkout, which the tests' own Python has on its path,
    stays out, so that whatever runs there runs from the egg.
    """
    venv.EnvBuilder(with_pip=False, symlinks=True).create(folder)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    for place in map(Path, sys.path):
        if place.name == "site-packages":
            for entry in place.iterdir():
                if "newscrawl" not in entry.name and entry.suffix != ".pth" and not (packages / entry.name).exists():
                    (packages / entry.name).symlink_to(entry)
    return folder / "bin" / "python"


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
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python that the Scrapyd servers run on."""
    return server_python(tmp_path_factory.mktemp("python") / "venv")


@pytest.fixture(scope="session")
def scrapyd(tmp_path_factory: pytest.TempPathFactory, python: Path) -> Iterator[ScrapydServer]:
    with running(ScrapydServer(tmp_path_factory.mktemp("scrapyd"), python)) as server:
        yield server


@contextmanager
def running(server: ScrapydServer) -> Iterator[ScrapydServer]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def deployed(scrapyd: ScrapydServer, checkout: Path) -> ScrapydServer:
    """Return the server with this checkout deployed as version 1."""
    scrapyd.deploy(checkout, "--version", "1")
    return scrapyd
