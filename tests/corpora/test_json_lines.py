"""A field of each line of a JSON Lines file is cleaned; everything else stays as it is."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.corpora import json_lines
from newscrawl.corpora.clean_field import Fields, Figures, cleaned
from newscrawl.corpora.json_lines import clean_json_lines
from newscrawl.extract.plaintext.article import article_from_text

TEXT = "\n".join(
    [
        "Accessibility links",
        "The Bridge Over The River Reopens",
        "Oakfield -- A guard on the bridge, May 8, 2016",
        "The bridge carries four thousand cars an hour, said the mayor of the town on the other bank.",
        "With reporting by AFP",
    ]
)
BODY = "The bridge carries four thousand cars an hour, said the mayor of the town on the other bank."


def run(data: bytes, fields: Fields, processes: int = 1) -> tuple[bytes, Figures]:
    out = io.BytesIO()

    async def drained() -> Figures:
        return [figures async for figures in clean_json_lines(io.BytesIO(data), out.write, fields, processes)][-1]

    figures = asyncio.run(drained())
    return out.getvalue(), figures


def cleaned_lines(records: list[Any], fields: Fields, processes: int = 1) -> tuple[list[Any], Figures]:
    data, figures = run(b"".join(json.dumps(record).encode() + b"\n" for record in records), fields, processes)
    return [json.loads(line) for line in data.splitlines()], figures


def test_the_field_is_cleaned_and_other_fields_stay() -> None:
    record = {"id": 2**70, "text": TEXT, "ratio": 0.1, "meta": {"text": TEXT}}

    (line,), figures = cleaned_lines([record], Fields("text"))

    assert line == {**record, "text": BODY}
    assert list(line) == list(record)
    assert (figures.texts, figures.changed, figures.empty) == (1, 1, 0)
    assert figures.removed == {"boilerplate": 1, "caption": 1, "credit": 1}


def test_a_dotted_name_leads_into_objects() -> None:
    (line,), _ = cleaned_lines([{"meta": {"text": TEXT}}], Fields("meta.text"))

    assert line == {"meta": {"text": BODY}}


def test_headline_and_removed_pieces_are_written_where_wanted() -> None:
    (line,), _ = cleaned_lines([{"text": TEXT}], Fields("text", headline="title", removed="left"))

    assert line["title"] == "The Bridge Over The River Reopens"
    assert {"text": "With reporting by AFP", "reason": "credit"} in line["left"]


def test_lines_that_cannot_be_cleaned_stay_and_are_counted() -> None:
    data = b'{"id": 1}\n{"text": 5}\n[1]\n{broken\n\n' + json.dumps({"text": "Share\nPrint"}).encode()

    out, figures = run(data, Fields("text"))

    assert out.splitlines() == [b'{"id": 1}', b'{"text": 5}', b"[1]", b"{broken", b"", b'{"text": ""}']
    assert figures.without_field == 2
    assert figures.broken == [3, 4]
    assert figures.empty == 1


def test_processes_keep_the_order_and_give_the_same() -> None:
    records = [{"id": number, "text": TEXT.replace("four", str(number))} for number in range(1_000)]

    alone, figures = cleaned_lines(records, Fields("text"))
    together, same = cleaned_lines(records, Fields("text"), processes=2)

    assert together == alone
    assert same == figures
    assert [line["id"] for line in together] == list(range(1_000))


def test_a_line_beyond_the_limit_is_copied_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MAX_LINE", 64)
    long = b'{"text": "' + b"x" * 500 + b'"}\n'
    data = b'{"text": "a"}\n' + long + b'{"text": "b"}\n'

    out, figures = run(data, Fields("text"))

    assert long in out
    assert out.count(b"\n") == 3
    assert set(figures.broken) == {2}


RECORDS = st.dictionaries(st.sampled_from(["text", "id", "x"]), st.text() | st.integers() | st.none())


@given(st.lists(RECORDS, max_size=5))
def test_any_records_keep_their_number_and_their_other_fields(records: list[dict[str, Any]]) -> None:
    lines, _ = cleaned_lines(records, Fields("text"))

    assert [{k: v for k, v in line.items() if k != "text"} for line in lines] == [
        {k: v for k, v in record.items() if k != "text"} for record in records
    ]
    for line, record in zip(lines, records, strict=True):
        if isinstance(record.get("text"), str):
            assert line["text"] == cleaned(record["text"]).text


def test_a_text_is_cleaned_as_the_command_cleans_it() -> None:
    assert cleaned(TEXT, "en").text == article_from_text(TEXT, language="en").articleBody
