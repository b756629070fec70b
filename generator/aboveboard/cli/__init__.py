"""Arguments and exit status: one module per command; the only package that exits.

A command is imported when it is called, and what it runs when it runs, so that `--help` and `check`
load what they need and no more.
"""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import Any

import click

from . import version
from .program import Program

COMMANDS = {
    "init": "init",
    "import": "import_",
    "check": "check",
    "links": "links",
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


@click.group(
    cls=Program,
    commands=_Commands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=version.show,
    help="Show the versions that matter in a bug report, and exit.",
)
def main() -> None:
    """Publish what an AI service does with people's data, and hold every sentence against the
    configuration of the pipeline that does it."""
