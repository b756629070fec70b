"""What a call does to the value that it is given, and how calls are named."""

from __future__ import annotations

from typing import NamedTuple

from sqlglot import exp

from ...graph import Operation


class Effect(NamedTuple):
    """What a call does to the value that it is given: `op` map: nothing that protects.

    unread: nobody knows what it does. inner: the values that it works on. digest: see Step.
    """

    op: Operation
    text: str
    inner: tuple[exp.Expr, ...]
    entities: tuple[str, ...] = ()
    entities_known: bool = True
    keeps_text: bool = False
    unread: bool = False
    digest: bool = False


def kinds(*names: str) -> tuple[type[exp.Expr], ...]:
    return tuple(getattr(exp, name) for name in names if hasattr(exp, name))


def name_of(node: exp.Expr) -> str:
    """A function's name as the query writes it, in lower case."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower()
    if isinstance(node, exp.Dot) and isinstance(node.expression, exp.Anonymous):
        return f"{node.this.sql().lower()}.{name_of(node.expression)}"
    return type(node).__name__.lower()
