"""What a SELECT reads: its tables and queries by the names it gives them, and their columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sqlglot import exp

from .catalog import Default, Relation
from .names import Names

Kind = Literal["from", "inner", "left", "right", "full", "semi", "anti"]


@dataclass(slots=True, eq=False, repr=False)
class Source:
    """One table or query; its fields carry its `label`, which no other has.

    made: its rows are made of a value of those before it, such as UNNEST. keys: the columns on
    which it, or another, is joined, by the name that both sides give them; pairs: those of its own
    join, and `on` what has to hold besides.
    """

    alias: str
    node: exp.Expr
    relation: Relation
    kind: Kind = "from"
    made: exp.Expr | None = None
    used: dict[str, None] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    on: list[exp.Expr] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)
    using: tuple[str, ...] = ()
    star: bool = False
    lone: bool = False  # the query of a single value, which may give none
    label: str = ""

    def may_have(self, name: str) -> bool:
        return not self.relation.complete or self.has(name)

    def has(self, name: str) -> bool:
        return name in self.relation.columns


class Sources:
    """The sources of one SELECT; `prefixed` says that fields carry the name of their source."""

    def __init__(self, names: Names, around: frozenset[str] = frozenset()) -> None:
        self.names, self.around = names, around
        self.all: list[Source] = []
        self.prefixed = False
        self.looked_up: list[list[tuple[Source, str]]] = []
        self.inner: list[Source] = []  # those of a condition's own query, seen first

    @property
    def aliases(self) -> Iterator[str]:
        """What its sources are called."""
        return (source.alias for source in self.all)

    def add(self, source: Source) -> Source:
        taken = {other.label for other in self.all}
        source.label, count = source.alias, 1
        while source.label in taken:  # the query of a condition may use a name again
            count += 1
            source.label = f"{source.alias}-{count}"
        self.all.append(source)
        return source

    def field(self, source: Source, name: str) -> str:
        """The field of a column while the SELECT works on it."""
        return f"{source.label}:{name}" if self.prefixed else name

    def resolve(self, column: exp.Column) -> tuple[str, ...]:
        """The fields that a column may be; it is one of them. None: nobody knows it."""
        if "field" in column.meta:
            return (str(column.meta["field"]),)
        return tuple(self.field(source, name) for source, name in self.places(column))

    def places(self, column: exp.Column) -> list[tuple[Source, str]]:
        """Sources that may have the column, with its name there."""
        number = column.meta.get("places")
        if number is None:
            found = list(self._places(column))
            for source, name in found:
                source.used[name] = None
            if not found:
                column.meta["lost"] = True
            number = self.settle(column, found)
        return self.looked_up[number]

    def settle(self, column: exp.Column, found: list[tuple[Source, str]]) -> int:
        """Says what a column is, once for it and for all its copies."""
        self.looked_up.append(found)
        column.meta["places"] = number = len(self.looked_up) - 1
        return number

    def _places(self, column: exp.Column) -> Iterator[tuple[Source, str]]:
        parts = [part for part in column.parts if isinstance(part, exp.Expr)]
        words = [self.names.column(part) for part in parts]
        for at in range(len(words) - 1):  # `schema.table.column`, or `table.column.part`
            if source := self._named(words[at], parts[: at + 1]):
                if source.may_have(words[at + 1]):
                    yield source, self._path(words[at + 1 :])
                return
        if len(words) > 1 and words[0] in self.around:
            return
        name = self._path(words)
        yield from self._unqualified(words[0], name)

    @staticmethod
    def _path(words: list[str]) -> str:
        return ".".join(words)

    def _named(self, word: str, parts: list[exp.Expr]) -> Source | None:
        for group in (self.inner, self.all):
            for source in group:
                if source.alias == word and (len(parts) == 1 or _is_table(source.node)):
                    return source
        return None

    def _unqualified(self, top: str, name: str) -> Iterator[tuple[Source, str]]:
        for group in (self.inner, [s for s in self.all if s.kind not in ("semi", "anti")]):
            using = [s for s in group if top in s.using]
            if using:
                first = using[0] if using[0].kind == "right" else group[0]
                yield first, name
                if using[0].kind == "full":
                    yield using[0], name
                return
            sure = [s for s in group if s.has(top)]
            if not sure and any(s.alias == top and s.made is None for s in group):
                return  # `select t from t`: all of a row
            found = sure or [s for s in group if s.may_have(top)]
            if found:
                yield from ((s, name) for s in found)
                return

    def default_of(self) -> dict[str, Default]:
        """Field -> what stands there for a missing value."""
        found = {}
        for number, source in enumerate(self.all):
            outer = source.kind in ("left", "full", "anti") or source.lone
            outer = outer or any(s.kind in ("right", "full") for s in self.all[number + 1 :])
            for name, default in source.relation.defaults.items():
                or_null = default.or_null or outer
                found[self.field(source, name)] = Default(default.value, or_null)
        return found


def _is_table(node: exp.Expr) -> bool:
    return isinstance(node, exp.Table)
