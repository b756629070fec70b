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
def command(folder: Path, as_of: date, draft: bool, output: Path | None, compress: bool) -> int:
    """Make the public site; stops while there are errors."""
    from ..commands.build import build
    from . import progress

    asked: dict[str, Any] = {"draft": draft, "output": output, "compress": compress}
    with progress.shown():
        return build(folder, as_of=as_of, colour=terminal.colour_of_errors(), **asked)
