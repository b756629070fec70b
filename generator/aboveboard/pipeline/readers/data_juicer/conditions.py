"""Which rows a Data-Juicer filter keeps, as far as its settings say it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from ....values import listed
from ...graph import UNKNOWN
from ...predicate import All, AnyOf, Is, Measured, Not, Predicate, Unreadable
from .catalogue import SUFFIX
from .recipe import Call, has_unknown

EVERYTHING: Final = All(())
NOTHING: Final = AnyOf(())
# What Python takes for false; an empty list or dict cannot stand in a set, and is no flag.
_FALSY: Final = frozenset({False, ""})


def specified_field(call: Call) -> Predicate:
    """`specified_field_filter`: every value of the field is one of `target_value`."""
    field, wanted = call.setting("field_key").value, call.setting("target_value").value
    turned = call.flag("reversed_range").value
    if field == "":
        return NOTHING  # computing the statistic fails for every row, and drops it
    if UNKNOWN in (field, wanted, turned) or not isinstance(field, str):
        named = frozenset({field} if isinstance(field, str) else ())
        return Unreadable(f"{call.name} with settings that cannot be read", named)
    if wanted is None or wanted == []:
        return EVERYTHING
    if not isinstance(wanted, list):
        tool = call.recipe.table.name
        message = f"target_value must be a list: {tool} refuses any other value"
        call.recipe.find(call.place("target_value"), message, hint="write it in brackets")
        return Unreadable(f"{field} in {wanted}", frozenset({field}))
    return _listed(field, wanted, turned)


def _listed(field: str, wanted: list[Any], turned: bool) -> Predicate:
    """A null is a value like any other: kept if listed, and if the range is reversed."""
    try:
        kept = Is(field, frozenset(wanted), None in wanted)
    except TypeError:
        return Unreadable(f"{field} in {wanted}", frozenset({field}))
    return Not(kept) if turned else kept


def tags(call: Call) -> Predicate:
    """`tags_specified_field_selector`: the field is one of `target_tags`."""
    field, wanted = call.setting("field_key").value, call.setting("target_tags").value
    if field == "":
        return EVERYTHING
    if not isinstance(field, str) or not isinstance(wanted, list) or has_unknown(wanted):
        return Unreadable(f"{call.name} with settings that cannot be read")
    return _listed(field, wanted, False)


def numeric(call: Call) -> Predicate:
    """`specified_numeric_field_filter`: decided by the value only if it asks for one number."""
    field = call.setting("field_key").value
    if field == "":
        return NOTHING
    if not isinstance(field, str):
        return Unreadable(f"{call.name} with settings that cannot be read")
    low, high = call.setting("min_value").value, call.setting("max_value").value
    bounds = ("reversed_range", "min_closed_interval", "max_closed_interval")
    plain = [call.flag(bound).value for bound in bounds] == [False, True, True]
    if plain and low == high and isinstance(low, int | float):
        said = {str(low), str(float(low))} | ({str(int(low))} if low == int(low) else set())
        # a number zero counts as no number, and is dropped
        return Is(field, frozenset({*said, low} if low else said), False)
    return Measured(f"{field}, which is {low} to {high}", frozenset({field}))


def suffix(call: Call) -> Predicate:
    """`suffix_filter`: the file that the row came from ends in one of `suffixes`."""
    wanted, turned = call.setting("suffixes").value, call.flag("reversed_range").value
    if UNKNOWN in (wanted, turned):
        return Unreadable(f"{call.name} with settings that cannot be read")
    endings = [wanted] if isinstance(wanted, str) else wanted
    return _listed(SUFFIX, endings, turned) if endings else EVERYTHING


def measured(call: Call) -> Predicate:
    """A filter on what it computes from the fields that it reads."""
    operator = call.operator
    fields = call.keys(*operator.keys) if operator else ()
    extra = [call.setting(name).value for name in ("field_key", "input_keys")]
    named = [x for x in extra if isinstance(x, str) and x]
    named += [x for xs in extra if isinstance(xs, list) for x in xs if isinstance(x, str)]
    read = frozenset((*fields, *named))
    return Measured(f"what it measures on {listed(sorted(read)) or 'the row'}", read)


def general(call: Call) -> Predicate:
    """`general_field_filter`: its `filter_condition`, an expression on the row's fields."""
    text = call.setting("filter_condition").value
    if text == "":
        return EVERYTHING
    if not isinstance(text, str):
        return Unreadable(f"{call.name} with a condition that cannot be read")
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        message = f"filter_condition is no expression: {call.recipe.table.name} refuses it"
        call.recipe.find(call.place("filter_condition"), message)
        return Unreadable(text)
    if not call.recipe.table.unary and any(isinstance(n, ast.UnaryOp) for n in ast.walk(tree)):
        return _unary(call, tree.body)
    return _truth(tree.body, 0)


