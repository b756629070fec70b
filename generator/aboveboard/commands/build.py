"""`build`: makes the public site, unless the words and the pipeline part ways."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from ..project import Project
    from ..site.build import Tree
    from ..site.worker import Engine


_AS = "the site is as it was before"


def build(
    folder: Path,
    *,
    as_of: date,
    draft: bool = False,
    output: Path | None = None,
    compress: bool = False,
    colour: bool = False,
) -> int:
    """Builds the site into `output`; the exit status, 1 if an error stopped it.

    A draft is built despite errors, as long as all files can be read. `compress` puts a compressed
    copy beside each text; `colour` is for a report on a terminal.
    """
    from ..site import worker

    out = (output or folder / "site").absolute()
    with worker.started() as engine:  # before anything else is imported: it needs a while
        return _build(Site(folder, out, draft, compress, colour), engine, as_of)


class Site(NamedTuple):
    """What is built, and where; `colour` is that of the report."""

    folder: Path
    out: Path
    draft: bool
    compress: bool
    colour: bool


def _build(wanted: Site, engine: Engine, as_of: date) -> int:
    from ..reporters import REPORTERS
    from . import voice
    from .common import CLEAN, FINDINGS, CannotRun, project_at, report_of

    project, out, draft = project_at(wanted.folder, as_of), wanted.out, wanted.draft
    if out.exists() and not out.is_dir():
        raise CannotRun(f"'{out}' is not a folder")
    report = report_of(project, colour=wanted.colour, prose=True)
    errors = report.count("error")
    if errors and not (draft and project.loaded):
        click.echo(REPORTERS["text"](report), nl=False, err=True)
        voice.remark(_stopped(draft))
        return FINDINGS
    tree = _made(project, wanted, engine, errors)
    if tree.findings:
        report.findings[:] = tree.findings
        click.echo(REPORTERS["text"](report), nl=False, err=True)
        voice.remark(f"{_AS.capitalize()}.")
        return FINDINGS
    if report.findings:
        click.echo(REPORTERS["text"](report), nl=False, err=True)
    if tree.unreleased:
        voice.remark(f"warning: {tree.unreleased}")
    voice.tell(f"{'Draft' if draft else 'Site'} of {len(tree.pages)} pages: {out}")
    return CLEAN


def _made(project: Project, wanted: Site, engine: Engine, errors: int) -> Tree:
    """The site in its folder; CannotRun if a release that it tells of cannot be read, if another
    build holds the folder, or if the engine ended."""
    from ..review.releases.release import BadRelease
    from ..site import build as site
    from ..site.tree import Busy
    from ..site.worker import Ended
    from .common import CannotRun

    options = {"draft": wanted.draft, "compress": wanted.compress}
    try:
        return site.build(project, wanted.out, engine, errors=errors, **options)
    except BadRelease as bad:
        raise CannotRun(f"{bad.finding.location}: {bad.finding.message}") from None
    except (Busy, Ended) as why:
        raise CannotRun(f"{why}; {_AS}") from None


def _stopped(draft: bool) -> str:
    if draft:
        return f"A draft needs files that can be read; {_AS}."
    return "Nothing was built. `--draft` builds a site that says so on every page."
