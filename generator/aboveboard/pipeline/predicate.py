"""Conditions of filters, read with three answers: passes, does not pass, cannot be read.

A filter keeps the rows that match. Whether a row can pass is asked with some of its fields given
and every other one free, so a conjunct decides alone and an OR needs both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple


class Special:
    """A value that no config file writes."""

    def __repr__(self) -> str:
        return "a missing value"


MISSING: Final = Special()


class Other(NamedTuple):
    """Any value but those listed, one that a condition names included."""

    listed: frozenset[Any]

    def __str__(self) -> str:
        return "any other value"


class Span(NamedTuple):
    """A time, as ISO 8601 text: from its first day, up to but not including `before`; "": open."""

    start: str
    before: str

    def holds(self, moment: str) -> bool:
        """Whether a moment lies in it."""
        return self.start <= moment and (not self.before or moment < self.before)

    def covers(self, other: Span) -> bool:
        """Whether all of another time lies in it."""
        ends = not self.before or (other.before != "" and other.before <= self.before)
        return self.start <= other.start and ends

    def meets(self, other: Span) -> bool:
        """Whether they have a day in common."""
        begins = not self.before or not other.start or other.start < self.before
        return begins and (not other.before or not self.start or self.start < other.before)

    def __str__(self) -> str:
        start = [f"from {self.start}"] if self.start else []
        return " and ".join([*start, *([f"before {self.before}"] if self.before else [])])


Outcome = tuple[bool, bool]  # can be true, can be false
_FREE: Outcome = (True, True)
_YES: Outcome = (True, False)
_NO: Outcome = (False, True)


class Is(NamedTuple):
    """`field` is one of `values`; `missing` is the answer for a row without the field.

    `missing` None: the tool's answer could not be read.
    """

    field: str
    values: frozenset[Any]
    missing: bool | None = False

    def __str__(self) -> str:
        said = ", ".join(sorted(spelled(v) for v in self.values))
        return f"{self.field} is {said or 'none of any value'}"


class Not(NamedTuple):
    part: Predicate

    def __str__(self) -> str:
        return f"not ({self.part})"


class All(NamedTuple):
    parts: tuple[Predicate, ...]
    kind: Literal["all"] = "all"  # tuples of the same values are equal: this keeps kinds apart

    def __str__(self) -> str:
        return " and ".join(map(str, self.parts)) or "true"


class AnyOf(NamedTuple):
    parts: tuple[Predicate, ...]
    kind: Literal["any"] = "any"

    def __str__(self) -> str:
        return " or ".join(f"({p})" for p in self.parts) or "false"


class Unreadable(NamedTuple):
    """A condition that could not be read; `fields` are those that it names, if known."""

    text: str
    fields: frozenset[str] = frozenset()
    kind: Literal["unreadable"] = "unreadable"

    def __str__(self) -> str:
        return self.text


class Measured(NamedTuple):
    """A condition on something computed from the row, such as its length: any row may pass."""

    text: str
    fields: frozenset[str] = frozenset()
    kind: Literal["measured"] = "measured"

    def __str__(self) -> str:
        return self.text


Predicate = Is | Not | All | AnyOf | Unreadable | Measured


def can_pass(predicate: Predicate, row: dict[str, Any], *, doubt_blocks: bool) -> bool:
    """Whether a row with these values can pass, every other field free.

    What cannot be read counts as blocking if `doubt_blocks`, else as letting pass.
    """
    return _outcome(predicate, row, doubt_blocks)[0]


def _outcome(predicate: Predicate, row: dict[str, Any], doubt_blocks: bool) -> Outcome:
    if isinstance(predicate, Is):
        return _is_outcome(predicate, row, doubt_blocks)
    if isinstance(predicate, Not):
        true, false = _outcome(predicate.part, row, not doubt_blocks)
        return (false, true)
    if isinstance(predicate, All):
        parts = [_outcome(p, row, doubt_blocks) for p in predicate.parts]
        return (all(t for t, _ in parts), any(f for _, f in parts))
    if isinstance(predicate, AnyOf):
        parts = [_outcome(p, row, doubt_blocks) for p in predicate.parts]
        return (any(t for t, _ in parts), all(f for _, f in parts))
    if isinstance(predicate, Unreadable) and not (
        predicate.fields and predicate.fields.isdisjoint(row)
    ):
        return _NO if doubt_blocks else _YES
    return _FREE  # it decides on something else


def _is_outcome(atom: Is, row: dict[str, Any], doubt_blocks: bool) -> Outcome:
    if atom.field not in row:
        return _FREE
    value = row[atom.field]
    if value is MISSING:
        if atom.missing is None:
            return _NO if doubt_blocks else _YES
        return _YES if atom.missing else _NO
    if isinstance(value, Other):  # and of all others there is always one that is not named here
        return _NO if atom.values <= value.listed else _FREE
    if value in atom.values and _same(value, atom.values):
        return _YES
    spans = [v for v in atom.values if isinstance(v, Span)]
    if isinstance(value, Span):
        if any(span.covers(value) for span in spans):
            return _YES
        return _FREE if any(s.meets(value) for s in spans) or len(spans) < len(atom.values) else _NO
    if spans and any(span.holds(str(value)) for span in spans):
        return _YES
    if any(_nearly(value, v) for v in atom.values):  # tools differ in whether "true" is true
        return _NO if doubt_blocks else _YES
    return _NO


def _same(value: Any, values: frozenset[Any]) -> bool:
    """Whether an equal value is the same one to every tool: 1 and true are not."""
    if not isinstance(value, bool | int | float) or value not in (0, 1):
        return True
    return any(v == value and isinstance(v, bool) == isinstance(value, bool) for v in values)


def _nearly(one: Any, other: Any) -> bool:
    """Whether two values of different types are the same to some tools: true, 1 and "true"."""
    if isinstance(one, Special | Other) or type(one) is type(other):
        return False
    return bool(one == other) or str(one).lower() == str(other).lower()


def parts_of(predicate: Predicate) -> Iterator[Is | Unreadable | Measured]:
    """The conditions that it is put together from."""
    if isinstance(predicate, Not):
        yield from parts_of(predicate.part)
    elif isinstance(predicate, All | AnyOf):
        for part in predicate.parts:
            yield from parts_of(part)
    else:
        yield predicate


def fields_of(predicate: Predicate) -> Iterator[str]:
    """Every field that the condition names."""
    for part in parts_of(predicate):
        yield from (part.field,) if isinstance(part, Is) else part.fields


def keeps(where: dict[str, Any], missing: bool | None) -> Predicate:
    """The condition `where: {field: value or values}`: every field is one of its values.

    A value that is no plain one is not read; the other conditions still hold.
    """
    atoms: list[Predicate] = []
    for name, wanted in where.items():
        values = [_span(v) for v in (wanted if isinstance(wanted, list) else [wanted])]
        if all(isinstance(v, str | int | float | Span) for v in values):
            atoms.append(Is(name, frozenset(values), missing))
        else:
            atoms.append(Unreadable(f"{name} is {wanted}", frozenset((name,))))
    return atoms[0] if len(atoms) == 1 else All(tuple(atoms))


def _span(value: Any) -> Any:
    """`{from: DAY, before: DAY}` as the time that it means."""
    if isinstance(value, dict) and value and value.keys() <= {"from", "before"}:
        edges = [value.get("from", ""), value.get("before", "")]
        if all(isinstance(edge, str) for edge in edges):
            return Span(*edges)
    return value


def spelled(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return '""' if value == "" else str(value)
