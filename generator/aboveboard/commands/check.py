"""`check`: holds the policy against the pipeline. Reads only; writes nothing but its report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..checks import BASE_CHECKS
from ..findings import Finding, in_order
from ..project import Project
from ..reporters import REPORTERS
from ..reporters.model import Report
from .common import CLEAN, FINDINGS, project_at, report_of
from .reports import Wanted


class Read(NamedTuple):
    """What is read beside policy and pipeline: the answers, and an earlier state."""

    prose: bool = False
    base: str | None = None


PLAIN = Read()


def check(
    folder: Path,
    as_of: date,
    form: str,
    *,
    colour: bool,
    reports: Sequence[str] = (),
    read: Read = PLAIN,
) -> tuple[str, int]:
    """The report, and the exit status: 1 if any finding is an error.

    `reports` are files to write others to, each as FORMAT=FILE.
    """
    files = Wanted(reports)
    project = project_at(folder, as_of)
    files.spare(project)
    report = report_of(project, colour=colour, needs=files.needs(form), prose=read.prose)
    report = since(read.base, project, report)
    files.write(report)
    return REPORTERS[form](report), FINDINGS if report.count("error") else CLEAN


def since(base: str | None, project: Project, report: Report) -> Report:
    """The report, with what only a comparison with an earlier state of the project finds."""
    if base is None:
        return report
    asked = report.asked.union(BASE_CHECKS) if report.asked else report.asked
    found = in_order([*report.findings, *_since(base, project)])
    return report._replace(findings=found, asked=asked)


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
