"""Entities as plain data: what is written comes back as an equal entity, in one form."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.examples import PROJECTS

from aboveboard.findings import Finding
from aboveboard.load import load_project
from aboveboard.policy.load import ALONE, taken
from aboveboard.policy.model import KINDS, Policy
from aboveboard.policy.written import written
from aboveboard.source import Document, parse_yaml

ROOT = Path(__file__).parents[2]
FAULTS = {
    "invalid-policy", "unknown-key", "invalid-yaml", "given-twice", "unknown-reference",
    "scope-cycle",
}  # fmt: skip
ROOTS = [
    root
    for root in (ROOT, *sorted(p.parent for p in PROJECTS.rglob("policy_data")))
    if not FAULTS & {f.rule for f in load_project(root, date(2026, 12, 1)).findings}
]


def back(policy: Policy) -> tuple[Policy, list[Finding]]:
    return taken(Document("written.json", json.loads(json.dumps(written(policy), sort_keys=True))))


def assert_same(one: Policy, other: Policy) -> None:
    for name, _ in ALONE.values():
        assert getattr(one, name) == getattr(other, name)
    for kind in KINDS:
        assert one.entities(kind) == other.entities(kind), kind


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.relative_to(ROOT).as_posix())
def test_every_policy_comes_back_equal(root: Path) -> None:
    policy = load_project(root, date(2026, 12, 1)).policy

    again, findings = back(policy)

    assert findings == []
    assert_same(again, policy)


def test_there_are_enough_of_them() -> None:
    assert len(ROOTS) > 150


def test_forms_of_one_entity_are_written_alike() -> None:
    one = b"""
    scopes: {grown: {age: adult}}
    uses:
      train: {name: training, purpose: train-model, data: notes, never: account,
        applies: [{scope: grown, state: never}, {scope: otherwise, state: always}]}
    """
    other = b"""
    scopes: {grown: {age: [adult]}}
    uses:
      train: {name: training, purpose: train-model, data: [notes], never: [{data: [account]}],
        applies: [{state: never, scope: {age: adult}}, {scope: otherwise, state: always}]}
    """

    first, second = (taken(parse_yaml(text, "p.yml"))[0] for text in (one, other))

    assert written(first) == written(second)
    assert written(first)["uses"]["train"]["applies"] == [
        {"scope": [{"age": ["adult"]}], "state": "never"},
        {"scope": "otherwise", "state": "always"},
    ]
