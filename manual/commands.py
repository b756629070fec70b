"""The page of commands: what `--help` of each prints."""

from __future__ import annotations

from collections.abc import Iterator

import click

from aboveboard.cli import main

PATH = "reference/commands.md"
_WIDTH = 94


def pages() -> dict[str, str]:
    """The one page, by its path."""
    parts = [
        "---\ntitle: Commands\n---",
        "# Commands",
        "This is what `--help` prints of each command. Exit status: 0 is clean, 1 is findings of "
        "severity error, 2 is that the command could not run. A bug is a traceback.",
    ]
    for name, command, context in _commands(main, "aboveboard", None):
        level = "##" if len(name.split()) <= 2 else "###"
        parts += [f"{level} {name}", f"```text\n{command.get_help(context).rstrip()}\n```"]
    return {PATH: "\n\n".join(parts) + "\n"}


def _commands(
    command: click.Command, name: str, parent: click.Context | None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """A command and those below it, in their order, each with the context that its help needs."""
    context = click.Context(
        command,
        info_name=name if parent is None else name.rsplit(maxsplit=1)[-1],
        parent=parent,
        terminal_width=_WIDTH,
        **command.context_settings,  # click keeps what `--help` is called, for whoever comes next
    )
    yield name, command, context
    if isinstance(command, click.Group):
        for word, below in command.commands.items():
            if not below.hidden:
                yield from _commands(below, f"{name} {word}", context)
