"""`aboveboard build`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from . import options, terminal


@click.command()
@options.project
@click.option("--draft", is_flag=True, help="Build despite errors, every page marked as a draft.")
@click.option("--output", metavar="DIR", type=click.Path(path_type=Path), help="Default: site/")
@click.option("--compress", is_flag=True, help="Put a .gz and a .br copy beside each text.")
@options.reports
def command(folder: Path, as_of: date, reports: tuple[str, ...], **asked: Any) -> int:
    """Make the public site; stops while there are errors."""
    from ..commands.build import Telling, build
    from . import progress

    telling = Telling(terminal.colour_of_errors(), reports)
    with progress.shown():
        return build(folder, as_of=as_of, telling=telling, **asked)
