"""`aboveboard import`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import options


@click.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--output",
    metavar="DIR",
    default=".",
    type=click.Path(path_type=Path),
    help="The folder of the new project (default: here).",
)
@click.option("--service", metavar="NAME", help="What the service is called.")
@click.option("--company", metavar="NAME", help="Who is responsible for it.")
@click.option("--contact", metavar="ADDRESS", help="Where people reach them.")
@options.as_of
@options.loudness
def command(files: tuple[Path, ...], output: Path, as_of: date, **said: str | None) -> int:
    """Make a policy of Fides or TILT documents.

    Lists all that it does not take, with its place. Writes over nothing, and nothing at all if a
    file cannot be read.
    """
    from ..commands.import_ import import_

    return import_(files, output, as_of, said)
