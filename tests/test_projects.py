"""The example projects: each kind of claim with each verdict, each rule with a good and a bad one.

A project of a claim names it in the first line of its policy (`# claim: ...`). Lines at
fault carry `# expect: RULE`, lines of the pipeline that a finding points at `# related: RULE`.
"""

from pathlib import Path
from typing import get_args

import pytest
from tests.examples import CLAIMS, EXAMPLES, marked, run
from tests.test_prose import PROSE

from aboveboard.checks import ALL as ALL_RULES
from aboveboard.checks import CHECKS, OF_CLAIMS
from aboveboard.proof.model import FAILING, RULES, VERDICTS, Kind

KINDS: tuple[Kind, ...] = get_args(Kind)

# Combinations that no project can show, each with the reason.
CANNOT: dict[tuple[str, str], str] = {}

PAIRS = [(kind, verdict) for kind in KINDS for verdict in VERDICTS if (kind, verdict) not in CANNOT]
ALL = sorted(path for path in CLAIMS.glob("*/*") if path.is_dir())


def _slash(path: Path, folder: Path = CLAIMS) -> str:
    return path.relative_to(folder).as_posix()


def test_every_kind_has_every_verdict() -> None:
    assert {_slash(path) for path in ALL} == {f"{kind}/{verdict}" for kind, verdict in PAIRS}


@pytest.mark.parametrize("root", ALL, ids=_slash)
def test_the_named_claim_has_the_verdict(root: Path) -> None:
    project, _ = run(root)
    first = (root / "policy_data/policy.yml").read_text("utf-8").split("\n")[0]
    claim = first.removeprefix("# claim: ")

    judged = project.proof.judged[claim]

    assert (judged.claim.kind, judged.verdict) == (root.parent.name, root.name)
    assert bool(judged.why) == (judged.verdict in FAILING)


@pytest.mark.parametrize("root", ALL, ids=_slash)
def test_findings_are_exactly_those_expected(root: Path) -> None:
    _, findings = run(root)

    found = [(f.location.path, f.location.line, f.rule) for f in findings if f.location]
    related = {(place.path, place.line, f.rule) for f in findings for place in f.related}

    assert len(found) == len(findings)
    assert sorted(found) == marked(root, "expect")
    assert sorted(related) == marked(root, "related")


@pytest.mark.parametrize("root", ALL, ids=_slash)
def test_a_failing_claim_is_told(root: Path) -> None:
    """By its own rule, or by the rule of the fault that it shares."""
    _, findings = run(root)

    assert bool(findings) == (root.name in FAILING)


@pytest.mark.parametrize("root", ALL, ids=_slash)
def test_projects_are_short(root: Path) -> None:
    lines = (root / "policy_data/policy.yml").read_text("utf-8").split("\n")

    assert len(lines) <= 41


@pytest.mark.parametrize("rule", sorted(OF_CLAIMS))
def test_every_rule_of_claims_has_a_good_and_a_bad_example(rule: str) -> None:
    """The good ones are those of the kind of claim that hold, the bad one breaks the claim."""
    kind = next(kind for kind, name in RULES.items() if name == rule)

    for verdict in ("proved", "declared"):
        if (kind, verdict) not in CANNOT:
            assert run(CLAIMS / kind / verdict)[1] == []
    assert rule in [finding.rule for finding in run(CLAIMS / kind / "violated")[1]]


def test_every_other_rule_has_a_good_and_a_bad_example() -> None:
    examples = {_slash(path, EXAMPLES) for path in EXAMPLES.glob("*/*")}

    assert CHECKS.keys() > OF_CLAIMS
    assert examples == {
        f"{r}/{name}" for r in ALL_RULES.keys() - OF_CLAIMS for name in ("ok", "bad")
    }


# The rules about prose have pages and several hints: `test_prose.py` reads their examples.
PLAIN = sorted(path for path in EXAMPLES.glob("*/*") if path.parent.name not in PROSE)


@pytest.mark.parametrize("root", PLAIN, ids=lambda path: _slash(path, EXAMPLES))
def test_a_rule_finds_exactly_what_is_marked(root: Path) -> None:
    """These have no pipeline, so that their claims are left aside."""
    _, findings = run(root)
    ours = [f for f in findings if f.rule not in OF_CLAIMS and not f.is_suppressed]

    found = [(f.location.path, f.location.line, f.rule) for f in ours if f.location]
    related = {(place.path, place.line, f.rule) for f in ours for place in f.related}

    assert len(found) == len(ours)
    assert sorted(found) == marked(root, "expect")
    assert sorted(related) == marked(root, "related")
    assert ({f.rule for f in ours} == {root.parent.name}) == (root.name == "bad")
    assert all(
        f.severity == ALL_RULES[f.rule].SEVERITY
        and (f.hint.startswith((ALL_RULES[f.rule].HINT, "did you mean")))
        for f in ours
    )


@pytest.mark.parametrize("rule", ALL_RULES)
def test_every_rule_says_what_why_and_how(rule: str) -> None:
    check = ALL_RULES[rule]

    assert rule == check.SLUG
    assert check.HINT
    for part in ("Why it matters:", "How to fix it:"):
        assert part in (check.__doc__ or "")
