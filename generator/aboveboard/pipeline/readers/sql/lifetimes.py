"""How long a table keeps its rows, where its definition says so.

BigQuery drops a partition, or a table, when it expires; ClickHouse deletes rows by their TTL. Time
travel and fail-safe, which both outlive this, are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlglot import exp

from ....values import Duration
from ...graph import UNKNOWN, Fact, Lifetime, Setting
from ...predicate import Predicate
from .conditions import Conditions, constant
from .text import Text

_UNITS: Final = {
    "SECOND": "PT{}S", "MINUTE": "PT{}M", "HOUR": "PT{}H", "DAY": "P{}D", "WEEK": "P{}W",
    "MONTH": "P{}M", "QUARTER": "P{}M", "YEAR": "P{}Y",
}  # fmt: skip
EXPIRES: Final = {"partition_expiration_days": "P{}D", "hours_to_expiration": "PT{}H"}


def lifetimes(text: Text, properties: exp.Expr | None) -> Iterator[Lifetime]:
    """The lifetimes that the properties of a table state."""
    for node in properties.expressions if properties is not None else ():
        if isinstance(node, exp.MergeTreeTTL):
            yield from _ttl(text, node)
        elif isinstance(node, exp.Property):
            name = node.this.name.lower() if isinstance(node.this, exp.Expr) else str(node.this)
            if name == "expiration_timestamp" and not isinstance(node.args["value"], exp.Null):
                fact = text.fact("expires on a day, whenever a row came", node, grade="unknown")
                yield Lifetime(Setting(UNKNOWN, fact))
            elif name in EXPIRES:
                value = constant(node.args["value"])
                if value is not None:
                    fact = text.fact(f"{name} is {value}", node)
                    yield Lifetime(period(name, value, fact))


def period(name: str, value: Any, fact: Fact) -> Setting:
    """A number of days or hours as a setting."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return Setting(UNKNOWN, fact._replace(text=f"{name} cannot be read", grade="unknown"))
    whole = int(value)
    if whole == value:
        return Setting(Duration.parse(EXPIRES[name].format(whole)), fact)
    seconds = value * (86400 if "day" in name else 3600)
    return Setting(Duration.parse(f"PT{int(seconds + 1)}S"), fact)


def _ttl(text: Text, node: exp.Expr) -> Iterator[Lifetime]:
    """`TTL time + INTERVAL 30 DAY [DELETE] [WHERE ...]`; what only moves rows deletes none."""
    where: Predicate | None = None
    if (clause := node.args.get("where")) is not None:
        names = text.names
        conditions = Conditions(lambda c: (names.column(c.this),), names.dialect, {})
        where = conditions.true_when(clause.this)
    if node.args.get("group") is not None:
        return
    last = node.expressions[-1]  # the one that WHERE stands behind
    for action in node.expressions:
        moves = any(action.args.get(part) for part in ("recompress", "to_disk", "to_volume"))
        if moves:
            continue
        fact = text.fact("rows are deleted by their TTL", action, node)
        ends = action.this if isinstance(action, exp.MergeTreeTTLAction) else action
        yield Lifetime(_interval(ends, fact), where if action is last else None)


def _interval(node: exp.Expr, fact: Fact) -> Setting:
    interval = node.expression if isinstance(node, exp.Add) else None
    if isinstance(interval, exp.Interval) and interval.this is not None:
        number, unit = str(interval.this.name), str(interval.args["unit"]).upper().rstrip("S")
        if number.isdigit() and unit in _UNITS:
            times = 3 if unit == "QUARTER" else 1
            length = Duration.parse(_UNITS[unit].format(int(number) * times))
            return Setting(length, fact._replace(text=f"TTL of {length.words()}"))
    return Setting(UNKNOWN, fact._replace(text="TTL that cannot be read", grade="unknown"))
