"""Which changes people must be told of before, and the records that tell of them.

Both states have rules about it; of two the stricter one holds, so that no change lowers the bar
for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple, get_args

from ..findings import Location
from ..policy.load import ALONE, MODELS
from ..policy.model import KINDS, Policy
from ..policy.review import Needed, Review
from ..policy.schema import fields_of
from ..proof.model import FAILING
from ..values import Duration, did_you_mean
from .change import Boxes, Change, Effect
from .since import Since

CLAIMS = "claims"  # stands in a key where else the kind of an entity does
# What tells of changes is told of by itself; of an axis the answers of its cells tell.
APART = ("changes/", "corrections/", "policy/axes.")
KNOWN = (*MODELS, *ALONE, CLAIMS)
_STRICT: tuple[Needed, ...] = get_args(Needed)[::-1]  # from none to required


class Need(NamedTuple):
    """A change that needs a record, or had better have one.

    `keys` are the names by which a record can know it. `notice` is the time before it, `why` who
    asks for that much. `place` is in the project, `was` in the earlier state.
    """

    keys: tuple[str, ...]
    sentence: str
    who: str
    cells: Boxes
    wanted: Needed
    notice: Duration
    why: str
    place: Location
    was: Location | None

    @property
    def key(self) -> str:
        return self.keys[0]

    def earliest(self, told: date) -> date:
        """The first day on which it can hold, if people are told on a day."""
        return told + timedelta(seconds=self.notice.longest)


def needs(since: Since) -> list[Need]:
    """Every change that weakens a promise, or may, with what it needs."""
    kept = vars(since).get("_needs")
    if kept is None:
        kept = vars(since)["_needs"] = [*_changed(since), *_moved(since)]
    found: list[Need] = kept
    return found


# -- what needs a record -----------------------------------------------------------------------


def _changed(since: Since) -> Iterator[Need]:
    for change in since.changes:
        if change.key.startswith(APART):
            continue
        wanted = _wanted(since, change.key, _counted(change))
        if wanted == "none":
            continue
        notice, why = _notice(since, change.key)
        place, was = _places(since, change)
        said, who, cells = change.sentence, change.who, change.cells
        yield Need((change.key,), said, who, cells, wanted, notice, why, place, was)


def _counted(change: Change) -> Effect:
    """A new purpose is told before (GDPR 13(3)), whichever way it goes."""
    purpose = change.key.startswith("uses/") and change.key.endswith("/purpose")
    return "weakens" if purpose and change.effect == "unclear" else change.effect


def _moved(since: Since) -> Iterator[Need]:
    """Claims that hold on less than before; one that fails is a finding of its own."""
    for each in since.verdicts:
        if each.effect != "weakens" or each.after in FAILING:
            continue
        keys = tuple(f"{CLAIMS}/{claim}" for claim in (each.claim, *each.others))
        wanted = _wanted(since, keys[0], "weakens")
        if wanted == "none":
            continue
        notice, why = _notice(since, keys[0])
        now = [p.location for p in each.places if p.side == "after"]
        was = [p.location for p in each.places if p.side == "before"]
        said = f"“{each.statement}” is now {each.after}, before {each.before}."
        before = since.there(was[-1], was[-1].message or "before") if was else None
        yield Need(keys, said, "everyone", (), wanted, notice, why, now[0], before)


def _places(since: Since, change: Change) -> tuple[Location, Location | None]:
    """The line that weakens, and the one that was there; of what is gone, the top of its file."""
    policy, was = since.project.policy, change.was
    if change.after and change.place:
        said = since.there(was, f"before: {change.before}") if was and change.before else None
        return change.place, said
    gone = change.place or Location("policy_data", 1)
    kept = gone.path in policy.inputs
    here = Location(gone.path, 1) if kept else policy.at("policy", "")
    return here, since.there(gone, f"before: {change.before}")


# -- rules ---------------------------------------------------------------------------------------


def _books(since: Since) -> list[Review]:
    policies = (since.base.policy, since.project.policy)
    return [policy.review or Review.model_construct() for policy in policies]


def _wanted(since: Since, key: str, effect: Effect) -> Needed:
    if effect not in ("weakens", "unclear"):
        return "none"
    return max((_rule(book, key, effect) for book in _books(since)), key=_STRICT.index)


def _rule(book: Review, key: str, effect: Effect) -> Needed:
    """What one state says: the strictest of its gates for this change, else its general rule."""
    gates = [getattr(gate, effect) for gate in book.gates if _is_for(gate.changes, key)]
    said = [needed for needed in gates if needed]
    general: Needed = getattr(book, effect)
    return max(said, key=_STRICT.index, default=general)


def _is_for(starts: list[str], key: str) -> bool:
    ended = [start.rstrip("/.") for start in starts]
    return any(key == start or key.startswith((f"{start}/", f"{start}.")) for start in ended)


def _notice(since: Since, key: str) -> tuple[Duration, str]:
    """The longest notice that anybody promised for a change, and who."""
    asked: list[tuple[Duration, str]] = []
    for book in _books(since):
        gates = [gate for gate in book.gates if gate.notice and _is_for(gate.changes, key)]
        periods = [gate.notice for gate in gates if gate.notice] or [book.notice]
        asked += [(Duration.parse(period), "the policy's rules of review") for period in periods]
    for policy in (since.base.policy, since.project.policy):
        for id_ in _uses(policy, key):
            if period := policy.uses[id_].tell_before_change:
                asked.append((Duration.parse(period), f"'tell-before-change' of '{id_}'"))
    return max(asked, key=lambda each: each[0].longest)


def _uses(policy: Policy, key: str) -> Iterator[str]:
    """The uses whose answers a change is part of: its own, or those with a step."""
    kind, _, rest = key.partition("/")
    id_ = rest.partition("/")[0]
    if kind == "uses" and id_ in policy.uses:
        yield id_
    for use_id, use in policy.uses.items() if kind == "steps" else ():
        routes = [route.steps or [] for route in use.also.values()]
        if any(id_ in steps for steps in (use.steps, *routes)):
            yield use_id


# -- what exists ---------------------------------------------------------------------------------


def exists(since: Since, key: str) -> bool:
    """Whether a key is of a change, or of an entity or claim that either state has."""
    if key in known(since):
        return True
    kind, _, rest = key.partition("/")
    if kind == CLAIMS:
        return any(rest in project.proof.judged for project in (since.base, since.project))
    policies = (since.base.policy, since.project.policy)
    id_ = rest.partition("/")[0]
    return kind in ALONE or (
        kind in KINDS and any(id_ in policy.entities(kind) for policy in policies)
    )


def known(since: Since) -> set[str]:
    """The keys of all changes."""
    moved = (c for each in since.verdicts for c in (each.claim, *each.others))
    return {change.key for change in since.changes} | {f"{CLAIMS}/{claim}" for claim in moved}


def fault(key: str) -> tuple[str, str] | None:
    """What is wrong with a key by itself, and the nearest right one."""
    kind, _, rest = key.partition("/")
    if kind not in KNOWN:
        return f"'{key}' begins with no kind of entity", did_you_mean(kind, KNOWN)
    if kind == CLAIMS or not rest:
        return None
    attribute = (rest if kind in ALONE else rest.partition("/")[2]).partition(".")[0]
    model = ALONE[kind][1] if kind in ALONE else MODELS[kind]
    known = {*(field.key for field in fields_of(model.__name__)), "id", ""}
    if attribute in known:
        return None
    return f"'{key}': {kind} have no '{attribute}'", did_you_mean(attribute, known - {""})
