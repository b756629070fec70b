"""`aboveboard init`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from . import options

KINDS = ("chat-assistant", "api", "app-telemetry")
FORGES = ("github", "gitlab")


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--kind", type=click.Choice(KINDS), help="What kind of service it is, if no pipeline is found."
)
@click.option("--service", metavar="NAME", help="What the service is called.")
@click.option("--company", metavar="NAME", help="Who is responsible for it.")
@click.option("--contact", metavar="ADDRESS", help="Where people reach them.")
@click.option("--ci", type=click.Choice(FORGES), help="Also write a job that checks each change.")
@click.option("--dialect", metavar="NAME", help="The dialect of SQL files that are found.")
@click.option("--yes", is_flag=True, help="Ask nothing: take defaults for what is not said.")
@options.as_of
@options.checkout
@options.loudness
def command(folder: Path, as_of: date, dialect: str | None, **asked: Any) -> int:
    """Start a small project that builds, in DIR (default: here).

    Asks what it cannot know. Writes over nothing: if a file is in the way, it names it and stops.
    What it proposes stands in policy_data/to-confirm.yml until you confirm it.
    """
    from ..commands.init import init
    from ..commands.start.ask import Asked

    return init(folder, as_of, Asked(**asked), dialect)
