"""The rules about questions find exactly the marked lines of their examples."""

from pathlib import Path

import pytest
from tests.examples import PROJECTS, marked, run

EXAMPLES = PROJECTS / "checks"
RULES = ("unanswered-question", "unknown-question", "incomplete-question", "unknown-fact")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", ["ok", "bad"])
def test_exactly_the_marked_lines(rule: str, name: str) -> None:
    root: Path = EXAMPLES / rule / name
    _, findings = run(root)
    found = [(f.location.path, f.location.line, f.rule) for f in findings if f.location]
    assert len(found) == len(findings)
    assert sorted(found) == marked(root, "expect")
    assert {f.rule for f in findings} == ({rule} if name == "bad" else set())
