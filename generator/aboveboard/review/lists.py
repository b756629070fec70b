"""How two lists compare: what joined, what left, and what changed of that which stayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..answers.terms import PARAMETERS
from ..answers.wording import rate
from ..policy.base import Strict
from ..policy.schema import fields_of
from .change import Effect, effect_of, opposite
from .orders import Delta, Order, Pair, prose, said_of, text


def several(
    better: Literal["fewer", "more"] | None,
    kind: str = "",
    words: Mapping[Any, str] | None = None,
    empty: Literal["none", "all", "unsaid"] = "none",
) -> Order:
    """A list whose order means nothing: what joins it and what leaves it are changes apart.

    An empty one has nothing in it, has everything in it, or says nothing.
    """
    joined: Effect = "unclear" if better is None else effect_of(better == "more")

    def order(before: Sequence[Any], after: Sequence[Any], pair: Pair) -> Iterator[Delta]:
        def said(values: Iterable[Any]) -> str:
            return pair.sides.named(kind, [said_of(v, words) if not kind else v for v in values])

        if empty != "none" and not (before and after):
            effect: Effect = "unclear" if empty == "unsaid" else joined
            gone = bool(after)  # what was all, or unsaid, is now a list
            effect = opposite(effect) if gone else effect
            yield Delta(effect, said(before) or _NO_LIST[empty], said(after) or _NO_LIST[empty])
            return
        if fresh := [value for value in after if value not in before]:
            yield Delta(joined, "", said(fresh), "added")
        if gone_ := [value for value in before if value not in after]:
            yield Delta(opposite(joined), said(gone_), "", "removed")

    return order


_NO_LIST = {"all": "everything", "unsaid": ""}


def statements(better: Literal["fewer", "more"] | None) -> Order:
    """A list of an author's sentences: one that is only longer or shorter has a direction."""
    joined: Effect = "unclear" if better is None else effect_of(better == "more")

    def order(before: Sequence[str], after: Sequence[str], pair: Pair) -> Iterator[Delta]:
        fresh = [value for value in after if value not in before]
        gone = [value for value in before if value not in after]
        if fresh and gone:
            yield from prose(gone, fresh, pair)
        elif fresh:
            yield Delta(joined, "", text(fresh), "added")
        elif gone:
            yield Delta(opposite(joined), text(gone), "", "removed")

    return order


def numbers(larger_protects: Mapping[str, bool]) -> Order:
    """Named numbers, each with its own direction; to have one is better than to have none."""

    def order(before: Mapping[str, float], after: Mapping[str, float], _: Pair) -> Iterator[Delta]:
        for name in dict.fromkeys((*after, *before)):
            old, new = before.get(name), after.get(name)
            if old == new:
                continue
            if old is None or new is None:
                better = old is None
            else:
                better = (new > old) is larger_protects[name]
            yield Delta(effect_of(better), _number(name, old), _number(name, new), path=(name,))

    return order


def _number(name: str, value: float | None) -> str:
    if value is None:
        return ""
    if name == "sample-rate":
        shown = rate(value, "record ")
    else:
        shown = rate(value) if name == "recall" else f"{value:,.10g}"
    return PARAMETERS[name].format(shown)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A list of which each part is about one or several things: compared thing by thing.

    `key` is the attribute that names them, `more` the effect of one thing more, `orders` how the
    other attributes compare.
    """

    key: str
    kind: str
    more: Effect
    orders: Mapping[str, Order]

    def __call__(
        self, before: Sequence[Strict], after: Sequence[Strict], pair: Pair
    ) -> Iterator[Delta]:
        old, new = self._by_thing(before), self._by_thing(after)
        named = pair.sides.named
        fresh = [thing for thing in new if thing not in old]
        gone = [thing for thing in old if thing not in new]
        if fresh and gone and not self.kind:  # named in an author's words, not by ids
            yield from prose(gone, fresh, pair)
        else:
            if fresh:
                yield Delta(self.more, "", named(self.kind, fresh), "added")
            if gone:
                yield Delta(opposite(self.more), named(self.kind, gone), "", "removed")
        found: dict[Delta, list[str]] = {}
        for thing in (thing for thing in new if thing in old):
            for delta in self._changed(old[thing], new[thing], pair):
                found.setdefault(delta, []).append(thing)
        for delta, things in found.items():
            of = named(self.kind, things)
            yield delta._replace(
                before=f"{of}: {delta.before or 'none'}", after=f"{of}: {delta.after or 'none'}"
            )

    def _by_thing(self, parts: Sequence[Strict]) -> dict[str, Strict]:
        found: dict[str, Strict] = {}
        for part in parts:
            things = getattr(part, self.key)
            for thing in things if isinstance(things, list) else [things]:
                found[thing] = part
        return found

    def _changed(self, before: Strict, after: Strict, pair: Pair) -> Iterator[Delta]:
        for field in fields_of(type(after).__name__):
            old, new = getattr(before, field.name), getattr(after, field.name)
            if field.name in self.orders and old != new:
                for delta in self.orders[field.name](old, new, pair):
                    yield delta._replace(path=(field.key,), turn="changed")
