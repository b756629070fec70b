"""A change: one fact that differs between two states of a project, and its effect on people."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..findings import Location

Effect = Literal["strengthens", "weakens", "neutral", "unclear"]

Boxes = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]

_OPPOSITE: dict[Effect, Effect] = {"strengthens": "weakens", "weakens": "strengthens"}


class Change(NamedTuple):
    """One fact that differs: in a sentence, for whom, and its effect on people.

    `before` and `after` say the fact in few words, "" where there was none. `place` is in the
    later state, of a removal in the earlier one. `key` stays while ids stay: kind/id/attribute.
    `was` is where the earlier state says it, if it does. `cells` are boxes of the people concerned,
    axis by axis; none if they are not told apart.
    """

    sentence: str
    effect: Effect
    who: str
    before: str
    after: str
    place: Location | None
    key: str
    was: Location | None = None
    cells: Boxes = ()


def opposite(effect: Effect) -> Effect:
    """The effect of the way back."""
    return _OPPOSITE.get(effect, effect)


def effect_of(better: bool | None) -> Effect:
    """Better or worse for people; None if neither can be told."""
    if better is None:
        return "unclear"
    return "strengthens" if better else "weakens"
