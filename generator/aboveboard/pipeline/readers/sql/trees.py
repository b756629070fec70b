"""Questions about expressions of SQL that need no context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlglot import exp

# Casts after which two values differ if and only if they did before.
_SAME: Final = frozenset({
    exp.DType.TEXT, exp.DType.VARCHAR, exp.DType.NVARCHAR, exp.DType.BOOLEAN,
})  # fmt: skip


def columns_in(node: exp.Expr) -> Iterator[exp.Column]:
    """The columns that an expression reads itself, without those of queries within."""
    if isinstance(node, exp.Column):
        yield node
        return
    for part in node.walk(prune=lambda n: isinstance(n, (exp.Query, exp.Column)) and n is not node):
        if isinstance(part, exp.Column) and part is not node:
            yield part


def lost_in(query: exp.Expr) -> list[exp.Column]:
    """The columns that a query gives and that are of the query around it."""
    given = [e for select in query.find_all(exp.Select) for e in select.expressions]
    found = []
    for column in (c for e in given for c in columns_in(e) if c.meta.get("lost")):
        copy = column.copy()
        copy.meta.pop("lost")
        copy.meta.pop("places")
        found.append(copy)
    return found


def direct_columns(node: exp.Expr) -> Iterator[exp.Column]:
    """The columns whose values an expression is made of, without those that only decide."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, exp.Column):
            yield part
        elif isinstance(part, exp.Case) and (shown := _shown(part)) is not None:
            waiting += shown
        elif isinstance(part, exp.If) and (results := _results(part)) is not None:
            waiting += results
        elif not isinstance(part, exp.Query):
            waiting += part.iter_expressions()


def _shown(case: exp.Case) -> list[exp.Expr] | None:
    """What a CASE gives; None if it gives constants alone, which tell what decided."""
    given = [branch.args["true"] for branch in case.args["ifs"]]
    if case.args.get("default") is not None:
        given.append(case.args["default"])
    return given if any(True for part in given for _ in columns_in(part)) else None


def _results(node: exp.If) -> list[exp.Expr] | None:
    given = [part for part in (node.args["true"], node.args.get("false")) if part is not None]
    return given if any(True for part in given for _ in columns_in(part)) else None


def plain(node: exp.Expr) -> exp.Expr:
    """An expression without what leaves values as they are: parentheses, names, some casts."""
    while True:
        casts = type(node) in (exp.Cast, exp.TryCast) and _keeps(node.args["to"])
        if not casts and not isinstance(node, exp.Paren | exp.Alias):
            return node
        node = node.this


def _keeps(kind: exp.Expr) -> bool:
    return isinstance(kind, exp.DataType) and kind.this in _SAME and not kind.expressions


def conjuncts(node: exp.Expr | None) -> list[exp.Expr]:
    """The conditions that all have to hold."""
    if node is None:
        return []
    node = node.unnest()
    if isinstance(node, exp.Where | exp.Having | exp.Qualify):
        return conjuncts(node.this)
    if isinstance(node, exp.And):
        return [part for side in node.flatten() for part in conjuncts(side)]
    return [node]


def output_name(node: exp.Expr) -> exp.Expr | str:
    """What a query calls one of its columns; "" if it has no name of its own."""
    if isinstance(node, exp.Alias):
        alias = node.args["alias"]
        return alias if isinstance(alias, exp.Expr) else str(alias)
    node = plain(node)
    if isinstance(node, exp.Column):
        name = node.this
        return name if isinstance(name, exp.Expr) else str(name)
    return ""
