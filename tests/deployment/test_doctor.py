"""`newscrawl doctor` on healthy and on faulty machines: each fault is named, with its remedy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.samplesite.running import running_site
from tests.deployment.conftest import ScrapydServer, running, server_python
from tests.waiting import PATIENCE_SECONDS, free_port

OK, PROBLEM = 0, 1


def doctor(checkout: Path, server: ScrapydServer, *arguments: str, **variables: str) -> tuple[int, str]:
    """Return exit status and report of `newscrawl doctor …`, run in the checkout with the variables of the service."""
    production = {"SCRAPY_PROJECT": "production"}
    run = subprocess.run(
        [sys.executable, "-m", "scrapy", "doctor", *arguments],
        cwd=checkout,
        env=server.environment() | production | variables,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    return run.returncode, run.stdout + run.stderr


def findings(report: str) -> dict[str, str]:
    """Return each warning and problem with its remedy."""
    found, last = {}, ""
    for line in report.splitlines():
        if line.startswith(("warning ", "problem ")):
            last = line
            found[last] = ""
        elif line.strip().startswith("→"):
            found[last] = line.strip(" →")
    return found


def told(report: str, *words: str) -> str:
    """Return the remedy of the only finding with these words."""
    matching = {line: remedy for line, remedy in findings(report).items() if all(word in line for word in words)}
    assert len(matching) == 1, f"{words} in:\n{report}"
    return next(iter(matching.values()))


def test_healthy_server_has_no_findings(deployed: ScrapydServer, checkout: Path) -> None:
    conf = str(deployed.folder / "scrapyd.conf")
    here = ("--python", str(deployed.python), "--directory", str(deployed.folder), "--conf", conf)
    with running_site(size=10) as site:
        status, report = doctor(checkout, deployed, "--target", "server", *here, "--base-url", site.url, "sample")
    assert status == OK, report
    assert "problem" not in {line.split(" ")[0] for line in report.splitlines()}
    subjects = {line.split()[1] for line in report.splitlines() if line.startswith(("ok ", "warning "))}
    assert subjects == {
        *("settings", "contact", "data", "folders", "disk", "scrapyd", "scrapyd.conf"),
        *("clock", "deployment", "dependencies", "shadowing", "robots"),
    }
    assert "version 1 of newscrawl runs" in report or "version 2 of newscrawl runs" in report
    # The stray settings.py of this server's folder does no harm, and is named all the same.
    assert "WorkingDirectory=" in told(report, "warning", "shadowing", "settings in")
    assert not (checkout / "data").exists()


@pytest.fixture(scope="module")
def unwell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScrapydServer]:
    """Start a server that lacks a package, keeps items, and has stray modules in its folder."""
    python = server_python(tmp_path_factory.mktemp("lacking") / "venv")
    (packages,) = (python.parent.parent / "lib").glob("python3*/site-packages")
    for entry in packages.glob("isal*"):
        entry.unlink()
    folder = tmp_path_factory.mktemp("unwell")
    (folder / "items").mkdir()
    for name in ("fractions", "markupsafe", "newscrawl"):
        (folder / f"{name}.py").write_text("")
    conf = {"items_dir": "items", "jobs_dir": "jobs", "jobs_to_keep": "5"}
    with running(ScrapydServer(folder, python, conf)) as server:
        yield server


def test_every_fault_of_a_machine_is_reported_with_its_remedy(
    unwell: ScrapydServer, checkout: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    where = ("--url", unwell.url, "--python", str(unwell.python), "--directory", str(unwell.folder))
    data = str(tmp_path / "file" / "data")
    status, report = doctor(checkout, unwell, *where, NEWSCRAWL_CONTACT="", NEWSCRAWL_DATA=data)
    assert status == PROBLEM
    assert "set NEWSCRAWL_CONTACT to" in told(report, "problem", "CONTACT is not set")
    assert "chown" in told(report, "problem", "data", f"{data} cannot be written")
    assert "chown" in told(report, "problem", "folders", "WARC_DIRECTORY:", "cannot be written")
    assert "run scrapyd-deploy" in told(report, "problem", "newscrawl is not deployed")
    # Once by asking the server, once by reading its configuration.
    items = {line: remedy for line, remedy in findings(report).items() if "items_dir is set" in line}
    assert all("leave items_dir empty" in remedy for remedy in items.values())
    assert items
    assert "leave jobs_dir empty" in told(report, "warning", "jobs_dir is set")
    assert "jobs_to_keep = 1000" in told(report, "warning", "jobs_to_keep is 5")
    assert "pip install" in told(report, "problem", "dependencies", "lacks isal")
    for name in ("fractions", "markupsafe", "newscrawl"):
        assert "WorkingDirectory=" in told(report, "problem", "shadowing", f"{name} in {unwell.folder}")


def test_missing_package_on_the_server_is_named(unwell: ScrapydServer, checkout: Path) -> None:
    for stray in unwell.folder.glob("*.py"):
        stray.unlink()
    assert "ModuleNotFoundError" in unwell.deploy(checkout, "--version", "1").stdout
    status, report = doctor(checkout, unwell, "--url", unwell.url)
    assert status == PROBLEM
    assert "requirements-server.txt" in told(
        report, "problem", "dependencies", "the server's Python lacks the module isal"
    )


def test_broken_version_is_named_with_the_command_that_deletes_it(
    deployed: ScrapydServer, checkout: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "checkout"
    shutil.copytree(checkout, broken)
    with (broken / "newscrawl" / "spiders" / "news.py").open("a") as module:
        module.write("def broken(:\n")
    try:
        assert "SyntaxError" in deployed.deploy(broken, "--version", "9999999999").stdout
        status, report = doctor(checkout, deployed, "--url", deployed.url)
        assert status == PROBLEM
        remedy = told(report, "problem", "version 9999999999", "SyntaxError: invalid syntax", "spiders/news.py, line")
    finally:
        command = f"curl -sn {deployed.url}delversion.json -d project=newscrawl -d version=9999999999"
        subprocess.run(command.split(), env=deployed.environment(), check=True)
    assert command.replace("curl -sn", "curl -n") in remedy
    assert "9999999999" not in deployed.client.versions("newscrawl")


def test_server_that_does_not_answer_is_a_problem(deployed: ScrapydServer, checkout: Path) -> None:
    status, report = doctor(checkout, deployed, "--url", f"http://127.0.0.1:{free_port()}/")
    assert status == PROBLEM
    assert "systemctl start scrapyd" in told(report, "problem", "scrapyd", "does not answer")


def test_wrong_password_is_a_problem(deployed: ScrapydServer, checkout: Path) -> None:
    status, report = doctor(checkout, deployed, "--target", "server", SCRAPYD_USERNAME="x", SCRAPYD_PASSWORD="y")
    assert status == PROBLEM
    assert "~/.netrc" in told(report, "problem", "scrapyd", "401")


def test_other_server_on_the_port_is_a_problem(deployed: ScrapydServer, checkout: Path) -> None:
    with running_site(size=10) as site:
        status, report = doctor(checkout, deployed, "--url", site.url)
    assert status == PROBLEM
    assert told(report, "problem", "scrapyd", "404")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nosuchsite",), "nosuchsite"),
        (("--target", "nowhere"), "scrapy.cfg has no section [deploy:nowhere]"),
        (("--target", "server", "--no-scrapyd"), "not allowed with"),
    ],
)
def test_wrong_options_are_usage_errors(
    arguments: tuple[str, ...], message: str, deployed: ScrapydServer, checkout: Path
) -> None:
    status, report = doctor(checkout, deployed, *arguments)
    assert status == 2, report
    assert message in report


def test_check_without_server_and_python_warns_about_packages(deployed: ScrapydServer, checkout: Path) -> None:
    status, report = doctor(checkout, deployed, "--no-scrapyd")
    assert status == OK, report
    assert "newscrawl doctor --python" in told(report, "warning", "the packages of Scrapyd's Python were not checked")
    assert str(deployed.data) in report
