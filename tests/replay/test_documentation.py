"""Every option and argument is in the documentation."""

from __future__ import annotations

import argparse
import re

import pytest

from newscrawl.errors import UsageError
from newscrawl.replay.options import SpiderArguments, add_options
from newscrawl.replay.output.outputs import FORMS
from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "replaying.md").read_text(encoding="utf-8")


def options() -> list[str]:
    parser = argparse.ArgumentParser(add_help=False)
    add_options(parser)
    return [option for action in parser._actions for option in action.option_strings]


@pytest.mark.parametrize("option", options())
def test_every_option_has_its_line(option: str) -> None:
    assert re.search(rf"^\|[^|]*`{re.escape(option)}\b", DOCUMENT, re.MULTILINE)


def test_no_option_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", DOCUMENT)) <= set(options())


def test_every_argument_of_the_spider_is_named() -> None:
    with pytest.raises(UsageError) as error:
        SpiderArguments.from_strings({"nosuch": "1"})
    for name in str(error.value).rpartition("arguments are ")[2].split(", "):
        assert f"`{name}`" in DOCUMENT.partition("## As a spider")[2]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_named(form: str) -> None:
    assert f"`{form}`" in DOCUMENT
