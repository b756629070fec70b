"""`check`: holds the policy against the pipeline. Reads only; writes nothing but its report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..findings import Finding, in_order
from ..project import Project
from ..reporters import REPORTERS
from ..reporters.model import Report
from .common import CLEAN, FINDINGS, project_at, report_of


def check(
    folder: Path,
    as_of: date,
    form: str,
    *,
    colour: bool,
    prose: bool = False,
    base: str | None = None,
) -> tuple[str, int]:
    """The report, and the exit status: 1 if any finding is an error."""
    project = project_at(folder, as_of)
    report = report_of(project, colour=colour, in_full=form == "json", prose=prose)
    report = since(base, project, report)
    return REPORTERS[form](report), FINDINGS if report.count("error") else CLEAN


def since(base: str | None, project: Project, report: Report) -> Report:
    """The report, with what only a comparison with an earlier state of the project finds."""
    if base is None:
        return report
    return report._replace(findings=in_order([*report.findings, *_since(base, project)]))


def _since(base: str, project: Project) -> list[Finding]:
    """What is found by comparing a project with an earlier state of it."""
    from ..checks import run_since
    from ..review.releases import kept
    from ..review.since import Since
    from .states import state

    with state(project.root, base, project.as_of) as (told, before):
        separator = "/" if (Path(base) / "policy_data").is_dir() else ":"
        lost = kept.findings(project.root, told.releases, told.name)
        return [*run_since(Since(before, project, told.name, separator)), *lost]
