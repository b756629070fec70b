"""Brings a report to a forge: its comment, its status and the summary of the run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from .http import Busy, Denied, patiently
from .model import Forge, Outcome

_NO_RIGHT = (403, 404)  # who may not write is told so, or that there is nothing


def deliver(forge: Forge, marker: str, body: str, outcome: Outcome, words: str) -> bool:
    """Keeps comment and status current, and says what could not be; whether all that may be was."""
    if forge.summary:
        _summarise(forge.summary, body)
    if not forge.has_token:
        _say(f"nothing was sent: there is no token. {_rights(forge)}")
        return True
    comment_told = _sent(forge, "the comment", lambda: _keep_current(forge, marker, body))
    status_told = _sent(forge, "the status", lambda: forge.set_status(outcome, words))
    return comment_told and status_told


def _keep_current(forge: Forge, marker: str, body: str) -> None:
    """One comment of ours: changed where there is one, added where there is none."""
    mine = [it for it in forge.comments() if it.mine and it.body.startswith(marker)]
    if not mine:
        forge.add(body)
        return
    first, *others = mine
    if first.body.split() != body.split():
        forge.change(first.id, body)
    for other in others:  # two runs at once can each have added one
        forge.remove(other.id)


def _sent(forge: Forge, what: str, send: Callable[[], None]) -> bool:
    """Sends something; whether that went well, or was not ours to do."""
    try:
        patiently(send)
    except Denied as denied:
        _say(f"{what} was not sent ({denied}). {_rights(forge)}")
        return denied.status in _NO_RIGHT
    except Busy as busy:
        _say(f"{what} was not sent, however often it was tried ({busy})")
        return False
    return True


def _rights(forge: Forge) -> str:
    if forge.request.is_fork:
        return "The changes come from a fork, whose runs may not write. The report stands here."
    return f"To have it sent: {forge.RIGHTS}."


def _say(words: str) -> None:
    click.echo(f"aboveboard: {words}", err=True)


def _summarise(file: Path, body: str) -> None:
    """Shows the report on the run's own page, which needs no right."""
    try:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(body)
    except OSError as error:
        _say(f"the summary of the run was not written ({error.strerror})")
