"""`aboveboard release`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..commands import voice
from . import options, terminal


@click.command()
@options.project
@click.option("--note", default="", help="A sentence about it for readers: the change log has it.")
@click.option("--version", metavar="NAME", help="Its name (default: the policy's own version).")
def command(folder: Path, as_of: date, note: str, version: str | None) -> int:
    """Freeze what is said in a file that is never changed again.

    The file also has what it rests on. Refuses while the check finds errors. Does
    nothing if all is said as in the last release.
    """
    from ..commands.release import release

    colour = terminal.colour_of_errors()  # of what stands in the way
    text, status = release(folder, as_of, note=note, version=version, colour=colour)
    if status or not voice.is_quiet():
        click.echo(text, nl=False, err=status != 0)
    return status
