"""Where a verdict is stricter than the rows, on purpose: each rule with the pipeline that shows it.

In all of them the rows leak nothing, and yet the claim is not held to be kept: the checker reads
settings, not values, and says so rather than guess. Soundness has no exception: what is proved or
declared never leaks (test_random.py).
"""

from __future__ import annotations

from typing import Any

import pytest

from .agreement import Agreement, questions
from .executor import REAL
from .test_pipelines import spec_of

CASES: dict[str, dict[str, Any]] = {
    # Conditions are looked at one field at a time: that two filters on other fields exclude each
    # other, so that nobody at all gets through, is not seen.
    "filters that contradict each other": {
        "steps": [
            {"id": "a", "in": ["notes"], "op": "filter", "where": {"team": "t0"}, "missing": "drop"},
            {"id": "b", "in": ["a"], "op": "filter", "where": {"team": "t1"}, "missing": "drop", "out": ["out"]},
        ],
        "claim": "notes/training",
        "verdict": "violated",
    },
    # A filter on a field that is not there any more lets nothing through; but such a pipeline is
    # broken rather than careful.
    "a filter on a field that was dropped": {
        "steps": [
            {"id": "d", "in": ["notes"], "op": "drop-field", "fields": ["flag"]},
            {"id": "s", "in": ["d"], "op": "filter", "where": {"flag": False}, "missing": "drop", "out": ["out"]},
        ],
        "claim": "notes/training",
        "verdict": "violated",
    },
    # Keys are not compared by value: that a hashed key never equals a plain one is not used.
    "a join whose keys never match": {
        "steps": [
            {"id": "h", "in": ["accounts"], "op": "hash", "fields": ["user_id"], "on_error": "fail"},
            {"id": "j", "in": ["notes", "h"], "op": "join", "on": ["user_id"], "out": ["out"]},
        ],
        "claim": "notes/training",
        "verdict": "violated",
    },
    # Tools differ in whether missing keys match one another, so a key may be missing after a join.
    "a join on the flag itself": {
        "setup": {"flag": ("notes", "accounts")},
        "steps": [
            {"id": "j", "in": ["notes", "accounts"], "op": "join", "on": ["user_id", "flag"]},
            {"id": "s", "in": ["j"], "op": "filter", "where": {"flag": False}, "missing": "keep", "out": ["out"]},
        ],
        "claim": "notes/training",
        "verdict": "violated",
    },
    # After a union it is forgotten which rows lack the flag: of any row it may be missing.
    "a union with rows that lack the flag, which are kept": {
        "setup": {"missing": "allowed"},
        "steps": [
            {"id": "u", "in": ["notes", "accounts"], "op": "copy"},
            {"id": "s", "in": ["u"], "op": "filter", "where": {"flag": False}, "missing": "keep", "out": ["out"]},
        ],
        "claim": "notes/training",
        "verdict": "violated",
    },
    # ... and which rows have a namesake.
    "a union with a namesake": {
        "steps": [
            {"id": "u", "in": ["notes", "votes"], "op": "copy"},
            {"id": "s", "in": ["u"], "op": "filter", "where": {"flag": False}, "missing": "drop", "out": ["out"]},
        ],
        "claim": "notes/training",
        "verdict": "violated",
    },
    # A row has one person: after a join on another key, the left side's.
    "the right side's flag after a join on another key": {
        "setup": {"flag": ("accounts",)},
        "steps": [
            {"id": "j", "in": ["notes", "accounts"], "op": "join", "on": ["team"]},
            {"id": "s", "in": ["j"], "op": "filter", "where": {"flag": False}, "missing": "drop", "out": ["out"]},
        ],
        "claim": "accounts/training",
        "verdict": "violated",
    },
    # Which namesake a join keeps depends on the tool, and is not taken to be the same for all fields.
    "a join with itself": {
        "steps": [
            {"id": "j", "in": ["notes", "notes"], "op": "join", "on": ["team"]},
            {"id": "s", "in": ["j"], "op": "filter", "where": {"flag": False}, "missing": "drop", "out": ["out"]},
        ],
        "claim": "notes/training",
        "verdict": "violated",
    },
    # That a join on the flag itself drops the rows without one is forgotten where a union follows.
    "a join on the flag too, and then a union": {
        "steps": [
            {"id": "j", "in": ["notes", "votes"], "op": "join", "on": ["user_id", "flag"]},
            {"id": "s", "in": ["j", "notes"], "op": "filter", "where": {"flag": False}, "missing": "keep", "out": ["out"]},
        ],
        "claim": "votes/training",
        "verdict": "violated",
    },
    # After a left join it is forgotten that the right side's fields are missing together.
    "the right side's own flag after a left join": {
        "setup": {"flag": ("accounts",), "missing": "allowed"},
        "steps": [
            {"id": "a", "in": ["accounts"], "op": "filter", "where": {"team": "t0"}, "missing": "drop"},
            {"id": "j", "in": ["notes", "a"], "op": "join", "on": ["user_id"], "kind": "left"},
            {"id": "s", "in": ["j"], "op": "filter", "where": {"flag": False}, "missing": "keep", "out": ["out"]},
        ],
        "claim": "accounts/training",
        "verdict": "violated",
    },
    # Where both sides of a join have a plan of their own, a filter on either is taken for neither.
    "two plans in one row": {
        "setup": {"scoped": True, "plan": ("notes", "accounts")},
        "steps": [
            {"id": "r", "in": ["accounts"], "op": "rename", "fields": {"plan": "f2"}},
            {"id": "j", "in": ["notes", "r"], "op": "join", "on": ["user_id"]},
            {"id": "s", "in": ["j"], "op": "filter", "where": {"plan": "free"}, "missing": "drop", "out": ["out"]},
        ],
        "claim": "notes/never-plan-team",
        "verdict": "violated",
    },
    # Only a count of people makes a group safe, though another count may happen to be too large for
    # any group, or a group may have one person by its key.
    "a count that no group reaches": {
        "steps": [
            {"id": "a", "in": ["notes"], "op": "aggregate", "group_by": ["user_id"], "measures": {"t2": "text"},
             "of": "session", "min_distinct": 9, "out": ["out"]},
        ],
        "claim": "notes/count/k",
        "verdict": "violated",
    },
    # A promise is of one step: that a harsher one of another kind does the same is for a binding to
    # say (bindings.steps).
    "masked, though redaction is promised": {
        "steps": [{"id": "m", "in": ["notes"], "op": "mask", "fields": ["text"], "on_error": "fail", "out": ["out"]}],
        "claim": "notes/redact/entities",
        "verdict": "violated",
        "leaks": True,
    },
    # Paths are not filtered: that values let nothing through is no reason for "never used".
    "never used, but for filters that contradict each other": {
        "steps": [
            {"id": "a", "in": ["notes"], "op": "filter", "where": {"team": "t0"}, "missing": "drop"},
            {"id": "b", "in": ["a"], "op": "filter", "where": {"team": "t1"}, "missing": "drop", "out": ["partner"]},
        ],
        "claim": "share/notes/never",
        "verdict": "violated",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_stricter_than_the_rows(name: str) -> None:
    case = CASES[name]
    setup, spec = spec_of(case)
    asked = Agreement(setup, spec)
    claim = case["claim"]
    shared = claim.startswith("share/")
    judged = asked.judged[f"{claim}@partner" if shared else f"train/{claim}@out"]
    target = "partner" if shared else "out"
    leaks = any(any(asked.seen(q, target, REAL)) for q in questions(setup, judged.claim))
    assert (judged.verdict, leaks) == (case["verdict"], case.get("leaks", False))


def test_a_use_is_real_though_values_let_nothing_through() -> None:
    """The converse for claims that data arrives: a path is enough."""
    case = CASES["filters that contradict each other"]
    asked = Agreement(*spec_of(case))
    assert asked.judged["train/notes/used@out"].verdict == "declared"


def test_arriving_one_way_or_the_other_is_unknown() -> None:
    """Each way depends on a setting that cannot be read; that one of them is taken is not seen."""
    steps = [{"id": "r", "in": ["notes"], "op": "rename", "fields": {"text": "t2"}, "enabled": "${X}",
              "out": ["out"]}]  # fmt: skip
    asked = Agreement(*spec_of({"steps": steps}))
    assert asked.judged["train/notes/used@out"].verdict == "unknown"


def test_the_checker_shares_no_code_with_the_executor() -> None:
    source = read_text("executor.py")
    assert "aboveboard" not in source


def read_text(name: str) -> str:
    from pathlib import Path

    return Path(__file__).with_name(name).read_text()
