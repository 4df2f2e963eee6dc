"""``newscrawl arguments [SITE]``: list the spider arguments of a site."""

from __future__ import annotations

import argparse
import json
import textwrap
from typing import Any

from scrapy.spiderloader import get_spider_loader

from newscrawl.command_line.command import BaseCommand
from newscrawl.errors import UsageError
from newscrawl.inputs import Input, declared

WIDTH = 100
DEFAULT_SITE = "rferl"
"""Every site has the same arguments, except for the sample site."""


class Command(BaseCommand):
    """List the arguments that ``newscrawl crawl SITE -a name=value`` accepts."""

    requires_project = True

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--json] [SITE]"

    def short_desc(self) -> str:
        """Return one line for the list of commands."""
        return "List the spider arguments of a site (-a name=value)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--json``."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="write one JSON object per argument")

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the arguments.

        Raises:
            UsageError: There is no such spider.
        """
        if len(args) > 1:
            raise UsageError("name one site; `newscrawl list` lists them")
        name = args[0] if args else DEFAULT_SITE
        assert self.settings is not None
        loader = get_spider_loader(self.settings)
        if name not in loader.list():
            raise UsageError(f"no spider is called {name!r}; `newscrawl list` lists them")
        spider: Any = loader.load(name)
        arguments = getattr(spider, "arguments_type", None)
        if arguments is None:
            raise UsageError(f"the spider {name} does not declare its arguments")
        inputs = declared(arguments)
        print("\n".join(_as_json(each) for each in inputs) if opts.json else _as_text(name, inputs))


def _as_json(each: Input) -> str:
    values = {"name": each.name, "description": each.description, "form": each.form, "default": each.default}
    return json.dumps(values, default=str)


def _as_text(site: str, inputs: tuple[Input, ...]) -> str:
    lines = [f"newscrawl crawl {site} -a NAME=VALUE …", ""]
    for each in inputs:
        lines += [f"  {each.name}", *_wrapped(each.description), *_wrapped(f"Value: {each.form}.")]
        if each.default not in (None, (), ""):
            lines += _wrapped(f"Default: {each.default}")
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="      ", subsequent_indent="      ")
