"""Arguments and exit status; the only module that exits.

Commands are imported when they run, so that `--help` and `check` load what they need and no more.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from . import __version__

FORMATS = ("text", "json")
DIFF_FORMATS = ("text", "json", "markdown", "html")
GRAPH_FORMATS = ("text", "json", "svg")
FORGES = ("github", "gitlab")
SCHEMAS = ("policy", "pipeline", "graph", "release", "site")


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> date:
    if value is None:
        from .commands.common import today

        return today()
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:  # Python reads 20261201 as well
        raise click.BadParameter(f"'{value}' is not a date such as 2026-12-01")
    return found


def _checkouts(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
    from .commands.checkouts import VARIABLE, remember

    if value or VARIABLE in os.environ:
        remember(context, option, value)


def _later(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    return _date(context, option, value) if value is not None else None


def _project(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command takes, and CannotRun as exit status 2."""

    @click.option(
        "--project",
        "folder",
        default=".",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The project's folder (default: here).",
    )
    @click.option(
        "--as-of", callback=_date, metavar="DATE", help="The date to compare at (default: today)."
    )
    @click.option(
        "--checkout",
        multiple=True,
        metavar="NAME=DIR",
        callback=_checkouts,
        expose_value=False,
        help="The folder of another repository that the bindings name; may be repeated.",
    )
    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from .commands.common import CannotRun

        try:
            sys.exit(command(*args, **kwargs))
        except CannotRun as error:
            click.echo(f"aboveboard: {error}", err=True)
            sys.exit(2)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="aboveboard")
def main() -> None:
    """Publish what an AI service does with people's data, and hold every sentence against the
    configuration of the pipeline that does it."""


@main.command()
@_project
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--prose", is_flag=True, help="Also say which answers are hard to read.")
@click.option("--base", metavar="REV", help="Tell too what a comparison with this state finds.")
def check(folder: Path, as_of: date, form: str, prose: bool, base: str | None) -> int:
    """Hold the policy against the pipeline; exit 1 if they part. Writes nothing."""
    from .commands.check import check as run

    colour = form == "text" and _on_terminal()
    text, status = run(folder, as_of, form, colour=colour, prose=prose, base=base)
    click.echo(text, nl=False)
    return status


@main.command()
@_project
@click.option("--draft", is_flag=True, help="Build despite errors, every page marked as a draft.")
@click.option("--output", metavar="DIR", type=click.Path(path_type=Path), help="Default: site/")
@click.option("--compress", is_flag=True, help="Put a .gz and a .br copy beside each text.")
def build(folder: Path, as_of: date, draft: bool, output: Path | None, compress: bool) -> int:
    """Make the public site; stops while there are errors."""
    from .commands.build import build as run

    return run(folder, as_of=as_of, draft=draft, output=output, compress=compress)


@main.command()
@_project
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(folder: Path, as_of: date, port: int) -> int:
    """Show the site here, made anew whenever YAML, pipeline files or pages change."""
    from .commands.serve import serve as run

    gc.enable()
    return run(folder, as_of=as_of, port=port)


@main.command()
@_project
@click.argument("name", metavar="[CLAIM]", default="")
def explain(folder: Path, as_of: date, name: str) -> int:
    """Say why a claim holds, or show the path that breaks it. Takes a rule's name too, and lists
    the rules without one."""
    from .commands.explain import explain as run

    text, status = run(folder, as_of, name)
    click.echo(text, nl=False)
    return status


@main.command()
@_project
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format", "form", type=click.Choice(DIFF_FORMATS), default="text", show_default=True
)
def diff(folder: Path, as_of: date, base: str, head: str | None, form: str) -> int:
    """Say what differs between two states, and what it means for people.

    BASE and HEAD are releases, git revisions or folders; without HEAD, the files as they are here.
    `release:VERSION` is a release only, `release:latest` the newest one.
    """
    from .commands.diff import diff as run

    text, status = run(folder, as_of, base, head, form, colour=form == "text" and _on_terminal())
    click.echo(text, nl=False)
    return status


