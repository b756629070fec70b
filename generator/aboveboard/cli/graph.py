"""`aboveboard graph`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from . import options

FORMATS = ("text", "json", "svg")


@click.command()
@options.project
@click.option("--data", metavar="NAME", help="Only where data of this category can get to.")
@click.option("--use", metavar="NAME", help="Only what can get to the places of this use.")
@click.option("--claim", metavar="NAME", help="Only what this claim is about.")
@click.option("--to", metavar="NAME", help="Only what can get to this dataset or step.")
@options.formats(FORMATS)
def command(folder: Path, as_of: date, form: str, **part: str | None) -> int:
    """Show what was read of the pipeline, and what is unknown.

    Datasets, fields and steps, each with its line, and what is opaque. Several options narrow to
    what all of them show.
    """
    from ..commands.graph import Part, graph

    text, status = graph(folder, as_of, form, Part(**part))
    click.echo(text, nl=False)
    return status
