"""The command ``newscrawl``: it works in any folder, names what is wrong, and completes words in shells."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.command_line.main import OTHER_MODULES, command_named, command_names, parser_of
from tests.waiting import PATIENCE_SECONDS

PROGRAM = Path(sys.executable).with_name("newscrawl")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("SCRAPY", "NEWSCRAWL"))}


def newscrawl(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *words],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def test_crawl_verify_and_replay_work_in_an_empty_folder(tmp_path: Path) -> None:
    crawl = newscrawl(tmp_path, "crawl", "sample", "--json", "-a", "size=3", "-s", "LOG_LEVEL=WARNING")
    assert (crawl.returncode, crawl.stderr) == (0, "")
    result = json.loads(crawl.stdout)
    assert (result["site"], result["status"], result["meaning"]) == ("sample", 0, "")
    assert len((tmp_path / result["files"]["articles"]).read_bytes().splitlines()) == result["newArticles"]
    verify = newscrawl(tmp_path, "verify", "--json", "data/warc")
    assert verify.returncode == 0, verify.stderr
    assert all(json.loads(line)["sound"] for line in verify.stdout.splitlines())
    replay = newscrawl(tmp_path, "replay", "data/warc")
    assert replay.returncode == 0, replay.stderr
    (lines,) = (tmp_path / "data" / "articles").glob("*.jsonl")
    replayed = [line for path in (tmp_path / "data" / "replayed").glob("*.jsonl") for line in path.open()]
    assert sorted(replayed) == sorted(lines.open())


def test_overview_lists_every_command(tmp_path: Path) -> None:
    listed = newscrawl(tmp_path).stdout
    for name in [*command_names(), "completion"]:
        assert f"\n  {name} " in listed, name


def test_version_is_that_of_the_package(tmp_path: Path) -> None:
    assert newscrawl(tmp_path, "--version").stdout.startswith("newscrawl 0.")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["verfy", "x"], "unknown command 'verfy' (did you mean verify?)"),
        (["verify", "--jsno", "x"], "newscrawl verify: no such option: --jsno (did you mean --json?)"),
        (["crawl"], "newscrawl crawl: name a spider"),
        (["completion", "tcsh"], "name one shell: bash, zsh, fish"),
        (["crawl", "sample", "-s", "FRONTIER_NAME=x"], "FRONTIER_NAME is set, but not where Redis is"),
    ],
)
def test_mistake_ends_with_status_2_and_a_message(words: list[str], message: str, tmp_path: Path) -> None:
    run = newscrawl(tmp_path, *words)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_underscore_in_the_name_of_a_command_is_accepted(tmp_path: Path) -> None:
    assert "newscrawl clean-text" in newscrawl(tmp_path, "clean_text", "--help").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_is_valid_for_its_shell(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(newscrawl(tmp_path, "completion", shell).stdout)
    run = subprocess.run(
        [shell, "-n", str(script)], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


def completed_by_bash(script: Path, *words: str) -> list[str]:
    program = (
        f"source {script}; COMP_WORDS=({' '.join(words)} ''); COMP_CWORD={len(words) - 1}; _newscrawl; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    run = subprocess.run(["bash", "-c", program], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True)
    return run.stdout.split()


def test_bash_completes_commands_options_and_sites(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(newscrawl(tmp_path, "completion", "bash").stdout)
    assert completed_by_bash(script, "newscrawl", "ver") == ["verify"]
    assert completed_by_bash(script, "newscrawl", "verify", "--js") == ["--json"]
    assert completed_by_bash(script, "newscrawl", "crawl", "rfer") == ["rferl", "rferl_gandhara", "rferl_pressroom"]


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_completes_commands_and_options(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(newscrawl(tmp_path, "completion", "fish").stdout)

    def completed(line: str) -> list[str]:
        command = ["fish", "-c", f"source {script}; complete -C '{line}'"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True)
        return [each.split("\t")[0] for each in run.stdout.splitlines()]

    assert completed("newscrawl ver") == ["verify"]
    assert "--json" in completed("newscrawl verify --js")


WITHOUT_JSON = {"browse", "cdx", "export", "init", "savefixture"}
"""A server, commands whose output is an index or a corpus, and two that write files for people."""


@pytest.mark.parametrize("name", [name for name in command_names() if name not in OTHER_MODULES.keys() | WITHOUT_JSON])
def test_command_can_write_json(name: str) -> None:
    parser = parser_of(name, command_named(name), Settings())
    assert "--json" in {option for action in parser._actions for option in action.option_strings}
