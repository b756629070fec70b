"""The strength of a step follows from what it does; an author can only lower it."""

from typing import Any, get_args

import pytest

from aboveboard.policy.choices import Step, Strength, Technique
from aboveboard.policy.model import Policy
from aboveboard.policy.strength import LADDER, derived, findings, of
from aboveboard.source import parse_yaml

SUPPORT = [{"by": "support", "why": "to answer you"}]


def step(technique: str, **more: Any) -> Step:
    written = {
        "name": "protect it",
        "technique": technique,
        "stage": "before-training",
        "relink": "nobody",
        "limits": "Some.",
        **more,
    }
    return Step.model_validate(written)


@pytest.mark.parametrize("technique", get_args(Technique))
def test_every_technique_has_a_strength(technique: str) -> None:
    assert derived(step(technique)) in LADDER


@pytest.mark.parametrize("technique", get_args(Technique))
def test_more_people_who_relink_never_make_a_step_stronger(technique: str) -> None:
    more: dict[str, Any] = {"parameters": {"k": 5.0, "epsilon": 1.0}, "tested": "an audit"}
    alone, relinked = step(technique, **more), step(technique, **more, relink=SUPPORT)
    assert LADDER.index(derived(relinked)) <= LADDER.index(derived(alone))
    assert derived(relinked) != "anonymised"


@pytest.mark.parametrize(
    ("technique", "more", "strength"),
    [
        ("redaction", {"tested": "an audit"}, "reduced"),
        ("face-blur", {}, "reduced"),
        ("location-coarsening", {"parameters": {"area-km2": 3.0}}, "reduced"),
        ("unlinking", {}, "pseudonymised"),
        ("unlinking", {"relink": SUPPORT}, "unlinked"),
        ("keyed-hash", {"relink": SUPPORT}, "pseudonymised"),
        ("random-id", {}, "pseudonymised"),
        ("aggregation", {}, "reduced"),
        ("aggregation", {"parameters": {"min-people": 1.0}}, "reduced"),
        ("aggregation", {"parameters": {"min-people": 2.0}, "tested": "an audit"}, "aggregated"),
        ("k-anonymity", {"parameters": {"k": 10.0}}, "aggregated"),
        ("differential-privacy", {"tested": "an audit"}, "reduced"),
        ("differential-privacy", {"parameters": {"epsilon": 0.0}}, "reduced"),
        ("differential-privacy", {"parameters": {"epsilon": 1.0}}, "aggregated"),
        (
            "differential-privacy",
            {"parameters": {"epsilon": 1.0}, "tested": "an audit"},
            "anonymised",
        ),
        (
            "differential-privacy",
            {"parameters": {"epsilon": 1.0}, "tested": "an audit", "relink": SUPPORT},
            "aggregated",
        ),
        ("synthetic-data", {}, "de-identified"),
        ("encryption", {}, "none"),
        ("discard-plaintext", {}, "none"),
    ],
)
def test_derived(technique: str, more: dict[str, Any], strength: Strength) -> None:
    assert derived(step(technique, **more)) == strength


def test_an_author_lowers_but_never_raises() -> None:
    assert of(step("redaction")) == "reduced"
    assert of(step("redaction", strength="none")) == "none"
    assert of(step("redaction", strength="anonymised")) == "reduced"


TEXT = b"""\
steps:
  redact:
    technique: redaction
    strength: anonymised
  hash: {technique: keyed-hash, strength: unlinked}
  count: {technique: aggregation, strength: aggregated}
"""


def test_overstatement_is_found_where_it_was_written() -> None:
    document = parse_yaml(TEXT, "steps.yml")
    steps = {id_: step(**written) for id_, written in document.data["steps"].items()}
    policy = Policy(steps=steps, documents={("steps", id_): document for id_ in steps})
    first, second = findings(policy)
    assert (first.rule, str(first.location)) == ("overstated-strength", "steps.yml:4:15")
    assert first.message == "'anonymised' is more than redaction reaches; at most 'reduced'"
    assert str(second.location) == "steps.yml:6:45"
    assert second.hint == "'aggregated' needs 'k' or 'min-people' of 2 or more"
