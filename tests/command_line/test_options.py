"""Options of all commands: an unknown one is named and ends the command before anything is done."""

from __future__ import annotations

import argparse

import pytest
from scrapy.cmdline import _get_commands_dict
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from newscrawl.command_line.command import BaseCommand

COMMANDS = {
    name: command
    for name, command in _get_commands_dict(Settings({"COMMANDS_MODULE": "newscrawl.commands"}), True).items()
    if type(command).__module__.startswith("newscrawl.")
}


def process(command: ScrapyCommand, *words: str) -> list[str]:
    """Parse ``words`` as Scrapy does and return the names that the command would get."""
    parser = argparse.ArgumentParser(conflict_handler="resolve")
    command.settings = Settings({**command.default_settings, "LOG_ENABLED": False})
    command.add_options(parser)
    opts, args = parser.parse_known_args(list(words))
    command.process_options(args, opts)
    return args


@pytest.mark.parametrize("name", COMMANDS)
def test_unknown_option_is_named_in_every_command(name: str) -> None:
    with pytest.raises(UsageError, match=r"no such option: --no-such-option\b"):
        process(COMMANDS[name], "--no-such-option", "data/warc")
    with pytest.raises(UsageError, match=r"no such option: -Q\b"):
        process(COMMANDS[name], "data/warc", "-Q")


@pytest.mark.parametrize(
    ("name", "word", "option"),
    [
        ("verify", "--jsno", "--json"),
        ("replay", "--sinse=2026-01-01", "--since"),
        ("doctor", "--noscrapyd", "--no-scrapyd"),
    ],
)
def test_mistyped_option_is_answered_with_the_right_one(name: str, word: str, option: str) -> None:
    with pytest.raises(UsageError, match=rf"no such option: {word.partition('=')[0]} \(did you mean {option}\?\)"):
        process(COMMANDS[name], word, "data/warc")


def test_hyphen_is_a_name_and_so_is_what_follows_two_hyphens() -> None:
    assert process(COMMANDS["clean-text"], "-", "--", "--json", "-x") == ["-", "--json", "-x"]


def test_error_of_newscrawl_ends_a_command_with_its_message() -> None:
    from newscrawl.errors import StateError

    class Failing(BaseCommand):
        def short_desc(self) -> str:
            return ""

        def execute(self, args: list[str], opts: argparse.Namespace) -> None:
            raise StateError("the state is in use")

    with pytest.raises(UsageError, match="the state is in use"):
        Failing().run([], argparse.Namespace())
