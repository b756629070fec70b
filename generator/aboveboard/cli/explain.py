"""`aboveboard explain`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import options


@click.command()
@options.project
@click.argument("name", metavar="[CLAIM]", default="")
def command(folder: Path, as_of: date, name: str) -> int:
    """Say why a claim holds, or show the path that breaks it.

    Takes a rule's name too, and lists the rules without one.
    """
    from ..commands.explain import explain

    text, status = explain(folder, as_of, name)
    click.echo(text, nl=False)
    return status
