"""The example projects of each format: the claim that the policy's first line names has the
verdict that stands after it, and exactly the lines that are marked are at fault."""

from pathlib import Path

import pytest
from tests.examples import READERS as FOLDER
from tests.examples import marked, run

from aboveboard.proof.model import FAILING

ALL = sorted(path for path in FOLDER.glob("*/*") if path.is_dir())


def _name(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("root", ALL, ids=_name)
def test_the_named_claim_has_the_verdict(root: Path) -> None:
    project, _ = run(root)
    first = (root / "policy_data/policy.yml").read_text("utf-8").split("\n")[0]
    claim, verdict = first.removeprefix("# claim: ").rsplit(" ", 1)

    judged = project.proof.judged[claim]

    assert (judged.verdict, judged.why != "") == (verdict, verdict in FAILING), judged.why


@pytest.mark.parametrize("root", ALL, ids=_name)
def test_findings_are_exactly_those_marked(root: Path) -> None:
    _, findings = run(root)

    found = [(f.location.path, f.location.line, f.rule) for f in findings if f.location]
    related = {(place.path, place.line, f.rule) for f in findings for place in f.related}

    assert len(found) == len(findings)
    assert sorted(found) == marked(root, "expect"), findings
    assert sorted(related) == marked(root, "related"), findings


def test_each_format_has_an_example_that_holds_and_one_that_does_not() -> None:
    formats = {path.parent for path in ALL}

    for folder in formats:
        firsts = [
            (p / "policy_data/policy.yml").read_text("utf-8").split("\n")[0].rsplit(" ", 1)[1]
            for p in ALL
            if p.parent == folder
        ]
        assert len(firsts) >= 2
        assert {*firsts} & FAILING
        assert {*firsts} - FAILING
