"""Claims whose verdict moved: by another policy, or by other settings under the same words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..findings import Location
from ..project import Project
from ..proof.model import FAILING, VERDICTS, Judged, Verdict
from .change import Effect, effect_of

Side = Literal["before", "after"]


class Place(NamedTuple):
    """A place in one of the states, and what is said there."""

    side: Side
    location: Location


class Moved(NamedTuple):
    """A claim that both states make, or a new one that fails; `why` is of the worse verdict.

    `places` are the words and the settings that decide, in either state; `others` are the claims
    that moved in the same way for what is written at the same places.
    """

    claim: str
    statement: str
    effect: Effect
    before: Verdict | None
    after: Verdict
    why: str
    places: tuple[Place, ...]
    others: tuple[str, ...] = ()


def moved(before: Project, after: Project) -> list[Moved]:
    """Every claim whose verdict differs, in order of id; one fault is told once."""
    old, new = before.proof.judged, after.proof.judged
    found: dict[object, list[Moved]] = {}
    for each in _moved(old, new) if old and new else ():
        found.setdefault((each.before, each.after, each.places), []).append(each)
    return [
        first._replace(others=tuple(other.claim for other in others))
        for first, *others in found.values()
    ]


def _moved(old: dict[str, Judged], new: dict[str, Judged]) -> Iterator[Moved]:
    for id_, now in new.items():
        was = old.get(id_)
        if was.verdict == now.verdict if was else now.verdict not in FAILING:
            continue
        better = was is not None and VERDICTS.index(now.verdict) > VERDICTS.index(was.verdict)
        yield Moved(
            id_,
            now.claim.statement,
            effect_of(better),
            was.verdict if was else None,
            now.verdict,
            (was.why if better and was else now.why) or now.why,
            (*_places("after", now), *(_places("before", was) if was else ())),
        )


def _places(side: Side, judged: Judged) -> Iterator[Place]:
    yield Place(side, judged.claim.place)
    facts = [judged.culprit] if judged.culprit else judged.evidence
    for fact in facts[:1]:
        yield Place(side, fact.location._replace(message=fact.text))
