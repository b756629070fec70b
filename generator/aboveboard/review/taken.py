"""Orders that look beyond one value: answers of lines, data and steps of routes, scopes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..answers.wording import lower, path, state_words
from ..policy.bindings import Flag
from ..policy.choices import Control, Keep, Retention
from ..policy.entities import Line
from ..policy.model import Policy
from ..policy.scope import Scope
from ..proof.claims import Door, doors
from .change import effect_of, opposite
from .lists import several
from .orders import Delta, Pair, period, period_words, shorter_than
from .sides import Sides

# What is not there is less than a promised "never", and more than any use.
_RUNGS = {"never": 0, None: 1, "ask": 2, "opt-in": 3, "opt-out": 4, "always": 5}
_more_steps = several("more", "steps")
_PERIODS = {"no-limit": "without a limit", "not-kept": "not at all"}
_shorter = period("shorter")


# -- lines ---------------------------------------------------------------------------------------


def state(before: str | None, after: str | None, pair: Pair) -> Iterator[Delta]:
    """From "never" to "always"; a line that was not there said nothing."""
    if before != after:
        better = _RUNGS[after] < _RUNGS[before]
        yield Delta(effect_of(better), _answer(pair, pair.before), _answer(pair, pair.after))


def control(before: Sequence[str], after: Sequence[str], pair: Pair) -> Iterator[Delta]:
    """More ways to refuse are better; of ways to allow, fewer. With another state it is that."""
    line: Line = pair.after
    if pair.before is None or pair.before.state != line.state or set(before) == set(after):
        return
    better: bool | None = None
    if set(before) < set(after):
        better = line.state == "opt-out"
    elif set(after) < set(before):
        better = line.state != "opt-out"
    yield Delta(effect_of(better), _answer(pair, pair.before), _answer(pair, line))


def _answer(pair: Pair, line: Line | None) -> str:
    """Like "yes, unless you switch it off", with the controls where they are several."""
    if line is None:
        return ""
    known = [_control(pair.sides, id_) for id_ in line.control]
    words = lower(state_words(line.state, [c for c in known if c])).rstrip(".")
    if not known or _controls(pair.before) == _controls(pair.after):
        return words
    return f"{words} ({pair.sides.named('controls', line.control, 'or')})"


def _controls(line: Line | None) -> set[str]:
    return set(line.control) if line else set()


def _control(sides: Sides, id_: str) -> Control | None:
    return sides.after.controls.get(id_) or sides.before.controls.get(id_)


# -- routes --------------------------------------------------------------------------------------


def door(policy: Policy, key: str) -> Door | None:
    """A route by its key, `use` or `use/route`."""
    use, _, route = key.partition("/")
    found = doors(policy, use) if use in policy.uses else iter(())
    return next((door for door in found if door.route == route), None)


def open_to(sides: Sides, key: str, *, earlier: bool) -> str:
    """Whom a route takes data of; "" if it is closed to everyone."""
    it = door(sides.before if earlier else sides.after, key)
    if it is None or it.closed:
        return ""
    return sides.who(it.lines, [line.state != "never" for line in it.lines], earlier=earlier)


def data(_before: Any, _after: Any, pair: Pair) -> Iterator[Delta]:
    """Data that a route takes: less is better; of a route closed to all, more is promised."""
    old, new = door(pair.sides.before, pair.id), door(pair.sides.after, pair.id)
    if old is None or new is None:
        return
    named = pair.sides.named
    if fresh := [item for item in new.data if item not in old.data]:
        who = open_to(pair.sides, pair.id, earlier=False)
        yield Delta(effect_of(not who), "", named("data", fresh), "added", who=who)
    if gone := [item for item in old.data if item not in new.data]:
        who = open_to(pair.sides, pair.id, earlier=True)
        yield Delta(opposite(effect_of(not who)), named("data", gone), "", "removed", who=who)


def steps(_before: Any, _after: Any, pair: Pair) -> Iterator[Delta]:
    """The protections of a route: its own, or those of the use as they were and are."""
    old, new = door(pair.sides.before, pair.id), door(pair.sides.after, pair.id)
    if old and new:
        yield from _more_steps(list(old.steps), list(new.steps), pair)


def unless(before: str | None, after: str | None, pair: Pair) -> Iterator[Delta]:
    """An event that lets data in: none is better."""
    first, second = (pair.sides.name("events", e) if e else "" for e in (before, after))
    better = None if before and after else after is None
    yield Delta(effect_of(better), first, second)


def event(before: str | None, after: str | None, pair: Pair) -> Iterator[Delta]:
    """What opens a route; a person judges which is better."""
    first, second = (pair.sides.name("events", e) if e else "" for e in (before, after))
    yield Delta("unclear", first, second)


def becomes(before: str | None, after: str | None, pair: Pair) -> Iterator[Delta]:
    """The data that an event makes of other data."""
    first, second = (pair.sides.name("data", d) if d else "" for d in (before, after))
    yield Delta("unclear", first, second)


# -- scopes, clicks, periods -------------------------------------------------------------------


def scope(_before: Any, _after: Any, pair: Pair) -> Iterator[Delta]:
    """Who can use something: more people is better."""
    cells = pair.sides.cells([pair.before], [pair.after])
    if cells is None:
        yield Delta("unclear", "", "")
        return
    for piece in cells.pieces([pair.before], [pair.after]):
        who = cells.words(piece.cells)
        if piece.after and not piece.before:
            yield Delta("strengthens", "", who, "added", who=who)
        elif piece.before and not piece.after:
            yield Delta("weakens", who, "", "removed", who=who)


def people(before: list[Scope], after: list[Scope], pair: Pair) -> Iterator[Delta]:
    """Of whom something tells that promises nothing by itself."""
    if before != after:
        old, new = pair.sides.described(before, earlier=True), pair.sides.described(after)
        yield Delta("neutral", old, new)


def impossible(before: list[Scope], after: list[Scope], pair: Pair) -> Iterator[Delta]:
    """Combinations that nobody is in: whoever comes or goes, a person must judge."""
    if fresh := [it for it in after if it not in before]:
        yield Delta("unclear", "", pair.sides.described(fresh), "added")
    if gone := [it for it in before if it not in after]:
        yield Delta("unclear", pair.sides.described(gone, earlier=True), "", "removed")


def clicks(before: list[str], after: list[str], _: Pair) -> Iterator[Delta]:
    """Fewer steps are easier; as many, but others, are for a person to read."""
    better = None if len(before) == len(after) else len(after) < len(before)
    yield Delta(effect_of(better), path(before), path(after))


def kept(before: str, after: str, pair: Pair) -> Iterator[Delta]:
    """A shorter time is better."""
    for delta in _shorter(before, after, pair):
        yield delta._replace(before=_kept_words(before), after=_kept_words(after))


def _kept_words(text: str) -> str:
    return _PERIODS.get(text) or period_words(text)


def kept_row(row: Retention) -> str:
    """How long a row keeps data, its event aside."""
    return _kept_words(row.keep.default if row.keep else "no-limit")


def options(before: list[str], after: list[str], pair: Pair) -> Iterator[Delta]:
    """Periods that can be chosen: one below the default is better to have than not."""
    joined = [(p, pair.after, True) for p in after if p not in before]
    left = [(p, pair.before, False) for p in before if p not in after]
    found: dict[tuple[bool | None, bool], list[str]] = {}
    for text, keep, is_new in (*joined, *left):
        better = True if _below(text, keep) else None
        found.setdefault((better if is_new or better is None else False, is_new), []).append(text)
    for (better, is_new), texts in found.items():
        words = pair.sides.named("", map(period_words, texts))
        first, second = ("", words) if is_new else (words, "")
        yield Delta(effect_of(better), first, second, "added" if is_new else "removed")


def _below(text: str, keep: Keep) -> bool:
    return shorter_than(text, keep.default) is True


def flags(before: dict[str, Flag], after: dict[str, Flag], _: Pair) -> Iterator[Delta]:
    """Where a choice is read: only what a missing one counts as changes something for people."""
    for id_ in dict.fromkeys((*after, *before)):
        old, new = before.get(id_), after.get(id_)
        if old == new:
            continue
        first, second = old.missing if old else "", new.missing if new else ""
        if old and new and first != second:
            better = second == "refused"
            yield Delta(effect_of(better), first, second, path=(id_, "missing"))
        else:
            yield Delta("neutral", "", "", path=(id_,))


def sets(before: dict[str, str], after: dict[str, str], pair: Pair) -> Iterator[Delta]:
    """The choices that an event sets: to refused is better than none, none better than allowed."""
    rank = {"refused": 2, "": 1, "allowed": 0}
    for id_ in dict.fromkeys((*after, *before)):
        old, new = before.get(id_, ""), after.get(id_, "")
        if old != new:
            better = rank[new] > rank[old]
            name = pair.sides.name("controls", id_)
            first, second = (f"{name}: {position}" if position else "" for position in (old, new))
            yield Delta(effect_of(better), first, second, path=(id_,))


def by_key(before: dict[str, str], after: dict[str, str], _: Pair) -> Iterator[Delta]:
    """Words under keys, each for a person to read."""
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            yield Delta("unclear", old, new, path=(key,))
