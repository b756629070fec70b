"""`aboveboard serve`."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import click

from . import options


@click.command()
@options.project
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(folder: Path, as_of: date, port: int) -> int:
    """Show the site here, made anew whenever a file changes."""
    from ..commands.serve import serve

    gc.enable()  # it runs for long
    return serve(folder, as_of=as_of, port=port)
