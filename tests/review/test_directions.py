"""Every attribute of every entity has a direction, and the diff judges its change by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.examples import TODAY
from tests.review.fuller import fuller
from tests.review.judging import BETTER, GONE, LARGER, MOVES, better, expected
from tests.review.mutations import entities, mutations, replaced

from aboveboard.load import load_project
from aboveboard.policy.choices import LARGER_PROTECTS
from aboveboard.policy.load import MODELS
from aboveboard.policy.model import OURS
from aboveboard.policy.schema import classes, fields_of
from aboveboard.review.change import opposite
from aboveboard.review.diff import changes
from aboveboard.review.directions import DIRECTIONS

DEMO = fuller(load_project(Path(__file__).parent.parent.parent, TODAY))

# Attributes that no mutation can reach, and why.
EXEMPT = {
    "Allowing.future": "it has one value",
    "Effect.refusing": "an effect cannot be without it; what it says is drawn",
    "Scoped.scope": "a class that others are made from",
    **dict.fromkeys(
        (f"{name}.{key}" for name in ("Named", "Otherwise") for key in ("choice", "collected", "in_force", "not_")),
        "holds nothing of its own: a name for a scope, or what other rows leave",
    ),
}  # fmt: skip

ALL = list(mutations(DEMO))
# The classes that say something to readers: the others are in no comparison.
SAID = classes().keys() - {MODELS[kind].__name__ for kind in OURS}


def test_every_attribute_of_every_class_is_drawn() -> None:
    """A new attribute needs a mutation, or a reason why none can reach it."""
    reached = {mutation.field for mutation in ALL} | {mutation.inner for mutation in ALL} - {""}
    every = {f"{name}.{field.name}" for name in SAID for field in fields_of(name)}

    assert reached >= BETTER.keys() | GONE.keys() | MOVES
    missing = every - reached - EXEMPT.keys()
    assert not missing, f"give the demo a value for {missing} in fuller.py, or say why not here"
    assert reached | EXEMPT.keys() == every and not reached & EXEMPT.keys()


def test_every_parameter_of_a_step_is_drawn() -> None:
    drawn = {n for m in ALL if m.field == "Step.parameters" for n in m.before}
    assert drawn == LARGER_PROTECTS.keys() > LARGER


def test_one_attribute_is_one_change_and_the_way_back_the_opposite() -> None:
    wrong = []
    for mutation in ALL:
        found, back = changes(DEMO, mutation.project), changes(mutation.project, DEMO)
        if mutation.field == "Step.strength" and better(mutation) is not True and not found:
            continue  # the step earns no more than the word that is written
        effects = [c.effect for c in found]
        right = found if mutation.field in MOVES else sorted(effects) == sorted(expected(mutation))
        if not right:
            wrong.append(f"{mutation}: expected {expected(mutation)}, not {found}")
        elif sorted(c.effect for c in back) != sorted(map(opposite, effects)):
            wrong.append(f"{mutation}: back {back}, there {found}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("kind", "id_"), [key for key in entities(DEMO) if key[1]])
def test_an_entity_that_goes_is_told_and_one_that_comes_is_the_opposite(
    kind: str, id_: str
) -> None:
    without = replaced(DEMO, kind, id_, None)

    gone, come = changes(DEMO, without), changes(without, DEMO)

    assert gone
    assert sorted(c.effect for c in come) == sorted(opposite(c.effect) for c in gone)


@pytest.mark.parametrize("name", sorted(SAID))
def test_every_attribute_of_every_class_has_a_direction(name: str) -> None:
    """A new attribute needs a line in review/directions/: which change of it protects better."""
    assert {field.name for field in fields_of(name)} == set(DIRECTIONS[name])