@main.command("hand-off")
@_project
@click.argument("where", type=click.Choice(FORGES))
@click.option("--base", metavar="REV", help="Compare with this (default: where the request began).")
@click.option(
    "--redline", metavar="FILE", type=click.Path(path_type=Path), help="Write the redline here too."
)
@click.option("--dry-run", "dry", is_flag=True, help="Print the comment, and send nothing.")
def hand_off(
    folder: Path, as_of: date, where: str, base: str | None, redline: Path | None, dry: bool
) -> int:
    """Check a pull or merge request in CI, and keep one comment and its status current.

    Exit status as of `check`; 2 also if the report could not be delivered.
    """
    from .commands.hand_off import hand_off as run

    return run(folder, as_of, where, base=base, redline=redline, dry=dry)


@main.command()
@_project
@click.option("--data", metavar="NAME", help="Only where data of this category can get to.")
@click.option("--use", metavar="NAME", help="Only what can get to the places of this use.")
@click.option("--claim", metavar="NAME", help="Only what this claim is about.")
@click.option("--to", metavar="NAME", help="Only what can get to this dataset or step.")
@click.option(
    "--format", "form", type=click.Choice(GRAPH_FORMATS), default="text", show_default=True
)
def graph(folder: Path, as_of: date, form: str, **part: str | None) -> int:
    """Show what was read of the pipeline: datasets, fields and steps, each with its line, and what
    is opaque or unknown. Several options narrow to what all of them show."""
    from .commands.graph import Part
    from .commands.graph import graph as run

    text, status = run(folder, as_of, form, Part(**part))
    click.echo(text, nl=False)
    return status


@main.command()
@_project
@click.option("--note", default="", help="A sentence about it for readers: the change log has it.")
@click.option("--version", metavar="NAME", help="Its name (default: the policy's own version).")
def release(folder: Path, as_of: date, note: str, version: str | None) -> int:
    """Freeze what is said, and on what it rests, in a file that is never changed again.

    Refuses while the check finds errors. Does nothing if all is said as in the last release.
    """
    from .commands.release import release as run

    text, status = run(folder, as_of, note=note, version=version, colour=_on_terminal())
    click.echo(text, nl=False, err=status != 0)
    return status


@main.group()
def review() -> None:
    """Say who has signed which statements of the site, and sign them."""


@review.command("status")
@_project
@click.argument("what", nargs=-1)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def review_status(folder: Path, as_of: date, what: tuple[str, ...], form: str) -> int:
    """List what is signed, changed since, expired and never signed; exit 1 if a signature that the
    policy asks for lacks. WHAT is an id, the start of one, or an answer. Writes nothing."""
    from .commands.review import status as run

    text, status = run(folder, as_of, what, form)
    click.echo(text, nl=False)
    return status


@review.command("sign")
@_project
@click.argument("names", metavar="[WHAT]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All that is open for the role.")
@click.option("--role", required=True, help="As whom you sign, such as legal.")
@click.option("--note", required=True, help="What you looked at, or why you agree.")
@click.option("--expires", callback=_later, metavar="DATE", help="The last day it holds.")
@click.option("--name", default="", help="Who you are; without it the record has the role alone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def review_sign(folder: Path, as_of: date, yes: bool, **asked: Any) -> int:
    """Sign statements as they are now, with the evidence under them. Shows them, asks, and writes
    one new file into policy_data/reviews/."""
    from .commands.review import Asked, offer, sign

    made = offer(folder, as_of, Asked(**asked))
    click.echo(made.text, nl=False)
    if not yes and not click.confirm("Sign this?"):
        return 1
    click.echo(sign(made), nl=False)
    return 0


@main.command()
@click.argument("name", type=click.Choice(SCHEMAS))
def schema(name: str) -> None:
    """Print the JSON Schema of policy files, of native pipeline files, of what `graph` prints, or
    of releases, for an editor or a tool of your own."""
    from .commands.schema import schema as run

    click.echo(run(name), nl=False)


def _on_terminal() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
