"""`aboveboard diff`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import options, terminal

FORMATS = ("text", "json", "markdown", "html")


@click.command()
@options.project
@click.argument("base")
@click.argument("head", required=False)
@options.formats(FORMATS)
def command(folder: Path, as_of: date, base: str, head: str | None, form: str) -> int:
    """Say what a change between two states means for people.

    BASE and HEAD are releases, git revisions or folders; without HEAD, the files as they are here.
    `release:VERSION` is a release only, `release:latest` the newest one.
    """
    from ..commands.diff import diff

    colour = form == "text" and terminal.colour()
    text, status = diff(folder, as_of, base, head, form, colour=colour)
    click.echo(text, nl=False)
    return status
