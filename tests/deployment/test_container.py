"""The container files: what they name exists, nothing runs as root, and the schedule loop ends cleanly.

``make slow`` builds the images if buildah and debootstrap are installed and the tests run as root; no registry is used.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS, wait_for

yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
CONTAINERFILE = (ROOT / "Containerfile").read_text()
STAGES = re.findall(r"^FROM \S+ AS (\w+)$", CONTAINERFILE, re.MULTILINE)


def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return content


def test_copied_files_exist_and_are_not_ignored() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    for line in re.findall(r"^COPY (?!--from)(.*) \S+$", CONTAINERFILE, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists(), name
            assert name.split("/")[0] in allowed, name


def test_images_do_not_run_as_root_and_have_a_health_check() -> None:
    assert STAGES == ["build", "crawler", "server", "scrapyd"]
    texts = re.split(r"^FROM ", CONTAINERFILE, flags=re.MULTILINE)[1:]
    for name, text in zip(STAGES, texts, strict=True):
        if name in ("crawler", "scrapyd"):
            assert "USER 1000:1000" in text
            assert "HEALTHCHECK" in text


def test_services_are_confined_and_their_files_exist() -> None:
    services = compose()["services"]
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service.get("build", {}).get("target", STAGES[0]) in STAGES
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source in compose()["volumes"] or (ROOT / source).exists(), source
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:"), port


def test_schedule_of_the_example_is_valid() -> None:
    from newscrawl.operations.schedule_file import schedule_from

    schedule = schedule_from(
        (ROOT / "container" / "schedule.toml").read_text(), ["sample"], lambda site, arguments: None
    )
    assert len(schedule.crawls) == 1


def test_schedule_loop_calls_again_and_ends_cleanly(tmp_path: Path) -> None:
    program = tmp_path / "newscrawl"
    program.write_text(
        f"#!/bin/sh\necho called >>{tmp_path}/calls\ntrap 'echo ended >>{tmp_path}/calls; exit 0' TERM\n"
        "sleep 600 &\nwait $!\n"
    )
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "NEWSCRAWL_SCHEDULE_SECONDS": "0.2"}
    loop = subprocess.Popen([ROOT / "container" / "schedule"], env=environment, start_new_session=True)
    calls = tmp_path / "calls"
    try:
        wait_for(lambda: calls.exists() and calls.read_text().count("called") >= 2, "the loop calls twice")
        loop.terminate()
        assert loop.wait(PATIENCE_SECONDS) == 0
        assert calls.read_text().count("ended") == calls.read_text().count("called")
    finally:
        os.killpg(loop.pid, signal.SIGKILL) if loop.poll() is None else None


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root builds with chroot isolation")
@pytest.mark.skipif(
    not (shutil.which("buildah") and shutil.which("debootstrap")), reason="buildah or debootstrap is not installed"
)
def test_crawler_image_is_built_and_crawls(tmp_path: Path) -> None:
    """The base is Debian from its own mirror, since a registry may not be reachable."""

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, timeout=PATIENCE_SECONDS * 2, check=False
        )
        if "No matching distribution found" in done.stdout + done.stderr:
            pytest.skip("the build reaches no package registry; set BUILDAH_OPTIONS")
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-3000:]}"
        return done.stdout.strip()

    storage = ["--root", tmp_path / "storage", "--runroot", tmp_path / "run", "--storage-driver", "vfs"]
    run("debootstrap", "--variant=minbase", "--include=python3,python3-venv", "bookworm", tmp_path / "base")
    base = run("buildah", *storage, "from", "scratch")
    run("buildah", *storage, "copy", base, tmp_path / "base", "/")
    run("buildah", *storage, "commit", "--rm", base, "localhost/base")
    build = ["buildah", *storage, "build", "--isolation", "chroot", "--network", "host", "--pull-never"]
    build += shlex.split(os.environ.get("BUILDAH_OPTIONS", ""))
    run(*build, "--build-arg", "BASE=localhost/base", "--target", "crawler", "-t", "newscrawl", ROOT)
    container = run("buildah", *storage, "from", "--pull-never", "newscrawl")
    crawl = ["--isolation", "chroot", "--user", "1000:1000", "--env", "NEWSCRAWL_CONTACT=a@crawler.test"]
    run("buildah", *storage, "run", *crawl, container, "--", "newscrawl", "crawl", "sample", "-a", "size=3")
    listed = run("buildah", *storage, "run", *crawl, container, "--", "ls", "/data/articles")
    assert listed.endswith(".jsonl")
