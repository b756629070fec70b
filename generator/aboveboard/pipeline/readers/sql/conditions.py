"""Conditions of SQL as predicates. SQL knows three answers: `true_when` are the rows for which a
condition is true, which is what a query keeps, and `false_when` those for which it is false; a row
for which it is null is in neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from sqlglot import exp
from sqlglot.errors import ErrorLevel

from ...predicate import All, AnyOf, Is, Measured, Not, Predicate, Span, Unreadable
from .catalog import Default
from .trees import columns_in, plain

EVERYTHING: Final = All(())
NOTHING: Final = AnyOf(())
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_NO_VALUE: Final = object()
_ANY_CASE: Final = frozenset({"mysql", "tsql", "fabric", "singlestore", "doris", "starrocks"})
_SWAPPED: Final[dict[Any, type[exp.Expr]]] = {
    exp.GT: exp.LT, exp.LT: exp.GT, exp.GTE: exp.LTE, exp.LTE: exp.GTE,
    exp.EQ: exp.EQ, exp.NEQ: exp.NEQ, exp.NullSafeEQ: exp.NullSafeEQ,
    exp.NullSafeNEQ: exp.NullSafeNEQ,
}  # fmt: skip


class Term(NamedTuple):
    """A field, and what stands for it where it is missing; None: nothing does."""

    field: str
    default: Default | None = None

    def missing(self, values: frozenset[Any], null: bool) -> bool | None:
        """Whether a row without the field counts as having one of these values, if one that is
        null counts as `null`; None: nobody knows which of the two it is."""
        if self.default is None:
            return null
        counts = self.default.value in values
        return None if self.default.or_null and counts != null else counts


Resolve = Callable[[exp.Column], tuple[str, ...]]


class Conditions:
    """Reads conditions over columns that `resolve` finds; `defaults` are those of fields."""

    def __init__(self, resolve: Resolve, dialect: str, defaults: Mapping[str, Default]) -> None:
        self.resolve, self.defaults = resolve, defaults
        self.any_case = dialect in _ANY_CASE

    def true_when(self, node: exp.Expr) -> Predicate:
        """The rows that a query with this condition keeps."""
        return self._read(node, True)

    def false_when(self, node: exp.Expr) -> Predicate:
        """The rows for which the condition is false, and not null."""
        return self._read(node, False)

    def _read(self, node: exp.Expr, wanted: bool) -> Predicate:
        node = node.unnest()
        if isinstance(node, exp.And | exp.Or):
            parts = tuple(self._read(part, wanted) for part in node.flatten())
            return All(parts) if isinstance(node, exp.And) == wanted else AnyOf(parts)
        if isinstance(node, exp.Not):
            return self._read(node.this, not wanted)
        if isinstance(node, exp.Boolean | exp.Null):
            holds = isinstance(node, exp.Boolean) and bool(node.this) == wanted
            return EVERYTHING if holds else NOTHING
        handler = _HANDLERS.get(type(node))
        found = handler(self, node, wanted) if handler else self._flag(node, wanted)
        return found if found is not None else self.unread(node)

    def unread(self, node: exp.Expr) -> Predicate:
        """A condition that is not understood; one without columns decides on nobody. A query within
        may decide on anything."""
        if node.find(exp.Query) is not None:
            return Unreadable(_short(node))
        fields = frozenset(f for column in columns_in(node) for f in self.resolve(column))
        text = _short(node)
        return Unreadable(text, fields) if fields else Measured(text)

    # -- terms -------------------------------------------------------------------------------

    def term(self, node: exp.Expr) -> Term | None:
        """The field that an expression stands for, if it is one."""
        node = node.unnest()
        if isinstance(node, exp.Coalesce):
            return self._coalesced(node)
        if not isinstance(node := plain(node), exp.Column):
            return None
        fields = self.resolve(node)
        if len(fields) != 1:
            return None
        return Term(fields[0], self.defaults.get(fields[0]))

    def _coalesced(self, node: exp.Coalesce) -> Term | None:
        first, others = self.term(node.this), [constant(e) for e in node.expressions]
        if first is None or any(value is _NO_VALUE for value in others):
            return None
        value = next((v for v in others if v is not None), None)
        if value is None or (first.default and not first.default.or_null):
            return first
        if first.default and first.default.value != value:
            return None
        return Term(first.field, Default(value))

    # -- atoms -------------------------------------------------------------------------------

    def _is(self, term: Term, values: frozenset[Any], wanted: bool) -> Predicate:
        """`term in values` is true, or is false."""
        found = Is(term.field, values, term.missing(values, not wanted))
        return found if wanted else Not(found)

    def _spellings(self, value: Any) -> frozenset[Any]:
        if isinstance(value, str) and self.any_case:
            return frozenset((value, value.lower(), value.upper(), value.title()))
        return frozenset((value,))

    def _flag(self, node: exp.Expr, wanted: bool) -> Predicate | None:
        term = self.term(node)
        return self._is(term, frozenset((wanted,)), True) if term else None

    def _compare(self, node: exp.Expr, wanted: bool) -> Predicate | None:
        kind, left, right = type(node), node.this, node.expression
        term, value = self.term(left), constant(right)
        if term is None:
            term, value, kind = self.term(right), constant(left), _SWAPPED.get(kind, kind)
        if term is None or value is _NO_VALUE:
            return None
        return self._compared(kind, term, value, wanted)

    def _compared(
        self, kind: type[exp.Expr], term: Term, value: Any, wanted: bool
    ) -> Predicate | None:
        if kind in (exp.NullSafeEQ, exp.NullSafeNEQ):
            return self._distinct(term, value, (kind is exp.NullSafeEQ) == wanted)
        if value is None:
            return NOTHING  # a comparison with null is never true, and never false
        if kind in (exp.EQ, exp.NEQ):
            return self._is(term, self._spellings(value), (kind is exp.EQ) == wanted)
        span = _span(kind, value)
        return self._is(term, frozenset((span,)), wanted) if span else None

    def _distinct(self, term: Term, value: Any, same: bool) -> Predicate:
        """`is not distinct from`: a missing value is one like any other."""
        if value is None:
            found: Predicate = self._null(term)
        else:
            spelled = self._spellings(value)
            found = Is(term.field, spelled, term.missing(spelled, False))
        return found if same else Not(found)

    @staticmethod
    def _null(term: Term) -> Predicate:
        if term.default is None:
            return Is(term.field, frozenset(), True)
        return Is(term.field, frozenset(), None) if term.default.or_null else NOTHING

    def _test(self, node: exp.Expr, wanted: bool) -> Predicate | None:
        """`is null`, `is true`, `is false`: these are never null."""
        value = node.expression
        if isinstance(value, exp.Boolean):
            found = self._read(node.this, bool(value.this))
            return found if wanted else Not(found)
        term = self.term(node.this)
        if term is None or not isinstance(value, exp.Null):
            return None
        found = self._null(term)
        return found if wanted else Not(found)

    def _within(self, node: exp.Expr, wanted: bool) -> Predicate | None:
        term, values = self.term(node.this), [constant(e) for e in node.expressions]
        query = node.args.get("query") or node.args.get("unnest")
        if term is None or query is not None or any(value is _NO_VALUE for value in values):
            return None
        known = [value for value in values if value is not None]
        if not wanted and len(known) < len(values):
            return NOTHING  # `not in` with a null among the values is never true
        spelled = frozenset[Any]().union(*map(self._spellings, known))
        return self._is(term, spelled, wanted)

    def _between(self, node: exp.Expr, wanted: bool) -> Predicate | None:
        if node.args.get("symmetric"):
            return None
        bounds = (exp.GTE(this=node.this, expression=node.args["low"]),
                  exp.LTE(this=node.this, expression=node.args["high"]))  # fmt: skip
        parts = tuple(self._read(bound, wanted) for bound in bounds)
        return All(parts) if wanted else AnyOf(parts)


_HANDLERS: Final[dict[type[exp.Expr], Callable[[Conditions, Any, bool], Predicate | None]]] = {
    **dict.fromkeys(_SWAPPED, Conditions._compare),
    exp.Is: Conditions._test,
    exp.In: Conditions._within,
    exp.Between: Conditions._between,
}


def constant(node: exp.Expr | None) -> Any:
    """The value that an expression always has, None for null; `_NO_VALUE` if it has not."""
    node = node.unnest() if node is not None else exp.Null()
    if isinstance(node, exp.Null):
        return None
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal):
        return str(node.this.this) if node.this.is_string else _NO_VALUE
    if isinstance(node, exp.Neg):
        value = constant(node.this)
        return -value if isinstance(value, int | float) else _NO_VALUE
    if not isinstance(node, exp.Literal):
        return _NO_VALUE
    if node.is_string:
        return _NO_VALUE if re.search(r"\$\{|\{\{", node.this) else str(node.this)
    try:
        return int(node.this)
    except ValueError:
        pass
    try:
        return float(node.this)
    except ValueError:
        return _NO_VALUE


def is_constant(node: exp.Expr | None) -> bool:
    """Whether an expression has a value that can be read."""
    return constant(node) is not _NO_VALUE


def _span(kind: type[exp.Expr], value: Any) -> Span | None:
    """The days for which a comparison with a day is true; a moment of that day may be either."""
    if not isinstance(value, str) or not _DAY.match(value):
        return None
    spans: dict[Any, Span] = {exp.GTE: Span(value, ""), exp.LT: Span("", value)}
    return spans.get(kind)


def _short(node: exp.Expr) -> str:
    text = " ".join(node.sql(unsupported_level=ErrorLevel.IGNORE).split())
    return text if len(text) <= 80 else f"{text[:77]}..."
