"""Arguments and exit status: one module per command; the only package that exits.

A command is imported when it is called, and what it runs when it runs, so that `--help` and `check`
load what they need and no more.
"""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import Any

import click

from .. import __version__

COMMANDS = {
    "init": "init",
    "check": "check",
    "build": "build",
    "serve": "serve",
    "explain": "explain",
    "diff": "diff",
    "hand-off": "hand_off",
    "graph": "graph",
    "release": "release",
    "review": "review",
    "schema": "schema",
}


class _Commands(UserDict[str, Any]):
    """Commands by name, made of the modules that hold them."""

    def __getitem__(self, name: str) -> click.Command:
        command: click.Command = import_module(f".{self.data[name]}", __name__).command
        return command


class Program(click.Group):
    """A group whose commands give back their exit status, or raise CannotRun."""

    def invoke(self, ctx: click.Context) -> None:
        """Runs the command that was asked for, and exits."""
        from ..commands.status import COULD_NOT_RUN, CannotRun

        try:
            status = super().invoke(ctx)
        except CannotRun as error:
            click.echo(f"aboveboard: {error}", err=True)
            status = COULD_NOT_RUN
        ctx.exit(status or 0)


@click.group(
    cls=Program,
    commands=_Commands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="aboveboard")
def main() -> None:
    """Publish what an AI service does with people's data, and hold every sentence against the
    configuration of the pipeline that does it."""
