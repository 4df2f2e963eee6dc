"""docs/deploying.md agrees with the commands."""

from __future__ import annotations

import argparse
import re

import pytest
from newscrawl.settings.environment import Environment
from scrapy.commands import ScrapyCommand
from scrapy.settings import Settings

from newscrawl.commands import doctor, schedule
from newscrawl.inputs import declared
from newscrawl.operations.schedule_file import CrawlEntry, ScheduleFile, schedule_from
from newscrawl.sites import all_sites
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "deploying.md").read_text()
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


class Plain(ScrapyCommand):
    def short_desc(self) -> str:
        return ""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        pass


@pytest.mark.parametrize(
    ("command", "section"), [(doctor.Command(), "Check the server"), (schedule.Command(), "The schedule")]
)
def test_table_of_options_is_complete(command: ScrapyCommand, section: str) -> None:
    parser, plain = argparse.ArgumentParser(), argparse.ArgumentParser()
    for each, its_parser in ((command, parser), (Plain(), plain)):
        each.settings = Settings()
        each.add_options(its_parser)
    options = {option for action in parser._actions for option in action.option_strings}
    common = {option for action in plain._actions for option in action.option_strings}
    assert set(re.findall(r"^\| `(--[a-z-]+)", SECTIONS[section], re.MULTILINE)) == options - common


def test_example_of_the_schedule_is_valid_and_has_every_key() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", SECTIONS["The schedule"], re.DOTALL)
    schedule_from(example, [site.name for site in all_sites()], lambda site, arguments: None)
    keys = set(re.findall(r"^([a-z]+) = ", example, re.MULTILINE)) - {"a"}
    names = {each.name for struct in (ScheduleFile, CrawlEntry) for each in declared(struct)}
    assert keys == names - {"nodes", "crawl"}


def test_table_of_environment_variables_is_complete() -> None:
    named = set(re.findall(r"`(NEWSCRAWL_\w+)`", SECTIONS["The settings"]))
    assert named == {each.name for each in declared(Environment)}


def test_every_example_file_is_mentioned() -> None:
    examples = ROOT / "docs" / "examples" / "scrapyd"
    for path in examples.iterdir():
        assert path.name in TEXT or f"*{path.suffix}" in TEXT, path.name
