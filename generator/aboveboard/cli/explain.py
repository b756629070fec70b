"""`aboveboard explain`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import options


@click.command()
@options.project
@click.argument("name", metavar="[CLAIM]", default="")
@click.option("--examples", "with_examples", is_flag=True, help="With a rule, show its examples.")
def command(folder: Path, as_of: date, name: str, with_examples: bool) -> int:
    """Say why a claim holds, or show the path that breaks it.

    Takes a rule's name too, and lists the rules without one.
    """
    from ..commands.explain import explain

    text, status = explain(folder, as_of, name, with_examples=with_examples)
    click.echo(text, nl=False)
    return status
