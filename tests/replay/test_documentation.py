"""Every option and argument is in the documentation."""

from __future__ import annotations

import argparse
import re

import pytest

from newscrawl.account import Outcome
from newscrawl.replay.options import add_options, spider_inputs
from newscrawl.replay.output.forms import FORMS
from tests.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "replaying.md").read_text(encoding="utf-8")


def options() -> list[str]:
    parser = argparse.ArgumentParser(add_help=False)
    add_options(parser)
    return [option for action in parser._actions for option in action.option_strings]


@pytest.mark.parametrize("option", options())
def test_every_option_has_its_line(option: str) -> None:
    assert re.search(rf"^\|[^|]*`{re.escape(option)}\b", DOCUMENT, re.MULTILINE)


def test_documentation_names_no_option_that_does_not_exist() -> None:
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", DOCUMENT)) <= set(options())


@pytest.mark.parametrize("name", [each.name for each in spider_inputs()])
def test_every_argument_of_the_spider_is_named(name: str) -> None:
    assert f"`{name}`" in DOCUMENT.partition("## As a spider")[2]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_named(form: str) -> None:
    assert f"`{form}`" in DOCUMENT


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_explained(outcome: Outcome) -> None:
    assert re.search(rf"^\| `{outcome}` \|", DOCUMENT, re.MULTILINE)
