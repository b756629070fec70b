"""`aboveboard hand-off`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from . import options

FORGES = ("github", "gitlab")


@click.command()
@options.project
@click.argument("where", type=click.Choice(FORGES))
@click.option("--base", metavar="REV", help="Compare with this (default: where the request began).")
@click.option(
    "--redline", metavar="FILE", type=click.Path(path_type=Path), help="Write the redline here too."
)
@options.reports
@click.option("--dry-run", "dry", is_flag=True, help="Print the comment, and send nothing.")
def command(folder: Path, as_of: date, where: str, **asked: Any) -> int:
    """Report on a pull or merge request from CI.

    Runs the check and the comparison, and keeps one comment and one status current. Exit status
    as of `check`; 2 also if the report could not be delivered.
    """
    from ..commands.hand_off import Asked, hand_off

    return hand_off(folder, as_of, where, Asked(**asked))