def _unary(call: Call, body: ast.expr) -> Predicate:
    """Before 1.6.1, a row for which `not` or a sign is met fails, and no row with it passes."""
    if call.recipe.table.version:
        message = f"{call.recipe.table.name} fails at 'not' and at signs in a filter_condition"
        hint = "compare instead: 'flag == False'"
        call.recipe.find(call.place("filter_condition"), message, "unknown-setting", hint)
    return _unreadable(body)


def _truth(node: ast.expr, depth: int) -> Predicate:
    """What an expression says of a row, as the tool's own interpreter takes it."""
    if depth > 50:
        return _unreadable(node)
    if isinstance(node, ast.BoolOp):
        parts = tuple(_truth(value, depth + 1) for value in node.values)
        return All(parts) if isinstance(node.op, ast.And) else AnyOf(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Not(_truth(node.operand, depth + 1))
    if isinstance(node, ast.Compare):
        return _chain(node)
    if isinstance(node, ast.Constant):
        return EVERYTHING if node.value else NOTHING
    name = _field(node)
    return Not(Is(name, _FALSY, True)) if name else _unreadable(node)


def _chain(node: ast.Compare) -> Predicate:
    sides = [node.left, *node.comparators]
    # a null at `not in` makes the whole chain true at once, whatever follows
    if len(node.ops) > 1 and any(isinstance(op, ast.NotIn) for op in node.ops):
        return _unreadable(node)
    pairs = zip(sides, node.ops, sides[1:], strict=False)
    parts = tuple(_pair(left, op, right, node) for left, op, right in pairs)
    return parts[0] if len(parts) == 1 else All(parts)


def _pair(left: ast.expr, op: ast.cmpop, right: ast.expr, whole: ast.expr) -> Predicate:
    """One comparison; with a null on either side only `not in` is true."""
    name, value = _field(left), _constant(right)
    if name is None and isinstance(op, ast.Eq | ast.NotEq | ast.Lt | ast.LtE | ast.Gt | ast.GtE):
        name, value = _field(right), _constant(left)
    if name is None or value is UNKNOWN:
        return _unreadable(whole)
    if isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
        return Measured(ast.unparse(whole), frozenset({name}))
    if value is None:
        return EVERYTHING if isinstance(op, ast.NotIn) else NOTHING
    compare = _COMPARE.get(type(op))
    try:
        return compare(name, value) if compare else _unreadable(whole)
    except TypeError:
        return _unreadable(whole)


def _among(name: str, values: Any) -> Is:
    if isinstance(values, str):
        raise TypeError("a part of a text, not a list of values")
    return Is(name, frozenset(values), False)


_COMPARE: Final[dict[type[ast.cmpop], Callable[[str, Any], Predicate]]] = {
    ast.Eq: lambda name, value: Is(name, frozenset({value}), False),
    ast.NotEq: lambda name, value: Not(Is(name, frozenset({value}), True)),
    ast.In: _among,
    ast.NotIn: lambda name, values: Not(_among(name, values)),
}


def _field(node: ast.expr) -> str | None:
    """The dotted name that an expression reads, if it is one."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join((node.id, *reversed(parts)))


def _constant(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return UNKNOWN


def _unreadable(node: ast.expr) -> Unreadable:
    names = {
        name for part in ast.walk(node) if isinstance(part, ast.expr) and (name := _field(part))
    }
    return Unreadable(ast.unparse(node), frozenset(names))


CONDITIONS: Final[dict[str, Callable[[Call], Predicate]]] = {
    "general_field_filter": general,
    "specified_field_filter": specified_field,
    "specified_numeric_field_filter": numeric,
    "suffix_filter": suffix,
    "tags_specified_field_selector": tags,
}
