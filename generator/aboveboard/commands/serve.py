"""`serve`: shows the site on this machine and makes it anew whenever something changes."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from ..findings import Finding
from ..project import Project
from ..reporters import REPORTERS
from ..reporters.model import Report
from ..review.releases.release import BadRelease
from ..site.tree import Busy
from ..site.worker import Ended
from . import voice
from .common import CLEAN, CannotRun, project_at, report_of


def serve(folder: Path, *, as_of: date, port: int) -> int:
    """Serves until interrupted; errors are told, and the last good site stays."""
    from ..site.preview import Preview, Taken
    from ..site.preview import serve as run

    served = _Served(folder.absolute(), as_of)
    project_at(served.root, as_of)
    preview = Preview(served.root, served.load, served.tell, served.fail)
    voice.remark(f"Serving on http://127.0.0.1:{port}/ (stop with Ctrl+C)")
    try:
        run(preview, port)
    except Taken as taken:
        raise CannotRun(str(taken)) from None
    return CLEAN


@dataclass
class _Served:
    """A project that is read again and again, and what the terminal is told of it."""

    root: Path
    as_of: date
    report: Report | None = None

    def load(self) -> tuple[Project, list[Finding]]:
        """The project, and what is wrong with it for a build."""
        project = project_at(self.root, self.as_of)
        self.report = report_of(project, prose=True)
        return project, self.report.findings

    def tell(self, findings: list[Finding]) -> None:
        """Says what is wrong, or that the preview is fresh."""
        if findings and self.report:
            report = self.report._replace(findings=findings)
            click.echo(REPORTERS["text"](report), nl=False, err=True)
        failed = any(finding.severity == "error" for finding in findings)
        voice.remark("Serving the last good site." if failed else "Fresh.")

    def fail(self, error: Exception) -> str:
        """Tells of an error, and says it in words for the preview."""
        if isinstance(error, (CannotRun, Busy, Ended, OSError)):
            said = f"aboveboard: {error}"
        elif isinstance(error, BadRelease):
            said = f"aboveboard: {error.finding.location}: {error}"
        else:
            said = "".join(traceback.format_exception(error)).rstrip()
        click.echo(said, err=True)
        voice.remark("Serving the last good site.")
        return said
