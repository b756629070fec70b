"""`hand-off`: check and diff of a pull or merge request, as one comment that is kept current."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
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
from .files import replace
from .forges import FORGES
from .forges.deliver import deliver
from .forges.model import Forge
from .revisions import NoPolicy, fork_point
from .states import state


def hand_off(
    folder: Path, as_of: date, where: str, *, base: str | None, redline: Path | None, dry: bool
) -> int:
    """The exit status of the check; 2 also if the forge could not be reached.

    Without a base, what the request starts from. `redline` is a file to write one to. A dry run
    prints the comment and sends nothing.
    """
    forge = FORGES[where](os.environ)
    request = forge.request
    marker = f"<!-- aboveboard hand-off {digest(git_root(folder).encode())[:12]} -->"
    try:
        report, found = _compared(folder, as_of, forge, base, answers=redline is not None)
    except CannotRun as error:
        if not dry:
            body = comment.failed(marker, str(error), request.head, request.page)
            deliver(forge, marker, body, "error", str(error))
        raise
    if redline and found:
        replace(redline, DIFF_REPORTERS["html"](found, False).encode())
    command = f"aboveboard diff {base or request.base[:12]}"
    handed = Handed(report, found, marker, request.head, request.page, command, bool(redline))
    body = comment.render(handed, forge.LIMIT)
    if dry:
        click.echo(body, nl=False)
        return _status(report)
    with _only_words(where):
        click.echo(REPORTERS["text"](report))
        click.echo(DIFF_REPORTERS["text"](found, False) if found else "There was no policy before.")
    words = comment.summary(report, found)
    told = deliver(forge, marker, body, "failure" if _status(report) else "success", words)
    return _status(report) if told else COULD_NOT_RUN


def _status(report: Report) -> int:
    return FINDINGS if report.count("error") else CLEAN


def _compared(
    folder: Path, as_of: date, forge: Forge, base: str | None, *, answers: bool
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
            return report, difference(before, project, (first, here), answers=answers)
    except NoPolicy:
        return report, None


@contextmanager
def _only_words(where: str) -> Iterator[None]:
    """GitHub takes lines of a log for commands; not while this holds."""
    token = secrets.token_hex(16)
    if where == "github":
        click.echo(f"::stop-commands::{token}")
    yield
    if where == "github":
        click.echo(f"::{token}::")
