"""What an OTTL condition says of fields, as a condition that the analyses understand.

A value that is missing is nil: it is equal to nothing but nil. Values of different types are not
equal; nothing in a comparison of paths and constants fails.
"""

from __future__ import annotations

from typing import Any, Final

from ...predicate import All, AnyOf, Is, Not, Predicate, Unreadable
from . import ottl
from .fields import target

# These decide by the type of a value, or look into it, and never fail.
_NEVER_FAIL: Final = frozenset(
    {"IsBool", "IsDouble", "IsInt", "IsList", "IsMap", "IsMatch", "IsString"}
)


def predicate(node: Any, context: str, text: str) -> Predicate:
    """The records for which a condition is true."""
    if isinstance(node, ottl.Truth):
        return _truth(node, context, text)
    if isinstance(node, ottl.Compare):
        found = _compare(node, context)
        return found if found is not None else _unread(node, context, text)
    return _unread(node, context, text)


def _truth(node: ottl.Truth, context: str, text: str) -> Predicate:
    if node.kind == "call":
        (said,) = node.parts
        if isinstance(said, ottl.Literal):
            return All(()) if said.value is True else AnyOf(())
        return _unread(said, context, text)
    parts = tuple(predicate(part, context, text) for part in node.parts)
    if node.kind == "not":
        return Not(parts[0])
    return All(parts) if node.kind == "and" else AnyOf(parts)


def _compare(node: ottl.Compare, context: str) -> Predicate | None:
    left, right = node.left, node.right
    if isinstance(right, ottl.Path) and not isinstance(left, ottl.Path):
        left, right = right, left
    if node.op not in ("==", "!=") or not isinstance(left, ottl.Path):
        return None
    if not isinstance(right, ottl.Literal):
        return None
    goal = target(left, context)
    if goal is None or goal.whole:
        return None
    if right.value is None:
        found: Predicate = Is(goal.name, frozenset(), missing=True)
    else:
        found = Is(goal.name, frozenset({right.value}), missing=False)
    return found if node.op == "==" else Not(found)


def _unread(node: Any, context: str, text: str) -> Unreadable:
    return Unreadable(text, fields_of(node, context))


def fields_of(node: Any, context: str) -> frozenset[str]:
    """The fields that a condition or expression reads; none if any cannot be told."""
    goals = [target(path, context) for path in ottl.paths(node)]
    if any(goal is None or goal.whole for goal in goals):
        return frozenset()
    return frozenset(goal.name for goal in goals if goal is not None)


def is_there(node: Any, context: str) -> str | None:
    """The field of a condition that only asks whether the field is there: `x != nil`."""
    if not isinstance(node, ottl.Compare) or node.op != "!=":
        return None
    left, right = node.left, node.right
    if isinstance(left, ottl.Literal):
        left, right = right, left
    nil = isinstance(right, ottl.Literal) and right.value is None
    goal = target(left, context) if nil and isinstance(left, ottl.Path) else None
    return None if goal is None or goal.whole else goal.name


def cannot_fail(node: Any) -> bool:
    """Whether evaluating a condition has no errors: it compares paths and constants."""
    if isinstance(node, ottl.Truth):
        return all(cannot_fail(part) for part in node.parts)
    if isinstance(node, ottl.Compare):
        return node.op in ("==", "!=") and cannot_fail(node.left) and cannot_fail(node.right)
    if isinstance(node, ottl.Call):
        return node.function in _NEVER_FAIL and all(cannot_fail(value) for _, value in node.args)
    return isinstance(node, ottl.Literal | ottl.Symbol) or is_plain(node)


def is_plain(node: Any) -> bool:
    """Whether a path has no key inside a value: asking a text for a key is an error."""
    if not isinstance(node, ottl.Path):
        return False
    inside = [len(keys) - (name in ("attributes", "cache")) for name, keys in node.segments]
    return max(inside) <= 0
