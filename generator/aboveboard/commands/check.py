"""`check`: holds the policy against the pipeline. Reads only; writes nothing but its report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..reporters import REPORTERS
from .common import CLEAN, FINDINGS, project_at, report_of


def check(
    folder: Path, as_of: date, form: str, *, colour: bool, prose: bool = False
) -> tuple[str, int]:
    """The report, and the exit status: 1 if any finding is an error; `prose` also reads the
    answers that readers get."""
    project = project_at(folder, as_of)
    report = report_of(project, colour=colour, in_full=form == "json", prose=prose)
    return REPORTERS[form](report), FINDINGS if report.count("error") else CLEAN
