"""Records of people who refused reach the end of a use.

Why it matters: the switch is the promise that people act on. It fails by a missing filter, an
inverted one, one after the fact, or a flag that was overwritten, aggregated away or joined on the
wrong key.

How to fix it: filter on the bound flag before the data arrives, on every path; look the flag up
at run time if a refusal is to stop stored data; say what a missing value does.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .base import failing

SLUG = "opt-out-ignored"
SEVERITY: Severity = "error"
HINT = "filter on the bound flag, the right way round, on every path"


def check(project: Project) -> Iterator[Finding]:
    """The claims of kind `opt-out-honoured` that do not hold."""
    return failing(project, "opt-out-honoured", HINT)
