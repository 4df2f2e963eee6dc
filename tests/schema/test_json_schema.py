"""The schema: of the dataclasses, of the documentation and of ``newscrawl schema`` alike."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from itemadapter import ItemAdapter

from newscrawl.items import Article, Metadata
from newscrawl.schema.json_schema import json_schema, markdown, structure_of
from tests.conftest import ROOT
from tests.waiting import PATIENCE_SECONDS


def test_docs_schema_is_fresh() -> None:
    fresh = (ROOT / "docs" / "schema.md").read_text("utf-8") == markdown()

    assert fresh, "write it anew: newscrawl schema --output docs/schema.md"


def test_it_is_a_schema_of_its_draft() -> None:
    jsonschema = pytest.importorskip("jsonschema")

    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_it_has_the_fields_of_the_article_in_their_order_and_says_what_each_is() -> None:
    schema = json_schema()
    names = [field.name for field in dataclasses.fields(Article)]

    assert list(schema["properties"]) == names
    assert schema["required"] == names
    assert schema["additionalProperties"] is False
    assert [name for name, part in schema["properties"].items() if not part.get("description")] == []
    metadata = schema["properties"]["metadata"]["anyOf"][1]["properties"]
    assert list(metadata) == [field.name for field in dataclasses.fields(Metadata)]


def test_it_is_scrapys_own_schema_made_strict() -> None:
    """Only tightened: formats, patterns and required keys come on top, defaults leave, nothing else differs."""
    own = ItemAdapter.get_json_schema(Article)

    assert _bare(json_schema()) == {**_bare(own), "title": "Article", "description": json_schema()["description"]}


def _bare(part: object) -> object:
    if isinstance(part, list):
        return [_bare(value) for value in part]
    if not isinstance(part, dict):
        return part
    names = part.get("properties")
    kept = {
        key: _bare(value)
        for key, value in part.items()
        if key not in ("format", "pattern", "required", "default", "$schema") or key in ("properties",)
    }
    if isinstance(names, dict):
        kept["properties"] = {name: _bare(value) for name, value in names.items()}
    return kept


def test_a_changed_schema_gets_another_version_or_is_caught_here() -> None:
    """Readers of stored lines rely on it: whoever changes a key sees to ``SCHEMA_VERSION`` and the changelog too."""
    assert json_schema()["description"].endswith("Schema version 1.1.")
    assert len(json_schema()["properties"]) == 26


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "schema", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def test_scrapy_schema_prints_what_the_documentation_says() -> None:
    ran = run(ROOT)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == markdown()


def test_scrapy_schema_writes_json_schema(tmp_path: Path) -> None:
    ran = run(ROOT, "--json", "--output", str(tmp_path / "schema.json"))

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert json.loads((tmp_path / "schema.json").read_text("utf-8")) == json_schema()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "{folder}/missing/schema.json"], "cannot write"),
        (["article"], "takes no names"),
    ],
)
def test_scrapy_schema_says_what_is_wrong(tmp_path: Path, arguments: list[str], message: str) -> None:
    ran = run(ROOT, *(argument.format(folder=tmp_path) for argument in arguments))

    assert ran.returncode != 0
    assert message in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr


def test_structure_that_validation_uses_is_the_schema_without_descriptions() -> None:
    assert structure_of() == bare(json_schema())


def bare(schema: Any) -> Any:
    """Return the schema without descriptions, title and dialect."""
    if isinstance(schema, list):
        return [bare(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: bare(part) for name, part in value.items()} if key == "properties" else bare(value)
        for key, value in schema.items()
        if key not in ("description", "title", "$schema")
    }
