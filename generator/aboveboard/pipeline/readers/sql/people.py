"""How many people a group has at least: what HAVING says of it, or WHERE of the query around."""

from __future__ import annotations

import math
from typing import Any, Final

from sqlglot import exp

from ...graph import UNKNOWN
from .conditions import constant
from .names import Names
from .trees import conjuncts, output_name, plain

_NEGATED: Final[dict[Any, Any]] = {exp.LT: exp.GTE, exp.LTE: exp.GT, exp.GT: exp.LTE,
                                   exp.GTE: exp.LT}  # fmt: skip


def as_bound(test: exp.Expr) -> exp.Expr:
    """A condition on a count as one of >=, >, =, so far as it says how many there are at least."""
    if isinstance(test, exp.Not) and type(inner := test.this.unnest()) in _NEGATED:
        return _NEGATED[type(inner)](this=inner.this, expression=inner.expression)  # type: ignore[no-any-return]
    if isinstance(test, exp.Between) and is_count(test.this):
        return exp.GTE(this=test.this, expression=test.args["low"])
    return test


def sides(test: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
    """The count, and what it is compared with."""
    one, other = test.this, test.expression
    return (one, other) if is_count(one) else (other, one)


def is_count(node: exp.Expr) -> bool:
    """Whether an expression counts rows, or values."""
    return isinstance(node.unnest(), exp.Count | exp.ApproxDistinct)


def least(test: exp.Expr) -> Any:
    """The least number of a group that passes; None: this says nothing of it."""
    kinds = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ)
    if not isinstance(test, kinds) or is_count(test.this) == is_count(test.expression):
        return None
    counts_left = is_count(test.this)
    upward = (exp.GT, exp.GTE, exp.EQ) if counts_left else (exp.LT, exp.LTE, exp.EQ)
    if not isinstance(test, upward):
        return None
    value = constant(test.expression if counts_left else test.this)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return UNKNOWN
    if isinstance(test, exp.GT | exp.LT):
        return math.floor(value) + 1
    return math.ceil(value)


def counted(count: exp.Expr) -> tuple[exp.Column | None, bool]:
    """The column of which each value is counted once, and whether the count is exact."""
    count = count.unnest()
    if isinstance(count, exp.ApproxDistinct):
        column = plain(count.this)
        return (column if isinstance(column, exp.Column) else None), False
    inner = count.this
    if isinstance(inner, exp.Distinct) and len(inner.expressions) == 1:
        column = plain(inner.expressions[0])
        return (column if isinstance(column, exp.Column) else None), True
    return None, True


def push_down(select: exp.Select, inner: exp.Expr, names: Names) -> None:
    """Moves conditions of WHERE on a count into HAVING of the query that counts, where they mean
    the same: it alone gives the rows."""
    if not isinstance(inner, exp.Select) or inner.args.get("group") is None:
        return
    if any(inner.args.get(part) for part in ("limit", "qualify", "distinct")):
        return
    counts = {
        names.column(output_name(e)): e.unalias()
        for e in inner.expressions
        if isinstance(e, exp.Alias) and is_count(e.this)
    }
    for test in conjuncts(select.args.get("where")):
        moved = exp.Paren(this=test.copy())
        for column in list(moved.find_all(exp.Column)):
            meant = counts.get(names.column(column.this)) if column.this else None
            if meant is None or moved.find(exp.Query):
                break
            column.replace(meant.copy())
        else:
            if least(as_bound(moved.this)) is not None:
                inner.having(moved.this, copy=False)
