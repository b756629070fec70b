"""The semantic diff: every fact that differs between two states of a project, each once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..policy.model import KINDS
from ..policy.review import Review
from ..project import Project
from . import axes, keeping, uses
from .at import At, owner
from .change import Change, Effect, opposite
from .names import NAMED, Ids, aligned
from .orders import Pair
from .sides import Sides
from .walk import attributes

# What one entity more means by itself. Where nothing is said here it promises nothing until
# something refers to it, and that is a change of its own.
MORE: dict[str, Effect] = {
    "rights": "strengthens",
    "safeguards": "strengthens",
    "corrections": "weakens",
}
_WORDS = {
    "data": "kind of data",
    "events": "event",
    "controls": "choice",
    "steps": "protection",
    "copies": "place where data lies",
    "recipients": "recipient",
    "rights": "right",
    "models": "family of models",
    "safeguards": "safeguard",
    "questions": "question",
    "changes": "record of a change",
    "corrections": "correction",
}


def changes(before: Project, after: Project) -> list[Change]:
    """Every change from one state of a project to another, in the order of the policy's kinds."""
    sides, ids = sides_of(before, after)
    return list(dict.fromkeys(_all(sides, ids)))


def sides_of(before: Project, after: Project) -> tuple[Sides, Ids]:
    """Both policies in the later ids, and which ids changed."""
    earlier, ids = aligned(before.policy, after.policy)
    old = {(kind, new): was for kind, pairs in ids.items() for was, new in pairs.items()}
    return Sides(earlier, after.policy, old), ids


def _all(sides: Sides, ids: Ids) -> Iterator[Change]:
    yield from _alone(sides, "policy", sides.before.header, sides.after.header)
    yield from axes.changes(sides, ids)
    for kind in KINDS:
        if kind == "retention":
            yield from keeping.changes(sides)
        elif kind in NAMED:
            yield from _kind(sides, kind, ids.get(kind, {}))
    yield from _alone(sides, "bindings", sides.before.bindings, sides.after.bindings)
    if sides.before.review or sides.after.review:
        rules = (it.review or Review.model_construct() for it in (sides.before, sides.after))
        yield from _alone(sides, "review", *rules)


def _alone(sides: Sides, kind: str, before: Any, after: Any) -> Iterator[Change]:
    """The title block, the bindings, the rules of review: a project has one of each at most."""
    if before and after:
        of = owner(sides, kind, "", after) if kind == "policy" else kind
        yield from map(At(sides, kind, "", of).change, attributes(Pair(sides, "", before, after)))


def _kind(sides: Sides, kind: str, renamed: dict[str, str]) -> Iterator[Change]:
    old, new = sides.before.entities(kind), sides.after.entities(kind)
    for id_ in dict.fromkeys((*new, *old)):
        before, after = old.get(id_), new.get(id_)
        if before is not None and after is not None:
            if before != after or not sides.same_cells:
                yield from _entity(sides, kind, id_, before, after)
        elif sides.unread(kind, id_):
            continue
        elif kind == "uses":
            yield from uses.appeared(sides, id_, before, after)
        else:
            yield _appeared(sides, kind, id_, before, after)
    for was, now in renamed.items():
        yield uses.renamed(At(sides, kind, now, sides.name(kind, now)), was, now)


def _entity(sides: Sides, kind: str, id_: str, before: Any, after: Any) -> Iterator[Change]:
    if kind == "uses":
        yield from uses.changes(sides, id_, before, after)
        return

    def readers(earlier: bool) -> str:
        return sides.who([before if earlier else after], earlier=earlier)

    at = At(sides, kind, id_, owner(sides, kind, id_, after))
    if kind in ("controls", "rights"):
        at = at._replace(readers=readers)
    yield from map(at.change, attributes(Pair(sides, id_, before, after)))


def _appeared(sides: Sides, kind: str, id_: str, before: Any, after: Any) -> Change:
    """An entity that is new, or no longer said."""
    effect = MORE.get(kind, "neutral")
    of = owner(sides, kind, id_, after or before)
    what, name = _WORDS[kind], of if kind == "rights" else sides.name(kind, id_)
    if after is not None:
        sentence = f"A new {what}: {name}."
    else:
        effect, sentence = opposite(effect), f"No longer said: the {what} “{name}”."
    return Change(
        sentence=sentence,
        effect=effect,
        who="everyone",
        before="" if before is None else name,
        after="" if after is None else name,
        place=sides.at(kind, id_, earlier=after is None),
        key=f"{kind}/{id_}",
    )
