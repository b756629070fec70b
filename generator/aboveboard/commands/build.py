"""`build`: makes the public site, unless the words and the pipeline part ways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from ..project import Project
    from ..reporters.model import Report
    from ..site.build import Tree
    from ..site.worker import Engine
    from .reports import Wanted


_AS = "the site is as it was before"


class Telling(NamedTuple):
    """How findings are told: in colour, and in which files, each as FORMAT=FILE."""

    colour: bool = False
    reports: Sequence[str] = ()


PLAIN = Telling()


def build(
    folder: Path,
    *,
    as_of: date,
    draft: bool = False,
    output: Path | None = None,
    compress: bool = False,
    telling: Telling = PLAIN,
) -> int:
    """Builds the site into `output`; the exit status, 1 if an error stopped it.

    A draft is built despite errors, as long as all files can be read. `compress` puts a compressed
    copy beside each text.
    """
    from ..site import worker

    out = (output or folder / "site").absolute()
    with worker.started() as engine:  # before anything else is imported: it needs a while
        return _build(Site(folder, out, draft, compress, telling), engine, as_of)


class Site(NamedTuple):
    """What is built, and where, and how findings are told."""

    folder: Path
    out: Path
    draft: bool
    compress: bool
    telling: Telling


def _build(wanted: Site, engine: Engine, as_of: date) -> int:
    from . import voice
    from .common import CLEAN, FINDINGS, CannotRun, project_at, report_of
    from .reports import Wanted

    files = Wanted(wanted.telling.reports)
    project, out, draft = project_at(wanted.folder, as_of), wanted.out, wanted.draft
    if out.exists() and not out.is_dir():
        raise CannotRun(f"'{out}' is not a folder")
    files.spare(project, out)
    colour, needs = wanted.telling.colour, files.needs("text")
    report = report_of(project, colour=colour, needs=needs, prose=True)
    errors = report.count("error")
    if errors and not (draft and project.loaded):
        _tell(report, files)
        voice.remark(_stopped(draft))
        return FINDINGS
    tree = _made(project, wanted, engine, errors)
    if tree.findings:
        report.findings[:] = tree.findings
        _tell(report, files)
        voice.remark(f"{_AS.capitalize()}.")
        return FINDINGS
    _tell(report, files)
    if tree.unreleased:
        voice.remark(f"warning: {tree.unreleased}")
    voice.tell(f"{'Draft' if draft else 'Site'} of {len(tree.pages)} pages: {out}")
    return CLEAN


def _tell(report: Report, files: Wanted) -> None:
    from ..reporters import REPORTERS

    if report.findings:
        click.echo(REPORTERS["text"](report), nl=False, err=True)
    files.write(report)


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
