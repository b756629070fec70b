"""`aboveboard review`, with `status` and `sign`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ..commands import voice
from . import options

FORMATS = ("text", "json")


@click.group()
def command() -> None:
    """Say who has signed which statements of the site, and sign them."""


@command.command("status")
@options.project
@click.argument("what", nargs=-1)
@options.formats(FORMATS)
def status_(folder: Path, as_of: date, what: tuple[str, ...], form: str) -> int:
    """List what is signed, changed since, expired and open.

    Exit status 1 if a signature that the policy asks for lacks. WHAT is an id, the start of one,
    or an answer. Writes nothing.
    """
    from ..commands.review import status

    text, code = status(folder, as_of, what, form)
    click.echo(text, nl=False)
    return code


@command.command("sign")
@options.project
@click.argument("names", metavar="[WHAT]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All that is open for the role.")
@click.option(
    "--changed-since", "since", metavar="REV", help="Only what is not as this state had it."
)
@click.option("--role", required=True, help="As whom you sign, such as legal.")
@click.option("--note", required=True, help="What you looked at, or why you agree.")
@click.option("--expires", callback=options.later, metavar="DATE", help="The last day it holds.")
@click.option("--name", default="", help="Who you are; without it the record has the role alone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def sign_(folder: Path, as_of: date, yes: bool, **asked: Any) -> int:
    """Sign statements as they are now, with their evidence.

    Says how many they are, shows them, asks, and writes one new file into policy_data/reviews/.
    WHAT is an id, the start of one, or an answer. REV is a revision, a release or a folder.
    """
    from ..commands.review import Asked, offer, sign

    made = offer(folder, as_of, Asked(**asked))
    if not (yes and voice.is_quiet()):
        click.echo(made.text, nl=False)
    if not yes and not click.confirm("Sign this?"):
        return 1
    voice.tell(sign(made).rstrip())
    return 0
