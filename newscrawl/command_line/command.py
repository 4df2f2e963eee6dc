"""The base classes of the commands: options are checked, and errors become a message and an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError as ScrapyUsageError

from newscrawl.display import printable
from newscrawl.errors import NewscrawlError
from newscrawl.exit_statuses import ExitStatus
from newscrawl.inputs import did_you_mean


class KnownOptions(ScrapyCommand):
    """Refuse options that do not exist; Scrapy takes them for file names."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options of every Scrapy command."""
        super().add_options(parser)
        self._parser = parser

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Apply the options of every Scrapy command.

        ``--`` ends the options: names that begin with a hyphen may follow it. A single ``-`` is a name.

        Raises:
            scrapy.exceptions.UsageError: An option does not exist.
        """
        end = args.index("--") if "--" in args else len(args)
        for argument in args[:end]:
            if argument.startswith("-") and argument != "-":
                name = argument.partition("=")[0]
                raise ScrapyUsageError(f"no such option: {name}{did_you_mean(name, self._long_options())}")
        del args[end : end + 1]
        super().process_options(args, opts)

    def _long_options(self) -> list[str]:
        options = (option for action in self._parser._actions for option in action.option_strings)
        return [option for option in options if option.startswith("--")]


class BaseCommand(KnownOptions):
    """A command that needs no running crawler.

    A subclass defines ``execute`` and may raise any error of :mod:`newscrawl.errors` in it.
    """

    requires_project = False
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Execute the command; Scrapy calls this.

        Raises:
            scrapy.exceptions.UsageError: The command cannot do what it was asked to do; exit status 2.
        """
        try:
            self.execute(args, opts)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever reads the output has enough, as in `scrapy replay … | head`. Python flushes at its end again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.exitcode = ExitStatus.FAULTS
        except NewscrawlError as error:
            raise ScrapyUsageError(printable(error), print_help=False) from error

    def execute(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the command is for.

        Args:
            args: The names that follow the options.
            opts: The values of the options.
        """
        raise NotImplementedError
