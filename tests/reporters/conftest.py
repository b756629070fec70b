"""One report of each example project, with all that any reporter shows."""

from __future__ import annotations

import pytest
from tests.examples import PROJECTS, TODAY

from aboveboard.commands.common import report_of
from aboveboard.load import load_project
from aboveboard.reporters import NEEDS
from aboveboard.reporters.model import Report

ALL = frozenset().union(*NEEDS.values())
Reports = dict[str, Report]


@pytest.fixture(scope="package")
def reports() -> Reports:
    """Reports by the path of the project below `tests/projects`."""
    roots = sorted(path.parent for path in PROJECTS.rglob("policy_data") if path.is_dir())
    assert len(roots) > 300
    return {
        root.relative_to(PROJECTS).as_posix(): report_of(load_project(root, TODAY), needs=ALL)
        for root in roots
    }
