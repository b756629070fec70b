"""How much a run says.

With `--quiet` nothing but errors and what was asked for, with `--verbose` also what was read and
how long it took.
"""

from __future__ import annotations

import click

QUIET, VERBOSE = "quiet", "verbose"
KEY = "aboveboard.voice"


def is_quiet() -> bool:
    """Whether nothing but errors is to be told."""
    return _voice() == QUIET


def is_verbose() -> bool:
    """Whether everything is to be told."""
    return _voice() == VERBOSE


def tell(text: str) -> None:
    """A line about what was done, unless all is to be quiet."""
    if not is_quiet():
        click.echo(text)


def remark(text: str) -> None:
    """A line for people beside what is printed for others, unless all is to be quiet."""
    if not is_quiet():
        click.echo(text, err=True)


def detail(text: str) -> None:
    """A line that only a verbose run tells."""
    if is_verbose():
        click.echo(f"aboveboard: {text}", err=True)


def _voice() -> str:
    context = click.get_current_context(silent=True)
    return str(context.meta.get(KEY, "")) if context else ""
