"""Asks whoever starts a project; every question has an answer that `--yes` takes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import click

from ..status import CannotRun
from .kinds import KINDS
from .texts import clean

NONE = "none"


class Asked(NamedTuple):
    """What the command line says already; None: it is asked."""

    kind: str | None = None
    service: str | None = None
    company: str | None = None
    contact: str | None = None
    ci: str | None = None
    yes: bool = False


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def insist(yes: bool) -> None:
    """CannotRun if questions would wait for ever."""
    if not yes and not on_terminal():
        raise CannotRun("nobody can answer here: this is no terminal. Say --yes to take defaults")


def answered(asked: Asked, folder: Path, *, kind: bool) -> Asked:
    """The answers to all that was left open; CannotRun for one that cannot be written. `kind` says
    whether the kind of service matters."""
    chosen = asked.kind
    if kind and not chosen:
        chosen = _choice("What kind of service is it?", KINDS, asked.yes)
    service = _text("What is the service called?", asked.service, _name(folder), asked.yes)
    company = _text("Who is responsible for it?", asked.company, service, asked.yes)
    contact = _text(
        "Where do people reach them? (an address)", asked.contact, "privacy@example.com", asked.yes
    )
    return asked._replace(kind=chosen, service=service, company=company, contact=contact)


def _choice(question: str, options: Mapping[str, str], yes: bool) -> str:
    first = next(iter(options))
    if yes:
        return first
    for name, words in options.items():
        click.echo(f"  {name}: {words}")
    answer: str = click.prompt(question, type=click.Choice(list(options)), default=first)
    return answer


def _text(question: str, said: str | None, default: str, yes: bool) -> str:
    if said is None:
        said = default if yes else click.prompt(question, default=default)
    return clean(said, f"the answer to '{question}'")


def _name(folder: Path) -> str:
    """What a folder's name suggests."""
    words = folder.resolve().name.replace("-", " ").replace("_", " ").split()
    name = " ".join(word for word in words if word.isprintable())
    return name[:1].upper() + name[1:] if name else "Example"
