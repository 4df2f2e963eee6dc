"""The command ``newscrawl``: every command of the package, with or without a Scrapy project around it.

Inside a Scrapy project the settings are those of its scrapy.cfg; elsewhere they are ``newscrawl.settings.development``,
unless SCRAPY_SETTINGS_MODULE names others. ``scrapy COMMAND`` runs the same commands inside a project.
"""

from __future__ import annotations

import argparse
import os
import pkgutil
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scrapy.cmdline import ScrapyArgumentParser
from scrapy.commands import ScrapyCommand, ScrapyHelpFormatter
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.utils.conf import closest_scrapy_cfg, get_config, init_env
from scrapy.utils.project import ENVVAR, get_project_settings

from newscrawl.command_line.completion import SHELLS, CommandWords, completion_script
from newscrawl.exit_statuses import ExitStatus
from newscrawl.inputs import did_you_mean

DEFAULT_SETTINGS = "newscrawl.settings.development"
OTHER_MODULES = {
    "clean-text": "newscrawl.command_line.clean_text",
    "list": "scrapy.commands.list",
    "settings": "scrapy.commands.settings",
    "shell": "scrapy.commands.shell",
}
"""Commands that are not modules of :mod:`newscrawl.commands`."""
COMPLETION = "completion"
ALIASES = {"clean_text": "clean-text"}
NAME_COLUMNS = 13


def main(argv: list[str] | None = None) -> None:
    """Run the command that ``argv`` names, by default that of the command line, and exit with its status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if ENVVAR not in os.environ:
        _load_environment()
        init_env(os.environ.get("SCRAPY_PROJECT", "default"))
    os.environ.setdefault(ENVVAR, DEFAULT_SETTINGS)
    try:
        sys.exit(_run(words))
    except BrokenPipeError:
        # The reader of our output, such as `head`, has ended. Python would report that again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.FAULTS)
    except KeyboardInterrupt:
        sys.exit(ExitStatus.INTERRUPTED)


def _load_environment() -> None:
    """Set the variables in the file that ``environment`` in section [newscrawl] of scrapy.cfg names.

    Variables that are set already keep their value.
    """
    cfg = closest_scrapy_cfg()
    name = get_config().get("newscrawl", "environment", fallback="") if cfg else ""
    if not name:
        return
    try:
        lines = (Path(cfg).parent / name).read_text("utf-8").splitlines()
    except OSError as error:
        sys.exit(f"newscrawl: cannot read {Path(cfg).parent / name}, which scrapy.cfg names: {error.strerror}")
    for line in lines:
        variable, equals, value = line.strip().partition("=")
        if equals and not variable.startswith("#"):
            os.environ.setdefault(variable, value.strip("'\""))


def command_names() -> list[str]:
    """Return the names of all commands, sorted."""
    package = import_module("newscrawl.commands")
    ours = [module.name.replace("_", "-") for module in pkgutil.iter_modules(package.__path__)]
    return sorted([*ours, *OTHER_MODULES])


def command_named(name: str) -> ScrapyCommand:
    """Return the command ``name``; only its module is imported."""
    module = import_module(OTHER_MODULES.get(name) or f"newscrawl.commands.{name.replace('-', '_')}")
    made: ScrapyCommand = module.Command()
    return made


def parser_of(name: str, command: ScrapyCommand, settings: BaseSettings) -> argparse.ArgumentParser:
    """Return the parser of the command ``name``, with its options."""
    settings.setdict(command.default_settings, priority="command")
    command.settings = settings  # type: ignore[assignment]
    parser = ScrapyArgumentParser(
        prog=f"newscrawl {name}",
        formatter_class=ScrapyHelpFormatter,
        usage=f"newscrawl {name} {command.syntax()}",
        conflict_handler="resolve",
        description=command.long_desc(),
    )
    command.add_options(parser)
    return parser


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        print(_overview())
        return ExitStatus.FINE
    if words[0] in ("-V", "--version", "version"):
        print(f"newscrawl {version('newscrawl')}, Scrapy {version('scrapy')}")
        return ExitStatus.FINE
    name = ALIASES.get(words[0], words[0])
    if name == COMPLETION:
        return _print_completion(words[1:])
    if name not in command_names():
        print(f"newscrawl: unknown command {name!r}{did_you_mean(name, command_names())}", file=sys.stderr)
        return ExitStatus.USAGE
    return _execute(name, words[1:])


def _execute(name: str, words: list[str]) -> int:
    settings = get_project_settings()
    command: Any = command_named(name)
    parser = parser_of(name, command, settings)
    opts, args = parser.parse_known_args(words)
    try:
        command.process_options(args, opts)
        if command.requires_crawler_process:
            command.crawler_process = AsyncCrawlerProcess(settings)
        command.run(args, opts)
    except UsageError as error:
        if str(error):
            print(f"newscrawl {name}: {error}", file=sys.stderr)
        if error.print_help or not str(error):
            print(f"see  newscrawl {name} --help", file=sys.stderr)
        return ExitStatus.USAGE
    return int(command.exitcode)


def _overview() -> str:
    lines = [
        "Usage: newscrawl COMMAND [options] [arguments]",
        "",
        "Crawl news sites into WARC archives and article lines, and work with the archives.",
        "",
        *(f"  {name:<{NAME_COLUMNS}} {command_named(name).short_desc()}" for name in command_names()),
        f"  {COMPLETION:<{NAME_COLUMNS}} Print a completion script: newscrawl {COMPLETION} {'|'.join(SHELLS)}",
        "",
        "  newscrawl COMMAND --help shows the options of a command; newscrawl --version the version.",
    ]
    return "\n".join(lines)


def _print_completion(words: list[str]) -> int:
    if len(words) != 1 or words[0] not in SHELLS:
        print(f"newscrawl {COMPLETION}: name one shell: {', '.join(SHELLS)}", file=sys.stderr)
        return ExitStatus.USAGE
    from newscrawl.sites import all_sites

    sites = tuple(site.name for site in all_sites())
    commands = [_words_of(name, sites) for name in command_names()]
    commands.append(CommandWords(COMPLETION, "Print a completion script", (), SHELLS))
    print(completion_script(words[0], commands))
    return ExitStatus.FINE


def _words_of(name: str, sites: tuple[str, ...]) -> CommandWords:
    command = command_named(name)
    parser = parser_of(name, command, get_project_settings())
    options = {
        option: action.help or ""
        for action in parser._actions
        for option in action.option_strings
        if option[:2] == "--"
    }
    return CommandWords(
        name, command.short_desc(), tuple(options.items()), sites if "SITE" in _names_of(command) else ()
    )


def _names_of(command: ScrapyCommand) -> str:
    return f"{command.syntax()} {'SITE' if type(command).__module__ == 'newscrawl.commands.crawl' else ''}"


if __name__ == "__main__":
    main()
