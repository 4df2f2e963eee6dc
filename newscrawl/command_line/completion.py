"""Write completion scripts for shells: commands, options and names of sites."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

SHELLS = ("bash", "zsh", "fish")


@dataclass(frozen=True, slots=True)
class CommandWords:
    """Hold what can follow one command."""

    name: str
    description: str
    options: tuple[tuple[str, str], ...]
    """Long options, each with its help text."""
    names: tuple[str, ...]
    """Names that may follow, such as those of sites. Names of files are always completed."""

    @property
    def words(self) -> str:
        """Return the options and names, separated by spaces."""
        return " ".join([*(option for option, _ in self.options), *self.names])


def completion_script(shell: str, commands: Sequence[CommandWords]) -> str:
    """Return the completion script for ``shell``, one of :data:`SHELLS`."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](commands)


def _bash(commands: Sequence[CommandWords]) -> str:
    cases = "\n".join(f"        {each.name}) words={shlex.quote(each.words)} ;;" for each in commands)
    return f"""\
# Load in ~/.bashrc:  source <(newscrawl completion bash)
_newscrawl() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} words=
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W {shlex.quote(_names(commands))} -- "$current"))
        return
    fi
    case ${{COMP_WORDS[1]}} in
{cases}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _newscrawl newscrawl"""


def _zsh(commands: Sequence[CommandWords]) -> str:
    cases = "\n".join(f"        {each.name}) compadd -- {each.words} ;;" for each in commands if each.words)
    return f"""\
#compdef newscrawl
# Load in ~/.zshrc after compinit:  source <(newscrawl completion zsh)
_newscrawl() {{
    if (( CURRENT == 2 )); then
        compadd -- {_names(commands)}
        return
    fi
    case $words[2] in
{cases}
    esac
    _files
}}
compdef _newscrawl newscrawl"""


def _fish(commands: Sequence[CommandWords]) -> str:
    lines = ["# Load:  newscrawl completion fish | source"]
    for each in commands:
        lines.append(
            f"complete -c newscrawl -n __fish_use_subcommand -f -a {each.name} -d {shlex.quote(each.description)}"
        )
        condition = f"-n '__fish_seen_subcommand_from {each.name}'"
        lines += [
            f"complete -c newscrawl {condition} -l {option[2:]} -d {shlex.quote(' '.join(text.split()))}"
            for option, text in each.options
        ]
        if each.names:
            lines.append(f"complete -c newscrawl {condition} -a {shlex.quote(' '.join(each.names))}")
    return "\n".join(lines)


def _names(commands: Sequence[CommandWords]) -> str:
    return " ".join(each.name for each in commands)
