"""`aboveboard check`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import options, terminal

FORMATS = ("text", "json")


@click.command()
@options.project
@options.formats(FORMATS)
@click.option("--prose", is_flag=True, help="Also say which answers are hard to read.")
@click.option("--base", metavar="REV", help="Tell too what a comparison with this state finds.")
def command(folder: Path, as_of: date, form: str, prose: bool, base: str | None) -> int:
    """Hold the policy against the pipeline; exit 1 if they part.

    Writes nothing.
    """
    from ..commands.check import check

    colour = form == "text" and terminal.colour()
    text, status = check(folder, as_of, form, colour=colour, prose=prose, base=base)
    click.echo(text, nl=False)
    return status
