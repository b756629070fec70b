"""Which way a change of one attribute goes, told apart from the code that judges it."""

from __future__ import annotations

from typing import Any

from tests.review.mutations import Mutation

from aboveboard.policy.strength import LADDER, of
from aboveboard.values import Duration

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
    "Control.kind": "prompt signal switch > form > e-mail > ticket > contract > upgrade > workaround",
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
    "Header.wrong": "known",
    "Header.told_by": "more",
    "Keep.options": "more",
    "Earlier.kept": "refused > as-it-was > asked-again > allowed",
    "Flag.missing": "refused > allowed",
    "ChangeRecord.effective": "later",
    "ChangeRecord.told_by": "more",
    "Review.notice": "longer",
    "Review.weakens": "required > advised > none",
    "Review.unclear": "required > advised > none",
    "Window.from_": "later",
    "Window.before": "known",  # a window that ends is within one that does not
}
# What promises nothing: attributes, and classes all of whose attributes do not.
NEUTRAL = {
    "Review.to_confirm",
    "Bindings",
    "Checkout",
    "Files",
    "Mark",
    "Tool",
    "Header.version",
    "Header.effective",
    "Header.language",
    "AxisValue.of",
    "ChangeRecord.what",
    "ChangeRecord.announced",
    "ChangeRecord.earlier_data",
    "Correction.claims",
    "Correction.since",
    "Correction.owner",
    "Correction.expires",
    "Flag.field",
    "Flag.refused",
    "Flag.read",
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
            return (len(new) > len(old)) is (owner_of(mutation).state == "opt-out")
        case "Step.strength":
            steps: Any = (mutation.entity, mutation.changed)
            first, second = (LADDER.index(of(step)) for step in steps)
            return second > first
        case "Step.parameters":
            name = next(name for name in old if old[name] != new[name])
            return (new[name] > old[name]) is (name in LARGER)
        case "Keep.options" if owner_of(mutation).default == "not-kept":
            return None  # any other time is longer
        case "Step.data" if [] in (old, new):
            return not new
        case "Use.data" if all(line.state == "never" for line in owner_of(mutation).applies):
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
    special = {"no-limit": float("inf"), "not-kept": -1.0}
    return special[period] if period in special else Duration.parse(period).longest


# -- attributes that hold parts, rows of a table or people ------------------------------------

RUNGS = ("never", None, "ask", "opt-in", "opt-out", "always")  # no line says less than "never"
# What it means that a part goes; of "fewer" and "more" in the table above as there.
GONE = {
    "Use.never": "weakens",
    "Use.basis": "unclear",
    "Control.how": "weakens",
    "Control.asked": "unclear",
    "Control.earlier": "unclear",
    "Control.effect": "unclear",
    "Effect.allowing": "unclear",
    "Event.takes": "strengthens",
    "Event.sets": "strengthens",  # the event sets it to allowed
    "Step.relink": "strengthens",
    "Right.how": "weakens",
    "Model.collected": "weakens",
    "Header.documents": "unclear",
    "Header.impossible": "unclear",
    "Header.words": "unclear",
    "Header.axes": "unclear",  # one value more
}
# What it means that fewer people are in a scope, where nobody else's row takes the others.
NARROWER = {
    "Control": "weakens",
    "Right": "weakens",
    "How": "weakens",
    "Way": "weakens",
    "Retention": "strengthens",
    "Asked": "unclear",
    "Legal": "unclear",
    "Basis": "unclear",
    "ChangeRecord": "neutral",
}
# A row of retention that moves elsewhere is one that goes and one that comes: what both mean
# depends on the rows that are there. The way back must be the opposite all the same.
MOVES = {"Retention.copy_", "Retention.when", "Retention.data"}


def expected(mutation: Mutation) -> list[str]:
    """The effects of the changes that a mutation makes: of nearly all, of one."""
    owner = mutation.field.partition(".")[0]
    if mutation.field in GONE:
        return [GONE[mutation.field]]
    if owner in NEUTRAL or mutation.field in NEUTRAL:
        return ["neutral"]
    match mutation.field:
        case "Use.applies" | "Route.applies" | "Line.scope":
            return line_moved(mutation)
        case "Use.also":
            lines = [line for route in mutation.before.values() for line in route.applies]
            return [judged(RUNGS.index(None) < RUNGS.index(line.state)) for line in lines]
        case "Route.steps":
            old, new = mutation.entity.steps, mutation.after  # type: ignore[attr-defined]
            went = ["weakens"] if set(old) - set(new) else []
            return [*went, *(["strengthens"] if set(new) - set(old) else [])]
        case "Header.controllers" | "Controller.scope":
            return ["unclear", "unclear"]  # another name, and a representative or none
        case "Retention.keep":
            return ["weakens"] if mutation.before.default != "no-limit" else []
        case "Retention.scope" if mutation.id == "export-refused":
            return ["weakens"]  # those who are not in it any more are in a row that keeps longer
    if mutation.field.endswith(".scope"):
        return [NARROWER[owner]]
    return [judged(better(mutation))]


def judged(better: bool | None) -> str:
    return "unclear" if better is None else "strengthens" if better else "weakens"


def line_moved(mutation: Mutation) -> list[str]:
    """Those whom a line no longer holds find the rest of the table, or nothing."""
    if mutation.field == "Line.scope":
        lines, line = owner_of(mutation, 1), owner_of(mutation)
    else:
        lines, line = mutation.before, mutation.before[0]
    rest = next((other.state for other in lines if other.is_rest and other is not line), None)
    state = judged(RUNGS.index(rest) < RUNGS.index(line.state))
    return [state, "unclear"] if line.why and rest else [state]  # its reason does not hold for them


def owner_of(mutation: Mutation, above: int = 0) -> Any:
    """The part whose attribute it is, as it was, or what stands so many steps above it."""
    at: Any = mutation.entity
    for step in mutation.spot.path[: len(mutation.spot.path) - above]:
        at = getattr(at, step) if isinstance(step, str) and not isinstance(at, dict) else at[step]
    return at
