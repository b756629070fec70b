"""The example projects: each kind of claim with each verdict, each rule with a good and a bad one.

A project names the claim that it is about in the first line of its policy (`# claim: ...`). Lines
at fault carry `# expect: RULE`, lines of the pipeline that a finding points at `# related: RULE`.
"""

from pathlib import Path
from typing import get_args

import pytest
from tests.examples import CLAIMS, marked, run

from aboveboard.checks import CHECKS
from aboveboard.proof.model import FAILING, RULES, VERDICTS, Kind

KINDS: tuple[Kind, ...] = get_args(Kind)

# Combinations that no project can show, each with the reason.
CANNOT: dict[tuple[str, str], str] = {}

PAIRS = [(kind, verdict) for kind in KINDS for verdict in VERDICTS if (kind, verdict) not in CANNOT]
ALL = sorted(path for path in CLAIMS.glob("*/*") if path.is_dir())


def _name(path: Path) -> str:
    return path.relative_to(CLAIMS).as_posix()


def test_every_kind_has_every_verdict() -> None:
    assert {_name(path) for path in ALL} == {f"{kind}/{verdict}" for kind, verdict in PAIRS}


@pytest.mark.parametrize("root", ALL, ids=_name)
def test_the_named_claim_has_the_verdict(root: Path) -> None:
    project, _ = run(root)
    first = (root / "policy_data/policy.yml").read_text("utf-8").split("\n")[0]
    claim = first.removeprefix("# claim: ")

    judged = project.proof.judged[claim]

    assert (judged.claim.kind, judged.verdict) == (root.parent.name, root.name)
    assert bool(judged.why) == (judged.verdict in FAILING)


@pytest.mark.parametrize("root", ALL, ids=_name)
def test_findings_are_exactly_those_expected(root: Path) -> None:
    _, findings = run(root)

    found = [(f.location.path, f.location.line, f.rule) for f in findings if f.location]
    related = {(place.path, place.line, f.rule) for f in findings for place in f.related}

    assert len(found) == len(findings)
    assert sorted(found) == marked(root, "expect")
    assert sorted(related) == marked(root, "related")


@pytest.mark.parametrize("root", ALL, ids=_name)
def test_a_failing_claim_is_told(root: Path) -> None:
    """By its own rule, or by the rule of the fault that it shares."""
    _, findings = run(root)

    assert bool(findings) == (root.name in FAILING)


@pytest.mark.parametrize("root", ALL, ids=_name)
def test_projects_are_short(root: Path) -> None:
    lines = (root / "policy_data/policy.yml").read_text("utf-8").split("\n")

    assert len(lines) <= 41


@pytest.mark.parametrize("rule", [rule for rule in CHECKS if rule in RULES.values()])
def test_every_rule_has_a_good_and_a_bad_example(rule: str) -> None:
    """The good ones are those of the kind of claim that hold, the bad one breaks the claim."""
    kind = next(kind for kind, name in RULES.items() if name == rule)

    for verdict in ("proved", "declared"):
        if (kind, verdict) not in CANNOT:
            assert run(CLAIMS / kind / verdict)[1] == []
    assert rule in [finding.rule for finding in run(CLAIMS / kind / "violated")[1]]


@pytest.mark.parametrize("rule", CHECKS)
def test_every_rule_says_what_why_and_how(rule: str) -> None:
    check = CHECKS[rule]

    assert rule == check.SLUG
    assert check.HINT
    for part in ("Why it matters:", "How to fix it:"):
        assert part in (check.__doc__ or "")
