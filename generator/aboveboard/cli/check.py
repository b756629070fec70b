"""`aboveboard check`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import options, terminal

FORMATS = ("text", "json", "sarif", "junit", "github", "markdown")


@click.command()
@options.project
@options.formats(FORMATS)
@click.option("--prose", is_flag=True, help="Also say which answers are hard to read.")
@click.option("--base", metavar="REV", help="Tell too what a comparison with this state finds.")
@options.reports
def command(
    folder: Path,
    as_of: date,
    form: str,
    prose: bool,
    base: str | None,
    reports: tuple[str, ...],
) -> int:
    """Hold the policy against the pipeline; exit 1 if they part.

    Writes nothing but the reports that are asked for.
    """
    from ..commands.check import Read, check

    colour = form == "text" and terminal.colour()
    read = Read(prose, base)
    text, status = check(folder, as_of, form, colour=colour, reports=reports, read=read)
    click.echo(text, nl=False)
    return status
