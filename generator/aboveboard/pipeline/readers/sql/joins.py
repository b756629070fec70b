"""The steps that join the sources of a SELECT one after the other, and those that filter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlglot import exp

from ...predicate import All, AnyOf, Is, Measured, Not, Predicate, fields_of
from .gathering import Gathering
from .sources import Source
from .trees import columns_in

if TYPE_CHECKING:
    from .conditions import Conditions


class Joins(Gathering):
    """Joins what was gathered."""

    def join(self, conditions: Conditions) -> str:
        """The node where all sources have been joined."""
        node = ""
        for source in self.sources.all:
            if source.made is not None:
                node = self._unnest(source, node)
            elif not node:
                node = self.scan(source)
            else:
                node = self._joined(source, node, conditions)
        return node

    def scan(self, source: Source) -> str:
        """The rows of a source, with its columns under the names that the SELECT gives them."""
        node, relation = source.relation.node, source.relation
        if not self.sources.prefixed:
            return node
        name = f"{self.scope.name}/from {source.label}"
        fact = self.text.fact(f"reads {source.alias}", source.node)
        if source.kind == "anti":
            source.used |= dict.fromkeys(relation.columns)
        if not relation.complete and not source.star:
            fields = tuple(map(relation.source, source.used))
            node = self.builder.step(f"{name}, columns", "allow-fields", fact, node,
                                     fields=fields).id  # fmt: skip
        writes = {self.sources.field(source, c): (relation.source(c),) for c in source.used}
        writes |= {key: (column,) for key, column in source.keys.items()}
        if not writes:
            return node
        return self.builder.step(name, "rename", fact, node, writes=writes).id

    def _unnest(self, source: Source, node: str) -> str:
        assert source.made is not None
        fields = tuple(dict.fromkeys(
            f for column in columns_in(source.made) for f in self.sources.resolve(column)
        ))  # fmt: skip
        writes = {self.sources.field(source, name): fields for name in source.used}
        fact = self.text.fact(f"makes rows of a value, called {source.alias}", source.node)
        inputs = (node,) if node else ()
        return self.builder.step(
            f"{self.scope.name}/from {source.label}", "map", fact, *inputs, writes=writes
        ).id

    def _joined(self, source: Source, left: str, conditions: Conditions) -> str:
        right = self.scan(source)
        kind = source.kind
        name = f"{self.scope.name}/join {source.label}"
        fact = self.text.fact(self._said(source), *source.on, source.node)
        if kind in ("left", "full"):
            right = self._before(source, right, conditions)
        if kind in ("right", "full"):
            left_side = self._narrowed(source, left, conditions)
            swapped = self.builder.step(name, "join", fact, right, left_side, join_kind="left",
                                        join_on=tuple(source.pairs)).id  # fmt: skip
            if kind == "right":
                return swapped
            straight = self.builder.step(name, "join", fact, left, right, join_kind="left",
                                         join_on=tuple(source.pairs)).id  # fmt: skip
            return self.builder.step(f"{name}, both", "copy", fact, straight, swapped).id
        how = "left" if kind in ("left", "anti") else "inner"
        node = self.builder.step(name, "join", fact, left, right, join_kind=how,
                                 join_on=tuple(source.pairs)).id  # fmt: skip
        if kind == "anti":
            return self._without(source, node, conditions)
        tests = source.on if kind in ("inner", "semi") else []
        return self.filters(node, tests, conditions, "where")

    def _said(self, source: Source) -> str:
        keys = [source.keys[name] for name in source.pairs]
        on = f" on {', '.join(keys)}" if keys else ""
        words = {"semi": "keeps rows that have a partner in", "anti": "drops rows that have one in"}
        return f"{words.get(source.kind, f'joins ({source.kind})')} {source.alias}{on}"

    def _before(self, source: Source, node: str, conditions: Conditions) -> str:
        """Conditions of a left join decide which rows of the right side are partners."""
        return self._pre(source.on, node, conditions, source, own=True)

    def _narrowed(self, source: Source, node: str, conditions: Conditions) -> str:
        return self._pre(source.on, node, conditions, source, own=False)

    def _pre(
        self, on: list[exp.Expr], node: str, conditions: Conditions, source: Source, *, own: bool
    ) -> str:
        for condition in on:
            where = Measured("who has a partner")
            places = [p for c in columns_in(condition) for p in self.sources.places(c)]
            alone = all((place[0] is source) == own for place in places)
            found: Predicate = conditions.true_when(condition) if alone else where
            node = self.filter(node, condition, found)
        return node

    def _without(self, source: Source, node: str, conditions: Conditions) -> str:
        """Rows that found no partner: where all that the other side has is missing."""
        fact = self.text.fact(self._said(source), *source.on, *self._tests(source), source.node)
        keys = [self.sources.field(source, source.keys[name]) for name in source.pairs]
        if source.on:
            there = tuple(Not(Is(key, frozenset(), True)) for key in keys)
            meant = tuple(conditions.true_when(condition) for condition in source.on)
            where: Predicate = Not(All((*there, *meant)))
        else:
            fields = [self.sources.field(source, column) for column in source.used]
            where = All(tuple(Is(name, frozenset(), True) for name in fields))
        return self.builder.step(f"{self.scope.name}/without {source.label}", "filter", fact, node,
                                 where=where).id  # fmt: skip

    def _tests(self, source: Source) -> Iterator[exp.Expr]:
        return (node for other, node in self.absent if other is source)

    def filters(self, node: str, tests: list[exp.Expr], conditions: Conditions, name: str) -> str:
        """The rows for which all of some conditions are true. Those that decide on the same fields
        are one step: together they may leave out what neither leaves out alone."""
        alike: dict[object, tuple[list[exp.Expr], list[Predicate]]] = {}
        for number, test in enumerate(tests):
            where = conditions.true_when(test)
            key: object = frozenset(fields_of(where)) or number
            some, wheres = alike.setdefault(key, ([], []))
            some.append(test)
            wheres.append(where)
        for some, wheres in alike.values():
            both = wheres[0] if len(wheres) == 1 else All(tuple(wheres))
            node = self.filter(node, some[0], both, name)
        return node

    def filter(self, node: str, condition: exp.Expr, where: Predicate, name: str = "where") -> str:
        """A step that keeps the rows for which a condition is true."""
        none, every = where == AnyOf(()), where == All(())
        said = "no row" if none else "every row" if every else f"rows where {where}"
        fact = self.text.fact(f"keeps {said}", condition)
        if self.text.offset(condition) is None:  # it names nothing that could be pointed at
            read = [source.node for source in self.sources.all]
            fact = fact._replace(location=self.text.keyword(name, *read))
        return self.builder.step(f"{self.scope.name}/{name}", "filter", fact, node, where=where).id
