"""``newscrawl clean-text`` as its users call it: files, standard input, and whatever else a path may name."""

from __future__ import annotations

import argparse
import gzip
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
    assert ran.stdout.decode() == f"==> {COPY} <==\n{BODY}"
    assert [line.split(": ", 1)[1] for line in ran.stderr.decode().splitlines()] == [
        "missing.txt: No such file or directory",
        "empty.txt: no text is left without the boilerplate of the page",
        f"{tmp_path}: Is a directory",
    ]


def test_a_file_without_text_has_a_status_of_its_own(tmp_path: Path) -> None:
    ran = run(tmp_path, "-", standard_input=b"Share\nPrint\n")

    assert (ran.returncode, ran.stdout) == (clean_text.NO_ARTICLE, b"")
    assert b"newscrawl clean-text: -: no text" in ran.stderr


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

    assert _main(str(tmp_path / "picture")) == clean_text.UNREADABLE
    written = capfdbinary.readouterr()
    assert written.out == b""
    assert b"picture: this is binary data" in written.err


def test_a_name_with_a_null_byte_is_no_file(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert _main("a\0b") == clean_text.UNREADABLE
    assert b"null" in capfdbinary.readouterr().err


def test_a_file_larger_than_any_page_is_refused(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(clean_text.MAX_BYTES + 1)

    assert _main(str(tmp_path / "huge")) == clean_text.UNREADABLE
    assert b"larger than 64 MiB" in capfdbinary.readouterr().err


def test_several_files_are_told_apart(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b\x1b.txt"
    first.write_text("The first bridge is open, said the mayor.")
    second.write_text("The second bridge is closed, said the mayor.")

    assert _main(str(first), str(second)) == 0
    assert capfdbinary.readouterr().out.decode() == (
        f"==> {first} <==\nThe first bridge is open, said the mayor.\n\n"
        f"==> {tmp_path}/b\\x1b.txt <==\nThe second bridge is closed, said the mayor.\n"
    )


def test_an_archive_is_named_with_the_command_that_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.warc.wet.gz").write_bytes(gzip.compress(b"WARC/1.0\r\nWARC-Type: conversion\r\n\r\ntext"))

    ran = run(tmp_path, "a.warc.wet.gz")

    assert (ran.returncode, ran.stdout) == (clean_text.UNREADABLE, b"")
    assert b'a.warc.wet.gz: this is a WET file (gzip); run "newscrawl replay a.warc.wet.gz"' in ran.stderr


def test_a_corpus_is_cleaned_to_a_file_that_is_never_replaced(tmp_path: Path) -> None:
    text = COPY.read_text("utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": 1, "text": text}) + "\n")

    ran = run(tmp_path, "--jsonl", "--language", "uk", "-o", "b.jsonl", "a.jsonl")
    again = run(tmp_path, "--jsonl", "-o", "b.jsonl", "a.jsonl")

    assert ran.returncode == 0
    assert b"a.jsonl: 1 text, 1 changed, 0 empty; removed: " in ran.stderr
    assert json.loads((tmp_path / "b.jsonl").read_text("utf-8")) == {"id": 1, "text": BODY.rstrip("\n")}
    assert again.returncode == 2
    assert b"b.jsonl exists already" in again.stderr


def test_a_second_story_is_cut_off_with_a_message(tmp_path: Path) -> None:
    story = (
        "The bridge over the river was opened again on Monday after nine days under water, said the mayor of the town."
    )
    lines = ["The Bridge Reopens", story, story.replace("Monday", "Tuesday"), "With reporting by AP and Reuters"]
    other = "MILLBROOK -- Police in Millbrook have closed the northern road after a landslide, the mayor said."
    (tmp_path / "a.txt").write_text("\n".join([*lines, other]))

    ran = run(tmp_path, "a.txt")

    assert ran.returncode == 0
    assert other.encode() not in ran.stdout
    assert b"another story follows the credits and was cut off" in ran.stderr


def _main(*arguments: str) -> int:
    """The command within this process."""
    command = clean_text.Command()
    parser = argparse.ArgumentParser()
    command.settings = Settings()
    command.add_options(parser)
    options, names = parser.parse_known_args(arguments)
    command.run(names, options)
    return int(command.exitcode)
