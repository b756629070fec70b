"""`serve`: shows the site on this machine and makes it anew whenever something changes."""

from __future__ import annotations

import traceback
from datetime import date
from pathlib import Path

import click

from ..findings import Finding
from ..project import Project
from ..reporters import REPORTERS
from ..review.releases.release import BadRelease
from ..site.tree import Busy
from ..site.worker import Ended
from . import voice
from .common import CLEAN, CannotRun, project_at, report_of


def serve(folder: Path, *, as_of: date, port: int) -> int:
    """Serves until interrupted; errors are told, and the last good site stays."""
    from ..site.preview import Preview
    from ..site.preview import serve as run

    root = folder.absolute()
    project_at(root, as_of)

    def load() -> tuple[Project, list[Finding]]:
        project = project_at(root, as_of)
        return project, report_of(project).findings

    preview = Preview(root, load, _tell, _fail)
    voice.remark(f"Serving on http://127.0.0.1:{port}/ (stop with Ctrl+C)")
    try:
        run(preview, port)
    except OSError as error:
        raise CannotRun(f"cannot serve on port {port}: {error.strerror}") from error
    return CLEAN


def _tell(project: Project, findings: list[Finding]) -> None:
    if any(finding.severity == "error" for finding in findings):
        report = report_of(project)
        report.findings[:] = findings
        click.echo(REPORTERS["text"](report), nl=False, err=True)
        voice.remark("Serving the last good site.")
    else:
        voice.remark("Fresh.")


def _fail(error: Exception) -> None:
    if isinstance(error, (CannotRun, Busy, Ended, OSError)):
        click.echo(f"aboveboard: {error}", err=True)
    elif isinstance(error, BadRelease):
        click.echo(f"aboveboard: {error.finding.location}: {error}", err=True)
    else:
        click.echo("".join(traceback.format_exception(error)), nl=False, err=True)
    voice.remark("Serving the last good site.")
