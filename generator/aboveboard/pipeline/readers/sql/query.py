"""Queries of every shape as steps: SELECT, set operations, common table expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from sqlglot import exp

from ...graph import UNKNOWN, Fact, Operation, Setting
from ...predicate import Measured, Unreadable
from .catalog import Builder, Relation
from .text import Text

_MAX_NESTED: Final = 40


@dataclass(slots=True, eq=False, repr=False)
class Scope:
    """Where a query stands: its text, the name that its steps begin with, the queries that have
    been named around it. around: what the queries around it read, of which it may
    read columns too."""

    text: Text
    builder: Builder
    name: str
    named: dict[str, Callable[[], Relation]] = field(default_factory=dict)
    depth: int = 0
    around: frozenset[str] = frozenset()

    def within(self, name: str, around: Iterable[str] = ()) -> Scope:
        """The scope of a query within this one."""
        return replace(
            self, name=f"{self.name}/{name}", depth=self.depth + 1, around=self.around.union(around)
        )


def read_query(scope: Scope, node: exp.Expr) -> Relation:
    """The rows that a query gives."""
    scope = _with(scope, node)
    if scope.depth > _MAX_NESTED:
        return opaque(scope, node, "this query is nested too deep")
    if isinstance(node, exp.Subquery) and not node.args.get("joins"):
        return _limited(scope, node, read_query(scope, node.this))
    if isinstance(node, exp.SetOperation):
        return _set_operation(scope, node)
    if isinstance(node, exp.Values):
        return _values(scope, node)
    if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
        return read_table(scope, node)
    if isinstance(node, exp.Select):
        from .select import Selecting

        return _limited(scope, node, Selecting(scope, node).relation())
    return opaque(scope, node, f"what {type(node).__name__} gives is not known")


def read_table(scope: Scope, node: exp.Table) -> Relation:
    """A table, or the query of that name."""
    parts = [part for part in node.parts if isinstance(part, exp.Expr)]
    name = scope.text.table(parts)
    if len(parts) == 1 and (given := scope.named.get(scope.text.names.column(parts[0]))):
        return given()
    relation = scope.builder.catalog.read(name)
    table = scope.builder.catalog.find(name)
    fact = scope.text.fact(f"reads {name}", node)
    scope.builder.reading[relation.node] = fact.location
    if relation.node not in scope.builder.catalog.steps and not (table and table.is_view):
        scope.builder.dataset(relation.node, fact)
    return relation


def opaque(scope: Scope, node: exp.Expr, why: str) -> Relation:
    """Rows of which nobody knows how they come about, from all the tables that are named."""
    inputs = [read_table(scope, table).node for table in node.find_all(exp.Table)
              if isinstance(table.this, exp.Identifier)]  # fmt: skip
    fact = scope.text.fact(why, node, grade="unknown")
    step = scope.builder.step(f"{scope.name}/unread", "map", fact, *inputs, wired="observed")
    return Relation(step.id)


# -- named queries -----------------------------------------------------------------------------


def _with(scope: Scope, node: exp.Expr) -> Scope:
    clause = node.args.get("with_")
    if clause is None:
        return scope
    inner = replace(scope, named=dict(scope.named))
    for cte in clause.expressions:
        name = scope.text.names.column(cte.args["alias"].this)
        inner.named[name] = named = Named(inner, cte, name, node)
        if len(clause.expressions) > _MAX_NESTED:  # each in turn: else as deep as the list is long
            named()
    return inner


class Named:
    """A named query; it is read where it is first used. `tree` is the statement that names it."""

    def __init__(self, scope: Scope, cte: exp.Expr, name: str, tree: exp.Expr) -> None:
        self.cte, self.name, self.tree = cte, name, tree
        self.scope = Scope(scope.text, scope.builder, f"{scope.name}/{name}",
                           dict(scope.named), scope.depth + 1)  # fmt: skip
        recursive = tree.args["with_"].args.get("recursive")
        self.recursive = bool(recursive) and self._read_in(cte) > 0
        self.found: Relation | None = None

    @property
    def alone(self) -> bool:
        """Whether it is read once, and was not read yet."""
        return self.found is None and self._read_in(self.tree) == 1

    def _read_in(self, tree: exp.Expr) -> int:
        tables = (t for t in tree.find_all(exp.Table) if not t.args.get("db"))
        names = (t.this for t in tables if isinstance(t.this, exp.Identifier))
        return sum(self.scope.text.names.column(name) == self.name for name in names)

    def __call__(self) -> Relation:
        if self.found is None:
            query = self.cte.this
            if self.recursive:
                self.found = opaque(self.scope, query, f"'{self.name}' reads itself")
            else:
                self.found = read_query(self.scope, query)
            columns = self.cte.args["alias"].args.get("columns")
            if columns:
                self.found = named_anew(
                    self.scope, self.found, [self.scope.text.names.column(c) for c in columns],
                    self.scope.text.fact(f"names the columns of '{self.name}'", self.cte),
                )  # fmt: skip
        return self.found


def named_anew(scope: Scope, relation: Relation, names: list[str], fact: Fact) -> Relation:
    """The same rows with other names for their columns, by position."""
    if tuple(names) == relation.columns and relation.complete:
        return relation
    if not relation.complete or len(names) != len(relation.columns):
        step = scope.builder.step(
            f"{scope.name}/names", "map",
            fact._replace(text="which columns these are is not known", grade="unknown"),
            relation.node,
        )  # fmt: skip
        return Relation(step.id, tuple(names), complete=True)
    pairs = dict(zip(names, relation.columns, strict=True))
    writes = {name: (relation.source(old),) for name, old in pairs.items()}
    step = scope.builder.step(f"{scope.name}/names", "rename", fact, relation.node, writes=writes)
    of = relation.defaults
    kept = {n: of[o]._replace(field="") for n, o in pairs.items() if o in of}
    return Relation(step.id, tuple(names), True, kept)


# -- set operations ------------------------------------------------------------------------------


def _set_operation(scope: Scope, node: exp.SetOperation) -> Relation:
    sides = list(_sides(node))
    found = [read_query(scope.within(f"part-{n}"), side) for n, side in enumerate(sides, 1)]
    first = found[0]
    if type(node) is exp.Union:
        if not node.args.get("by_name"):
            fact = scope.text.fact("takes the columns by position", node)
            found = [first, *(_aligned(scope, first, other, fact) for other in found[1:])]
        defaults = {
            name: value for name, value in first.defaults.items()
            if all(name in r.defaults and r.defaults[name] == value for r in found)
        }  # fmt: skip
        told = scope.text.fact("puts rows of several queries together", node)
        op: Operation = "deduplicate" if node.args.get("distinct") else "copy"
        step = scope.builder.step(f"{scope.name}/union", op, told, *(r.node for r in found))
        if op == "deduplicate":
            step.fields = first.columns
        open_ = any(not r.complete for r in found)
        whole = Relation(step.id, first.columns, not open_, defaults)
    else:
        whole = _some_of(scope, node, first)
    return _limited(scope, node, whole)


def _sides(node: exp.Expr) -> list[exp.Expr]:
    """The queries of a chain of the same operation; a long one is no deep nesting."""
    sides: list[exp.Expr] = []
    kind, distinct = type(node), node.args.get("distinct")
    while type(node) is kind and node.args.get("distinct") == distinct and (
        not sides or not (node.args.get("limit") or node.args.get("with_"))
    ):  # fmt: skip
        sides.append(node.expression)
        node = node.this
        if kind is not exp.Union:
            break
    return [node, *reversed(sides)]


def _aligned(scope: Scope, first: Relation, other: Relation, fact: Fact) -> Relation:
    if not first.complete and not other.complete and first.columns == other.columns:
        return other  # `select *` of both: the tables have the same columns, or it would not run
    return named_anew(scope, other, list(first.columns), fact)


def _some_of(scope: Scope, node: exp.SetOperation, first: Relation) -> Relation:
    """INTERSECT and EXCEPT give rows of the first query; which ones, the second decides."""
    text = f"keeps rows by what another query gives ({type(node).__name__.upper()})"
    fact = scope.text.fact(text, node)
    where = Unreadable(text) if type(node) is exp.Except else Measured(text)
    step = scope.builder.step(f"{scope.name}/some", "filter", fact, first.node, where=where)
    return first._replace(node=step.id)


def _values(scope: Scope, node: exp.Values) -> Relation:
    """Rows that are written out: nobody's data flows into them."""
    alias = node.args.get("alias")
    names = [scope.text.names.column(c) for c in (alias.args.get("columns") or [])] if alias else []
    fact = scope.text.fact("rows that are written out", node)
    step = scope.builder.step(f"{scope.name}/values", "copy", fact)
    return Relation(step.id, tuple(names), complete=True)


def _limited(scope: Scope, node: exp.Expr, relation: Relation) -> Relation:
    """LIMIT and OFFSET keep some rows; which, nobody knows."""
    limit = node.args.get("limit") or node.args.get("offset")
    if limit is None:
        return relation
    fact = scope.text.fact("keeps some rows only (LIMIT)", limit, node)
    where = Measured("the first rows")
    step = scope.builder.step(f"{scope.name}/limit", "filter", fact, relation.node, where=where)
    return relation._replace(node=step.id)


def unread_setting(fact: Fact) -> Setting:
    """A setting that stands there and cannot be read."""
    return Setting(UNKNOWN, fact._replace(grade="unknown"))
