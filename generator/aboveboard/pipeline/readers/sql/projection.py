"""The columns that a SELECT gives: copied, computed, protected."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlglot import exp

from ...graph import Step
from .catalog import Default
from .conditions import Conditions
from .effects import Effect
from .functions import effect, entity_facts, unwrapped
from .grouping import Outputs, field
from .query import Scope
from .sources import Sources
from .trees import columns_in, direct_columns, plain


class _Column(NamedTuple):
    """One output: the fields that it is made of, whether it is one of them as it is, and what is
    done to it, from the inside out."""

    name: str
    made_of: tuple[str, ...]
    same: bool
    effects: list[tuple[Effect, exp.Expr]]
    node: exp.Expr
    default: Default | None = None


class Projection:
    """Makes the steps of one SELECT's columns."""

    def __init__(self, scope: Scope, sources: Sources, conditions: Conditions) -> None:
        self.scope, self.sources, self.conditions = scope, sources, conditions
        self.parts: list[str] = []

    def step(self, node: str, outputs: Outputs, near: exp.Expr) -> tuple[str, dict[str, Default]]:
        """The node whose fields have the names of the outputs, and their defaults."""
        columns: list[_Column] = []
        for name, expression in outputs:
            column = self._column(name, expression)
            node, column = self._inner(node, column, outputs)
            columns.append(column)
        node = self._computed(node, columns)
        node = self._copied(node, columns, near)
        for column in columns:
            node = self._protected(node, column)
        defaults = {c.name: c.default for c in columns if c.same and c.default is not None}
        return node, defaults

    # -- what an expression is -----------------------------------------------------------------

    def _column(self, name: str, expression: exp.Expr) -> _Column:
        node = plain(expression)
        term = self.conditions.term(node)
        if term is not None:
            return _Column(name, (term.field,), True, [], expression, term.default)
        effects: list[tuple[Effect, exp.Expr]] = []
        while True:
            node = unwrapped(node)
            found = effect(node)
            if found is None:
                break
            effects.append((found, node))
            if len(found.inner) != 1 or found.inner[0] is node:
                return self._of_many(name, found.inner, effects, expression)
            node = found.inner[0]
        return self._of_many(name, (node,), effects, expression)

    def _of_many(
        self, name: str, inner: tuple[exp.Expr, ...], effects: list[tuple[Effect, exp.Expr]],
        expression: exp.Expr,
    ) -> _Column:  # fmt: skip
        """What is made of some values; of one column and constants alone it still is that column,
        where a digest of it tells people apart as the column does."""
        read = [c for part in inner for c in direct_columns(part)]
        fields = tuple(dict.fromkeys(f for c in read for f in self.sources.resolve(c)))
        alone = len(fields) == 1 and all(_is_joined_text(part) for part in inner)
        return _Column(name, fields, alone and bool(effects), list(reversed(effects)), expression)

    # -- steps ---------------------------------------------------------------------------------

    def _inner(self, node: str, column: _Column, outputs: Outputs) -> tuple[str, _Column]:
        """A protected value within a larger expression is made first, in a field of its own."""
        if column.effects or column.same:
            return node, column
        holder = exp.Paren(this=column.node.copy())
        found = False
        for part in list(_outermost(holder.this)):
            name = f"part:{len(self.parts) + 1}"
            self.parts.append(name)
            inner = self._column(name, part)
            node = self._protected(self._made(node, inner), inner)
            part.replace(field(name))
            found = True
        return node, self._column(column.name, holder.this) if found else column

    def _made(self, node: str, column: _Column) -> str:
        fact = self.scope.text.fact(f"makes {column.name}", column.node)
        if column.same:
            (old,) = column.made_of
            return self._build("part", "rename", fact, node,
                               writes={column.name: (old,), old: (old,)})  # fmt: skip
        return self._build("part", "map", fact, node, writes={column.name: column.made_of})

    def _build(self, name: str, op: Any, fact: Any, node: str, **more: Any) -> str:
        return self.scope.builder.step(f"{self.scope.name}/{name}", op, fact, node, **more).id

    def _computed(self, node: str, columns: list[_Column]) -> str:
        made = [c for c in columns if not c.same]
        if not made:
            return node
        names = ", ".join(c.name for c in made)
        fact = self.scope.text.fact(f"computes {names}", *(c.node for c in made))
        writes = {c.name: c.made_of for c in made}
        return self._build("compute", "map", fact, node, writes=writes)

    def _copied(self, node: str, columns: list[_Column], near: exp.Expr) -> str:
        writes = {c.name: c.made_of for c in columns if c.same}
        if all(of == (name,) for name, of in writes.items()):
            return node
        writes |= {c.name: (c.name,) for c in columns if not c.same}
        fact = self.scope.text.fact("names its columns", *(c.node for c in columns), near)
        return self._build("columns", "rename", fact, node, writes=writes)

    def _protected(self, node: str, column: _Column) -> str:
        for found, where in column.effects:
            if found.op == "map" and not found.unread:
                said = f"{column.name}: {found.text}"
                fact = self.scope.text.fact(said, where, column.node)
                same = {column.name: (column.name,)}
                node = self._build(column.name, "map", fact, node, writes=same, digest=found.digest)
                continue
            node = self._act(node, column.name, found, where)
        return node

    def _act(self, node: str, name: str, found: Effect, where: exp.Expr) -> str:
        grade: Any = "unknown" if found.unread else "observed"
        fact = self.scope.text.fact(f"{name}: {found.text}", where, grade=grade)
        step: Step = self.scope.builder.step(f"{self.scope.name}/{name}", found.op, fact, node)
        step.fields = (name,)
        if found.unread:
            step.fields, step.writes, step.unread = (), {name: (name,)}, frozenset((name,))
            step.wired = "observed"
        step.entities = entity_facts(found, fact)
        step.entities_known = found.entities_known
        step.keeps_text = found.keeps_text
        return step.id


def _outermost(node: exp.Expr) -> Any:
    """The outermost protected values of an expression."""
    waiting = list(node.iter_expressions())
    while waiting:
        part = waiting.pop()
        if isinstance(part, exp.Query | exp.Column):
            continue
        if effect(part) is not None and any(True for _ in columns_in(part)):
            yield part
        else:
            waiting += list(part.iter_expressions())


def _is_joined_text(node: exp.Expr) -> bool:
    """Whether an expression puts constants before and behind a column, and does no more."""
    waiting = [node]
    while waiting:
        part = plain(waiting.pop())
        if isinstance(part, exp.DPipe):
            waiting += (part.this, part.expression)
        elif isinstance(part, exp.Concat):
            waiting += part.expressions
        elif not isinstance(part, exp.Column | exp.Literal | exp.Parameter | exp.Placeholder):
            return False
    return True
