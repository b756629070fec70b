"""The clicks of a control: on every platform, and in short as the start of an answer."""

from __future__ import annotations

from collections.abc import Iterable

from ..policy.axes import mentioned
from ..policy.choices import Control
from .facts import Facts
from .model import ClickList, Clicks, Sentence
from .wording import depends, path, quoted, series, upper

# A short answer gives so many ways to refuse; of more it says on what they depend.
BOTH = 2


def steps(facts: Facts, control_id: str, title: str = "Step by step") -> ClickList:
    """The clicks of a control on every platform."""
    control = facts.policy.controls[control_id]
    platforms = []
    for how in control.how:
        who = facts.who(how)
        where = "Everywhere" if who == "everyone" else upper(who)
        if how.to:
            act = "to refuse" if how.to == "refused" else "to allow"
            where = upper(act) if who == "everyone" else f"{where}, {act}"
        platforms.append(Clicks(where, tuple(shown(control, how.do)), how.url))
    return ClickList(title, tuple(platforms))


def shown(control: Control, do: list[str]) -> list[str]:
    """The clicks with the control's label in curly quotes."""
    if not control.label:
        return do
    return [text.replace(f'"{control.label}"', quoted(control.label)) for text in do]


def lead(facts: Facts, control_id: str) -> Sentence:
    """The way to refuse, as the bold start of an answer; of ways that differ both, or on what
    they depend."""
    control = facts.policy.controls[control_id]
    ways = [way for way in control.how if way.to != "allowed"] or control.how[:1]
    if facts.who(ways[0]) == "everyone":
        ways = ways[:1]
    readers: dict[tuple[str, ...], list[str]] = {}
    for way in ways:
        readers.setdefault(tuple(shown(control, way.do)), []).append(facts.who(way))
    said = " ".join(_way(series(who, "or"), do) for do, who in readers.items())
    if len(readers) > BOTH:
        scopes = [scope for way in ways for scope in way.scope]
        axes = dict.fromkeys(axis for scope in scopes for axis in sorted(mentioned(scope)))
        said = f"The clicks depend on {depends(axes)}."
    return facts.say("", "controls", control_id, "how", lead=said, link=f"controls/{control_id}")


def _way(who: str, do: Iterable[str]) -> str:
    return f"{'' if who == 'everyone' else f'{upper(who)}: '}{path(list(do))}."
