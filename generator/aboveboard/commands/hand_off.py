"""`hand-off`: check and diff of a pull or merge request, as one comment that is kept current."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from ..project import Project
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
from .reports import Wanted
from .revisions import NoPolicy, fork_point
from .states import state


class Asked(NamedTuple):
    """Without a base, what the request starts from. `redline` is a file to write one to, `reports`
    are files for reports of the check, each as FORMAT=FILE. A dry run prints the comment and sends
    nothing."""

    base: str | None = None
    redline: Path | None = None
    dry: bool = False
    reports: Sequence[str] = ()


def hand_off(folder: Path, as_of: date, where: str, asked: Asked) -> int:
    """The exit status of the check; 2 also if the forge could not be reached."""
    files = Wanted(asked.reports)
    forge = FORGES[where](os.environ)
    request = forge.request
    marker = f"<!-- aboveboard hand-off {digest(git_root(folder).encode())[:12]} -->"
    try:
        project = project_at(folder, as_of)
        files.spare(project)
        report, found = _compared(project, forge, asked, files)
    except CannotRun as error:
        if not asked.dry:
            body = comment.failed(marker, str(error), request.head, request.page)
            deliver(forge, marker, body, "error", str(error))
        raise
    files.write(report)
    if asked.redline and found:
        replace(asked.redline, DIFF_REPORTERS["html"](found, False).encode())
    command = f"aboveboard diff {asked.base or request.base[:12]}"
    kept = bool(asked.redline)
    handed = Handed(report, found, marker, request.head, request.page, command, kept)
    body = comment.render(handed, forge.LIMIT)
    if asked.dry:
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
    project: Project, forge: Forge, asked: Asked, files: Wanted
) -> tuple[Report, Difference | None]:
    """The check, and what differs since the request began; no difference if nothing was before."""
    report = report_of(project, needs=files.needs("text"))
    try:
        start = asked.base or fork_point(project.root, forge.request.base)
    except CannotRun as error:
        raise CannotRun(f"{error}: {forge.HISTORY}") from None
    try:
        report = since(start, project, report)
        with state(project.root, start, project.as_of) as (first, before):
            here = State("the files here", None, [])
            answers = asked.redline is not None
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
