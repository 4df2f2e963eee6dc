"""`newscrawl arguments SITE` lists what `newscrawl crawl SITE -a name=value` accepts."""

from __future__ import annotations

import argparse
import json

import pytest
from scrapy.exceptions import UsageError
from scrapy.utils.project import get_project_settings

from newscrawl.commands.arguments import Command
from newscrawl.inputs import declared
from newscrawl.spiders.arguments import CrawlArguments


def run(*args: str, json: bool = False) -> None:
    command = Command()
    command.settings = get_project_settings()
    command.run(list(args), argparse.Namespace(json=json))


def test_every_argument_is_listed_with_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    run("sample")
    text = " ".join(capsys.readouterr().out.split())
    for each in declared(CrawlArguments):
        assert each.description in text
        assert each.form in text
    assert "base_url" in text


def test_json_lists_the_same_names(capsys: pytest.CaptureFixture[str]) -> None:
    run(json=True)
    names = [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()]
    assert names == [each.name for each in declared(CrawlArguments)]


def test_unknown_site_is_named() -> None:
    with pytest.raises(UsageError, match="no spider is called 'nosuch'"):
        run("nosuch")
