"""How two values of one attribute compare: what was added, taken away or changed, and which way.

An order is a function of both values that yields deltas; it knows nothing of sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from ..answers.wording import day
from ..policy.base import Strict
from ..policy.scope import Window
from ..values import Duration
from .change import Effect, effect_of
from .sides import Sides

Turn = Literal["changed", "added", "removed"]
FOREVER = float("inf")
_HYPHENED = frozenset({"e-mail", "opt-in", "opt-out", "de-identified"})


class Delta(NamedTuple):
    """What differs in one attribute, in few words; `path` leads on to a part of it."""

    effect: Effect
    before: str
    after: str
    turn: Turn = "changed"
    path: tuple[str | int, ...] = ()
    who: str = ""


class Pair(NamedTuple):
    """Whose attribute it is: the owner as it was and as it is."""

    sides: Sides
    id: str
    before: Any
    after: Any


Order = Callable[[Any, Any, Pair], Iterable[Delta]]
Absent = Literal["strongest", "weakest", "unclear"]


def plain(value: Any) -> str:
    """A value of a closed list, a date or a yes or no, in words."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return ", ".join(map(plain, value))
    said = str(value)
    return said if said in _HYPHENED else said.replace("-", " ")


def text(value: Any) -> str:
    """An author's words as they stand."""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")


# -- single values -----------------------------------------------------------------------------


def prose(before: Any, after: Any, _: Pair) -> Iterator[Delta]:
    """Words that a person must read."""
    yield Delta("unclear", text(before), text(after))


def label(before: Any, after: Any, _: Pair) -> Iterator[Delta]:
    """What promises nothing to anybody."""
    yield Delta("neutral", _short(before), _short(after))


def _short(value: Any) -> str:
    if isinstance(value, dict | Strict):
        return ""  # whole tables of names: the file shows them better
    return plain(value) if isinstance(value, date) else text(value)


def mixed(words: Mapping[Any, str] | None = None) -> Order:
    """Better for some and worse for others: a person judges."""

    def order(before: Any, after: Any, _: Pair) -> Iterator[Delta]:
        yield Delta("unclear", said_of(before, words), said_of(after, words))

    return order


def said_of(value: Any, words: Mapping[Any, str] | None) -> str:
    return words[value] if words and value in words else plain(value)


def ladder(*rungs: Any, words: Mapping[Any, str] | None = None) -> Order:
    """From the strongest to the weakest; values of one rung are not compared."""
    level = {
        value: n
        for n, rung in enumerate(rungs)
        for value in (rung if isinstance(rung, tuple) else (rung,))
    }

    def order(before: Any, after: Any, _: Pair) -> Iterator[Delta]:
        first, second = level.get(before), level.get(after)
        better = None if first is None or second is None or first == second else second < first
        yield Delta(effect_of(better), said_of(before, words), said_of(after, words))

    return order


def known(better: bool) -> Order:
    """Whether something is said at all counts; a change of its words is for a person to read."""

    def order(before: Any, after: Any, pair: Pair) -> Iterator[Delta]:
        if before and after:
            yield from prose(before, after, pair)
        else:
            yield Delta(effect_of(bool(after) is better), plain_text(before), plain_text(after))

    return order


def plain_text(value: Any) -> str:
    return plain(value) if isinstance(value, date) else text(value)


def nothing_but(nothing: str) -> Order:
    """Text for a cost; one word means that there is none."""

    def order(before: Any, after: Any, pair: Pair) -> Iterator[Delta]:
        if nothing in (before, after):
            yield Delta(effect_of(after == nothing), text(before), text(after))
        else:
            yield from prose(before, after, pair)

    return order


def later(before: date | None, after: date | None, _: Pair) -> Iterator[Delta]:
    """A later day is better, and any day better than none."""
    better = after is not None and (before is None or after > before)
    yield Delta(effect_of(better), plain(before), plain(after))


def span(period: str | None) -> tuple[float, float]:
    """The seconds that a period lasts at least and at most."""
    if period is None or period == "no-limit":
        return FOREVER, FOREVER
    if period == "not-kept":
        return -1, -1
    read = Duration.parse(period)
    return read.shortest, read.longest


def shorter_than(first: str | None, second: str | None) -> bool | None:
    """Whether one period is shorter than another; None if months make it hard to say."""
    (low, high), (other_low, other_high) = span(first), span(second)
    if low <= other_low and high <= other_high:
        return True
    return False if low >= other_low and high >= other_high else None


def period_words(period: str | None) -> str:
    if period is None:
        return ""
    special = {"no-limit": "no limit", "not-kept": "not kept"}
    return special.get(period) or Duration.parse(period).words()


def period(better: Literal["shorter", "longer"], absent: Absent = "unclear") -> Order:
    """A shorter or a longer time is better; the same time in other units is the same."""

    def order(before: str | None, after: str | None, _: Pair) -> Iterator[Delta]:
        if before is None or after is None:
            gain = None if absent == "unclear" else (after is None) is (absent == "strongest")
        elif span(before) == span(after):
            return
        else:
            short = shorter_than(after, before)
            gain = short if short is None else short is (better == "shorter")
        yield Delta(effect_of(gain), period_words(before), period_words(after))

    return order


def window(before: Window | None, after: Window | None, _: Pair) -> Iterator[Delta]:
    """A time within the other is better; no window is all time."""
    inside, around = _within(after, before), _within(before, after)
    better = None if inside == around else inside
    yield Delta(effect_of(better), _window_words(before), _window_words(after))


def _ends(it: Window | None) -> tuple[date, date]:
    first = it.from_ if it and it.from_ else date.min
    return first, it.before if it and it.before else date.max


def _within(inner: Window | None, outer: Window | None) -> bool:
    (first, last), (start, end) = _ends(inner), _ends(outer)
    return start <= first and last <= end


def _window_words(it: Window | None) -> str:
    if it is None:
        return ""
    said = (
        f"from {day(it.from_)}" if it.from_ else "",
        f"before {day(it.before)}" if it.before else "",
    )
    return " and ".join(filter(None, said))


def reach(before: str, after: str, _: Pair) -> Iterator[Delta]:
    """How far back an event takes: one item, then a conversation or a time, then everything."""
    rungs = {"item": 0, "everything": 2}
    first, second = rungs.get(before, 1), rungs.get(after, 1)
    if first != second:
        better: bool | None = second < first
    elif before.startswith("P") and after.startswith("P"):
        if span(before) == span(after):
            return
        better = shorter_than(after, before)
    else:
        better = None
    yield Delta(effect_of(better), _reach_words(before), _reach_words(after))


def _reach_words(far: str) -> str:
    return period_words(far) if far.startswith("P") else plain(far)


def lasts(before: str, after: str, _: Pair) -> Iterator[Delta]:
    """How long a choice holds: until it is changed, for a time, or once."""
    old, new = _lasting(before), _lasting(after)
    if old == new:
        return
    better = None if old is None or new is None else new > old
    yield Delta(effect_of(better), _lasts_words(before), _lasts_words(after))


def _lasting(value: str) -> float | None:
    if value in ("until-changed", "each-time"):
        return FOREVER if value == "until-changed" else -1
    try:
        return Duration.parse(value).longest
    except ValueError:
        return None


def _lasts_words(value: str) -> str:
    return plain(value) if _lasting(value) in (None, FOREVER, -1) else period_words(value)


def part(before: Strict | None, after: Strict | None, pair: Pair) -> Iterator[Delta]:
    """An attribute that is an entity of its own: its attributes are compared; absent is unsaid."""
    yield Delta("unclear", "" if before is None else "said", "" if after is None else "said")
