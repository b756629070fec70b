"""Options that commands share, and what is made of their values."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from ..commands import voice
from ..phases import heard

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def project(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads a project: its folder, a date, other checkouts."""
    for option in reversed((_FOLDER, as_of, checkout)):
        command = option(command)
    return loudness(command)


def loudness(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command: how much it says."""
    return _QUIET(_VERBOSE(command))


def formats(known: Sequence[str]) -> Decorator:
    """`--format`, in the parameter `form`; the first is what people read."""
    kinds = click.Choice(known)
    return click.option("--format", "form", type=kinds, default=known[0], show_default=True)


def reports(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--report FORMAT=FILE`, which may be repeated."""
    said = "Write a report of this format there too: json, sarif, junit, github, markdown, text."
    return click.option("--report", "reports", multiple=True, metavar="FORMAT=FILE", help=said)(
        command
    )


def later(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """A date that is given or is not."""
    return _date(context, option, value) if value is not None else None


def _date(_context: click.Context, _option: click.Parameter, value: str | None) -> date:
    if value is None:
        from ..commands.common import today

        return today()
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:  # Python reads 20261201 as well
        raise click.BadParameter(f"'{value}' is not a date such as 2026-12-01")
    return found


def seconds(_context: click.Context, _option: click.Parameter, value: str) -> float:
    """A duration, in seconds."""
    from ..values import Duration

    try:
        return float(Duration.parse(value).longest)
    except ValueError as error:
        raise click.BadParameter(f"{error}") from None


def _checkouts(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
    from ..commands.checkouts import VARIABLE, remember

    if value or VARIABLE in os.environ:
        remember(context, option, value)


def _voice(context: click.Context, option: click.Parameter, value: bool) -> None:
    if not value:
        return
    if context.meta.setdefault(voice.KEY, option.name) != option.name:
        raise click.UsageError("say --quiet or --verbose, not both")
    if option.name == voice.VERBOSE:
        from . import progress

        context.with_resource(heard(progress.timed))


_FOLDER = click.option(
    "--project",
    "folder",
    default=".",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The project's folder (default: here).",
)
as_of = click.option(
    "--as-of", callback=_date, metavar="DATE", help="The date to compare at (default: today)."
)
checkout = click.option(
    "--checkout",
    multiple=True,
    metavar="NAME=DIR",
    callback=_checkouts,
    expose_value=False,
    help="The folder of another repository that the bindings name; may be repeated.",
)
_QUIET = click.option(
    "-q",
    f"--{voice.QUIET}",
    is_flag=True,
    callback=_voice,
    expose_value=False,
    help="Say nothing but errors and what was asked for.",
)
_VERBOSE = click.option(
    "-v",
    f"--{voice.VERBOSE}",
    is_flag=True,
    callback=_voice,
    expose_value=False,
    help="Say also what was read, and how long it took.",
)
