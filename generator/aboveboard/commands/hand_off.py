"""`hand-off`: check and diff of a pull or merge request, as one comment that is kept current."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from ..reporters import REPORTERS
from ..reporters import hand_off as comment
from ..reporters.diff import REPORTERS as DIFF_REPORTERS
from ..reporters.hand_off import Handed
from ..reporters.model import Report
from ..review.difference import Difference, State, difference
from ..values import digest
from .check import since
from .common import CLEAN, COULD_NOT_RUN, FINDINGS, CannotRun, git_root, project_at, report_of
from .forges import FORGES
from .forges.http import Busy, Denied, patiently
from .forges.model import Forge, Outcome
from .revisions import NoPolicy, fork_point
from .states import state

_NO_RIGHT = (403, 404)  # who may not write is told so, or that there is nothing


def hand_off(folder: Path, as_of: date, where: str, *, base: str | None, dry: bool) -> int:
    """The exit status of the check; 2 also if the forge could not be reached.

    Without a base, what the request starts from. A dry run prints the comment and sends nothing.
    """
    forge = FORGES[where](os.environ)
    request = forge.request
    marker = f"<!-- aboveboard hand-off {digest(git_root(folder).encode())[:12]} -->"
    try:
        report, found = _compared(folder, as_of, forge, base)
    except CannotRun as error:
        if not dry:
            body = comment.failed(marker, str(error), request.head, request.page)
            _deliver(forge, marker, body, "error", str(error))
        raise
    command = f"aboveboard diff {base or request.base[:12]}"
    handed = Handed(report, found, marker, request.head, request.page, command)
    body = comment.render(handed, forge.LIMIT)
    if dry:
        click.echo(body, nl=False)
        return _status(report)
    with _only_words(where):
        click.echo(REPORTERS["text"](report))
        click.echo(DIFF_REPORTERS["text"](found, False) if found else "There was no policy before.")
    words = comment.summary(report, found)
    told = _deliver(forge, marker, body, "failure" if _status(report) else "success", words)
    return _status(report) if told else COULD_NOT_RUN


def _status(report: Report) -> int:
    return FINDINGS if report.count("error") else CLEAN


def _compared(
    folder: Path, as_of: date, forge: Forge, base: str | None
) -> tuple[Report, Difference | None]:
    """The check, and what differs since the request began; no difference if nothing was before."""
    project = project_at(folder, as_of)
    report = report_of(project)
    try:
        start = base or fork_point(folder, forge.request.base)
    except CannotRun as error:
        raise CannotRun(f"{error}: {forge.HISTORY}") from None
    try:
        report = since(start, project, report)
        with state(folder, start, as_of) as (first, before):
            here = State("the files here", None, [])
            return report, difference(before, project, (first, here))
    except NoPolicy:
        return report, None


# -- what goes out -----------------------------------------------------------------------------


def _deliver(forge: Forge, marker: str, body: str, outcome: Outcome, words: str) -> bool:
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


@contextmanager
def _only_words(where: str) -> Iterator[None]:
    """GitHub takes lines of a log for commands; not while this holds."""
    token = secrets.token_hex(16)
    if where == "github":
        click.echo(f"::stop-commands::{token}")
    yield
    if where == "github":
        click.echo(f"::{token}::")
