"""Every attribute of every entity has a direction, and the diff judges its change by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.examples import TODAY
from tests.review.mutations import Mutation, mutations

from aboveboard.load import load_project
from aboveboard.policy.schema import classes, fields_of
from aboveboard.policy.strength import LADDER, of
from aboveboard.review.change import opposite
from aboveboard.review.diff import changes
from aboveboard.review.directions import DIRECTIONS
from aboveboard.values import Duration

DEMO = load_project(Path(__file__).parent.parent.parent, TODAY)

# What protects people better, as the language's reference has it. `a > b` puts the stronger first,
# "fewer" and "more" are of lists, "shorter" and "longer" of times (with `+` to have one at all
# is better, with `-` to have none).
BETTER = {
    "Data.includes": "fewer",
    "Data.excludes": "more",
    "Data.visible_to": "you > group > organisation > public",
    "Data.about": "you > both > others",
    "Event.by": "you > parent > admin > us court anyone",
    "Takes.data": "fewer",
    "Takes.reach": "item > conversation > everything",
    "Use.models": "fewer",
    "Use.data": "fewer",
    "Use.reach": "shorter +",
    "Exclusion.data": "more",
    "Exclusion.unless": "unknown",
    "Use.steps": "more",
    "Use.recipients": "fewer",
    "Use.tell_before_change": "longer +",
    "Line.state": "never > ask > opt-in > opt-out > always",
    "Route.data": "fewer",
    "Control.label_says": "the-permission > the-refusal > something-else",
    "Control.kind": "prompt switch > form > e-mail > ticket > contract > upgrade > workaround",
    "Control.by": "you > parent > admin > us",
    "Control.needs": "nothing > an-account > a-linked-account > identity-check > a-reason > approval",
    "Control.costs": "nothing > *",
    "Control.side_effects": "none > *",
    "Refusing.future": "stops > continues",
    "Refusing.stored": "erased > stops > continues",
    "Refusing.running": "stops > continues",
    "Refusing.trained": "removed > continues",
    "Allowing.stored": "stays-out > starts",
    "Control.takes_effect": "shorter",
    "Control.spreads_to": "organisation > linked-accounts > account > device > browser item",
    "Control.lasts": "until-changed > P30D > each-time",
    "Control.locks": "fewer",
    "Control.ends": "fewer",
    "How.do": "fewer",
    "Way.do": "fewer",
    "Asked.deadline": "later",
    "Asked.preset": "refused > none > allowed",
    "Asked.no_answer": "refused > locked-out > allowed",
    "Step.data": "more",
    "Step.entities": "more",
    "Step.stage": "before-storage > before-review > before-training > before-sharing"
    " > before-publication",
    "Step.never_joined_with": "more",
    "Step.on_failure": "drop stop > pass",
    "Step.afterwards": "still-covered > leaves-policy",
    "Step.tested": "known",
    "Copy.linked": "False > True",
    "Copy.regions": "fewer unsaid",
    "Keep.default": "shorter",
    "Keep.by": "you > parent > admin > us",
    "Retention.until": "more",
    "Retention.then": "shorter -",
    "Recipient.regions": "fewer unsaid",
    "Recipient.must": "more",
    "Recipient.can": "fewer",
    "Recipient.paid": "False > True",
    "Recipient.deletion_reaches": "True > False",
    "Right.who": "everyone > users non-users",
    "Right.answer_within": "shorter +",
    "Right.except_": "fewer",
    "Relink.for_": "fewer",
    "Step.re_identify": "never > if-law-permits > None",
    "Right.weighed": "fewer",
    "Right.limits": "fewer",
    "Model.sources": "fewer",
    "Model.serves": "one-customer > us > everyone",
    "Safeguard.uses": "more",
    "Safeguard.does": "more",
    "Safeguard.tested": "known",
    "Safeguard.last_tested": "later",
}
NEUTRAL = {
    "Data.unlike",
    "Data.dpv",
    "Question.group",
    "Question.place",
    "Question.paraphrases",
    "Question.about",
}
LARGER = {"k", "min-people", "area-km2", "recall", "min-length"}


def better(mutation: Mutation) -> bool | None:
    """Whether a mutation protects better, from the table above; None if a person must judge."""
    old, new, rule = mutation.before, mutation.after, BETTER.get(mutation.field, "")
    match mutation.field:
        case "Line.control":
            closing = mutation.project.policy.uses[mutation.id].applies[0].state == "opt-out"
            return (len(new) > len(old)) is closing
        case "Step.strength":
            both = (project.policy.steps[mutation.id] for project in (DEMO, mutation.project))
            first, second = (LADDER.index(of(step)) for step in both)
            return second > first
        case "Step.parameters":
            name = next(name for name in old if old[name] != new[name])
            return (new[name] > old[name]) is (name in LARGER)
        case "Step.data" if [] in (old, new):
            return not new
        case "Use.data" if all(
            line.state == "never" for line in DEMO.policy.uses[mutation.id].applies
        ):
            return len(new) > len(old)  # whatever is never used is promised
    return by_rule(rule, old, new)


def by_rule(rule: str, old: Any, new: Any) -> bool | None:
    word, _, absent = rule.partition(" ")
    if " > " in rule:
        rungs = [rung.split() for rung in rule.split(" > ")]
        level = {value: n for n, rung in enumerate(rungs) for value in rung}
        first, second = (level.get(str(v), level.get("*", -1)) for v in (old, new))
        return None if -1 in (first, second) or first == second else second < first
    if word in ("shorter", "longer"):
        if None in (old, new):
            return None if not absent else (old is None) is (absent == "+")
        return (length(new) < length(old)) is (word == "shorter")
    if word in ("known", "unknown"):
        return None if old and new else bool(new) is (word == "known")
    if word == "later":
        return old is None or (new is not None and new > old)
    if word in ("fewer", "more") and not (absent == "unsaid" and [] in (old, new)):
        return (len(new) < len(old)) is (word == "fewer")
    return None


def length(period: str) -> float:
    return float("inf") if period == "no-limit" else Duration.parse(period).longest


def expected(mutation: Mutation) -> str:
    if mutation.field in NEUTRAL:
        return "neutral"
    judged = better(mutation)
    return "unclear" if judged is None else "strengthens" if judged else "weakens"


ALL = list(mutations(DEMO))


def test_the_mutations_reach_most_attributes() -> None:
    reached = {mutation.field for mutation in ALL}
    assert len(ALL) > 1000 and len(reached) > 100 and reached >= BETTER.keys()


def test_one_attribute_is_one_change_and_the_way_back_the_opposite() -> None:
    wrong = []
    for mutation in ALL:
        found, back = changes(DEMO, mutation.project), changes(mutation.project, DEMO)
        if mutation.field == "Step.strength" and better(mutation) is not True and not found:
            continue  # the step earns no more than the word that is written
        if [c.effect for c in found] != [expected(mutation)]:
            wrong.append(f"{mutation}: expected {expected(mutation)}, not {found}")
        elif [c.effect for c in back] != [opposite(c.effect) for c in found]:
            wrong.append(f"{mutation}: back {back}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", sorted(classes()))
def test_every_attribute_of_every_class_has_a_direction(name: str) -> None:
    """A new attribute needs a line in review/directions/: which change of it protects better."""
    assert {field.name for field in fields_of(name)} == set(DIRECTIONS[name])
