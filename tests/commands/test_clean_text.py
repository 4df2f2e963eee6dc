"""``scrapy clean-text`` as its users call it: files, standard input, and whatever else a path may name."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl.command_line import clean_text
from newscrawl.schema.json_schema import json_schema
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS

COPY = ROOT / "tests" / "extract" / "plaintext" / "copies" / "uk.txt"
GOLDEN = json.loads(COPY.with_suffix(".json").read_text("utf-8"))
BODY = "\n\n".join(GOLDEN["paragraphs"]) + "\n"


def run(folder: Path, *arguments: str | Path, standard_input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in an empty folder, outside every project, as a user of the installed package runs it."""
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "clean-text", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=standard_input,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def test_a_file_gives_its_body(tmp_path: Path) -> None:
    ran = run(tmp_path, COPY, "--language", "uk")

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode() == BODY


def test_standard_input_gives_the_same(tmp_path: Path) -> None:
    ran = run(tmp_path, "-", standard_input=COPY.read_bytes())

    assert (ran.returncode, ran.stdout.decode()) == (0, BODY)


def test_json_gives_a_line_that_keeps_to_the_schema(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")

    ran = run(tmp_path, "--json", "--language", "uk", "--url", "https://www.example.org/a/1.html", COPY, COPY)

    first, second = map(json.loads, ran.stdout.splitlines())
    assert first == second
    assert list(first) == list(json_schema()["properties"])
    assert first["url"] == "https://www.example.org/a/1.html"
    assert first["inLanguage"] == "uk"
    assert first["paragraphs"] == GOLDEN["paragraphs"]
    assert [[removed["reason"], removed["text"]] for removed in first["removed"]] == GOLDEN["removed"]
    jsonschema.Draft202012Validator(json_schema()).validate(first)


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()

    ran = run(tmp_path, "missing.txt", "empty.txt", tmp_path, COPY)

    assert ran.returncode == clean_text.UNREADABLE
    assert ran.stdout.decode() == BODY
    assert [line.split(": ", 1)[1] for line in ran.stderr.decode().splitlines()] == [
        "missing.txt: No such file or directory",
        "empty.txt: no text is left without the furniture of the page",
        f"{tmp_path}: Is a directory",
    ]


def test_a_file_without_text_has_a_status_of_its_own(tmp_path: Path) -> None:
    ran = run(tmp_path, "-", standard_input=b"Share\nPrint\n")

    assert (ran.returncode, ran.stdout) == (clean_text.NO_ARTICLE, b"")
    assert b"scrapy clean-text: -: no text" in ran.stderr


def test_no_file_at_all_is_a_mistake(tmp_path: Path) -> None:
    ran = run(tmp_path)

    assert ran.returncode != 0
    assert b"name at least one file" in ran.stdout + ran.stderr


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    text = COPY.read_text("utf-8").replace("’", "'")
    (tmp_path / "copy.txt").write_bytes(text.encode(encoding))

    assert _main(str(tmp_path / "copy.txt")) == 0
    assert capfdbinary.readouterr().out.decode() == BODY.replace("’", "'")


def test_bytes_that_are_no_text_end_in_no_traceback(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "picture").write_bytes(bytes(range(256)) * 4_000)

    assert _main(str(tmp_path / "picture")) in (0, clean_text.NO_ARTICLE)
    capfdbinary.readouterr().out.decode()


def test_a_name_with_a_null_byte_is_no_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _main("a\0b") == clean_text.UNREADABLE
    assert b"null" in capfdbinary.readouterr().err


def test_a_file_larger_than_any_page_is_refused(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(clean_text.MAX_BYTES + 1)

    assert _main(str(tmp_path / "huge")) == clean_text.UNREADABLE
    assert b"larger than 64 MiB" in capfdbinary.readouterr().err


def _main(*arguments: str) -> int:
    """The command within this process."""
    command = clean_text.Command()
    parser = argparse.ArgumentParser()
    command.settings = Settings()
    command.add_options(parser)
    options, names = parser.parse_known_args(arguments)
    command.run(names, options)
    return int(command.exitcode)
