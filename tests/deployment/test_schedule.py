"""`newscrawl schedule` on several machines at once, with two real Scrapyd servers: each slot is crawled once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.operations.assignment import node_of
from newscrawl.samplesite.running import RunningSite, running_site
from tests.deployment.conftest import ScrapydServer, running
from tests.waiting import PATIENCE_SECONDS

FIRST_DAY, SECOND_DAY = "2026-05-01T12:00", "2026-05-02T12:00"
SLOT = "20260501T0330Z"


@dataclass
class Fleet:
    """Hold two nodes, and the machines on which cron runs."""

    nodes: dict[str, ScrapydServer]
    checkout: Path
    folder: Path
    site: RunningSite

    def write_schedule(self, *crawls: str) -> Path:
        urls = "".join(f'{name} = "{node.url}"\n' for name, node in self.nodes.items())
        settings = "settings = { AUTOTHROTTLE_ENABLED = 0, DOWNLOAD_DELAY = 0 }"
        arguments = f'arguments = {{ base_url = "{self.site.url}", max_articles = 3 }}'
        entries = [
            f'[[crawl]]\nsites = ["sample"]\nevery = "1d"\nat = "03:30"\n{arguments}\n{settings}\n{crawl}\n'
            for crawl in crawls
        ]
        path = self.folder / "schedule.toml"
        path.write_text(f"[nodes]\n{urls}" + "".join(entries))
        return path

    def start(self, machine: str, *arguments: str) -> subprocess.Popen[str]:
        """`newscrawl schedule`, as cron starts it on ``machine``."""
        environment = next(iter(self.nodes.values())).environment() | {
            "SCRAPY_PROJECT": "production",
            "NEWSCRAWL_DATA": str(self.folder / machine),
            "NEWSCRAWL_SCHEDULE": str(self.folder / "schedule.toml"),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", "schedule", *arguments],
            cwd=self.checkout,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def call(self, machine: str, *arguments: str) -> tuple[int, str]:
        """Return exit status and output of one call."""
        with self.start(machine, *arguments) as process:
            output, _ = process.communicate(timeout=PATIENCE_SECONDS)
        return process.returncode, output

    def crawls(self, node: str, job: str) -> int:
        """Return how often ``job`` was crawled on ``node``: each crawl has its own WARC file."""
        prefix = job.removeprefix("sample-").replace("-", "_")
        return len(list((self.nodes[node].data / "warc").glob(f"sample.{prefix}-*.warc.gz")))


@pytest.fixture(scope="module")
def nodes(checkout: Path, python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, ScrapydServer]]:
    # A server that forgets what it finished when it restarts: Scrapyd's default.
    forgetful = {"jobstorage": "scrapyd.jobstorage.MemoryJobStorage", "max_proc": "2"}
    first = ScrapydServer(tmp_path_factory.mktemp("a"), python, forgetful)
    second = ScrapydServer(tmp_path_factory.mktemp("b"), python, forgetful)
    with running(first), running(second):
        for server in (first, second):
            server.deploy(checkout, "--version", "1")
        yield {"a": first, "b": second}


@pytest.fixture
def fleet(nodes: dict[str, ScrapydServer], checkout: Path, tmp_path: Path) -> Iterator[Fleet]:
    with running_site(size=10) as site:
        yield Fleet(nodes, checkout, tmp_path, site)


def test_slot_is_crawled_once_although_all_machines_start_it(fleet: Fleet) -> None:
    fleet.write_schedule('name = "one"\nnode = "a"', 'name = "two"\nnode = "b"')
    processes = [fleet.start(machine, "--at", FIRST_DAY) for machine in ("m1", "m1", "m2", "m2")]
    outputs = [process.communicate(timeout=PATIENCE_SECONDS)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, outputs
    fired = [line for output in outputs for line in output.splitlines() if line.startswith("fired")]
    jobs = {"a": f"sample-one-{SLOT}", "b": f"sample-two-{SLOT}"}
    for node, job in jobs.items():
        assert 1 <= len([line for line in fired if line == f"fired  {job} on {node}"]) <= 2, outputs
        fleet.nodes[node].finish("sample", job)
    # What two machines fired at the same moment is crawled once all the same; here it is waited for the second to end.
    for node, job in jobs.items():
        fleet.nodes[node].idle()
        assert fleet.crawls(node, job) == 1
        assert fleet.crawls(node, jobs["b" if node == "a" else "a"]) == 0

    assert fleet.call("m1", "--at", FIRST_DAY) == (0, "")
    status, output = fleet.call("m3", "--at", FIRST_DAY, "--all")
    assert status == 0
    assert [line.split()[0] for line in output.splitlines()] == ["done", "done"]
    status, output = fleet.call("m3", "--at", SECOND_DAY, "--node", "b")
    assert output == "fired  sample-two-20260502T0330Z on b\n"
    fleet.nodes["b"].finish("sample", "sample-two-20260502T0330Z")
    assert fleet.crawls("b", "sample-two-20260502T0330Z") == 1


@pytest.mark.slow
def test_crawl_of_a_node_that_was_down_starts_later(fleet: Fleet) -> None:
    fleet.write_schedule('name = "up"\nnode = "a"', 'name = "down"\nnode = "b"')
    fleet.nodes["b"].stop()
    status, output = fleet.call("m1", "--at", FIRST_DAY)
    assert status == 1
    assert f"fired  sample-up-{SLOT} on a" in output
    assert f"failed sample-down-{SLOT} {fleet.nodes['b'].url} does not answer" in output
    fleet.nodes["b"].start()
    assert fleet.call("m1", "--at", FIRST_DAY) == (0, f"fired  sample-down-{SLOT} on b\n")
    fleet.nodes["b"].finish("sample", f"sample-down-{SLOT}")
    # Restarted, it has forgotten; and m2 never knew. The crawl itself says that its slot was crawled.
    fleet.nodes["b"].stop()
    fleet.nodes["b"].start()
    assert fleet.call("m2", "--at", FIRST_DAY, "--node", "b") == (0, f"fired  sample-down-{SLOT} on b\n")
    log = fleet.nodes["b"].finish("sample", f"sample-down-{SLOT}")
    assert f"sample-down/{SLOT} was crawled on this machine before: nothing to do" in log
    assert fleet.crawls("b", f"sample-down-{SLOT}") == 1
    fleet.nodes["a"].finish("sample", f"sample-up-{SLOT}")


@pytest.mark.slow
def test_second_crawl_of_a_site_waits(fleet: Fleet) -> None:
    fleet.write_schedule('name = "early"\nnode = "a"', 'name = "late"\nnode = "a"')
    status, output = fleet.call("m1", "--at", FIRST_DAY)
    assert status == 0
    assert output.splitlines() == [
        f"fired  sample-early-{SLOT} on a",
        f"waits  sample-late-{SLOT} for sample-early-{SLOT}",
    ]
    fleet.nodes["a"].finish("sample", f"sample-early-{SLOT}")
    assert fleet.call("m1", "--at", FIRST_DAY) == (0, f"fired  sample-late-{SLOT} on a\n")
    fleet.nodes["a"].finish("sample", f"sample-late-{SLOT}")


def test_site_without_a_node_goes_to_its_assigned_node(fleet: Fleet) -> None:
    fleet.write_schedule('name = "assigned"')
    assert fleet.call("m1", "--at", FIRST_DAY, "--dry-run") == (
        0,
        f"sample-assigned-{SLOT} on {node_of('sample', ['a', 'b'])}\n",
    )
    # Nothing was started or claimed.
    assert not (fleet.folder / "m1").exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [("", "DATA_DIRECTORY is not set"), ("data", "Scrapyd was started"), ("/dev/null/data", "cannot be written")],
)
def test_nothing_starts_if_claims_cannot_be_written(data: str, message: str, checkout: Path, tmp_path: Path) -> None:
    """No server is asked: the node does not exist."""
    schedule = tmp_path / "schedule.toml"
    schedule.write_text('[nodes]\na = "http://127.0.0.1:9/"\n[[crawl]]\nsites = ["rferl"]\nevery = "1d"\n')
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SCRAPY", "NEWSCRAWL"))}
    variables = {"SCRAPY_PROJECT": "production", "NEWSCRAWL_SCHEDULE": str(schedule), "NEWSCRAWL_DATA": data}
    run = subprocess.run(
        [sys.executable, "-m", "scrapy", "schedule"],
        cwd=checkout,
        env=kept | {name: value for name, value in variables.items() if value},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert run.returncode == 2
    assert message in run.stderr + run.stdout
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--node", "c"), "--node=c is not a node of the schedule: a, b"),
        (("--file", "nowhere.toml"), "nowhere.toml: No such file"),
    ],
)
def test_mistakes_are_usage_errors(arguments: tuple[str, ...], message: str, fleet: Fleet) -> None:
    fleet.write_schedule('name = "one"')
    status, output = fleet.call("m1", *arguments)
    assert status == 2
    assert message in output
    assert "Traceback" not in output
