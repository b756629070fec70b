"""The functions of OTTL that change something, and what each does to fields.

From pkg/ottl/ottlfuncs and processor/transformprocessor of opentelemetry-collector-contrib 0.164.
An editor is told whether it was understood; if not, the statement may do anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ....values import listed
from ...graph import Operation, Step
from . import ottl
from .attributes import within
from .chain import Rule
from .conditions import fields_of, is_plain
from .converters import HASHES, called, is_known, makes_anew
from .edit import Edit, text_of, texts_of
from .fields import CACHE, RECORD, in_value, keys_of
from .patterns import BadPattern, compiled, finds, masked
from .redaction import entities

# Editors that may do anything to the record, as far as is told here.
WIDE: Final = frozenset({
    "aggregate_on_attribute_value", "aggregate_on_attributes", "copy_metric", "delete_index",
    "extract_count_metric", "extract_percentile_metric", "extract_sum_metric", "flatten",
    "merge_histogram_buckets", "merge_maps", "stringify_all",
})  # fmt: skip
# The attributes by which set_semconv_span_name calls a span.
NAMING: Final = (
    "http.request.method", "http.method", "http.route", "url.template", "rpc.system.name",
    "rpc.system", "rpc.method", "rpc.grpc.method", "rpc.service", "rpc.grpc.service",
    "db.system.name", "db.system", "db.query.summary", "db.operation.name", "db.operation",
    "db.namespace", "db.name", "db.collection.name", "db.stored_procedure.name",
    "server.address", "server.port", "messaging.system", "messaging.operation.name",
    "messaging.operation", "messaging.destination.template", "messaging.destination.name",
    "messaging.destination",
)  # fmt: skip
# Editors that leave every field as it is: they change the type of a metric, or shorten.
HARMLESS: Final = frozenset({
    "convert_exponential_histogram_to_histogram", "convert_gauge_to_sum",
    "convert_summary_count_val_to_sum", "convert_summary_quantile_val_to_gauge",
    "convert_summary_sum_val_to_sum", "convert_sum_to_gauge", "limit", "scale_metric",
    "truncate_all",
})  # fmt: skip


def _spaces(edit: Edit, node: Any) -> str | None:
    """The map that a path means as a whole, None if it is no map of attributes."""
    goal = edit.target(node)
    return goal.name if goal and goal.whole else None


# -- keys ------------------------------------------------------------------------------------------


def _keys(edit: Edit, rule: Rule, text: str, names: tuple[str, ...] = ()) -> bool:
    """The keys of a map that a rule chooses are removed. In a map that is the value of a field only
    what is within goes, if it is a map at all."""
    goal = edit.target(edit.call.arg(0, "target"))
    if goal is None:
        return False
    said = f"of {goal.name} {text}"
    if not goal.whole:
        edit.add("map", said, fails=True, writes={goal.name: (goal.name,)})
        return True
    fields = tuple(f"{goal.name}.{name}" for name in names)
    chooses = within(goal.name, rule, inside=True)
    edit.add("drop-field", said, fails=False, fields=fields, chooses=chooses)
    return True


def _delete_key(edit: Edit) -> bool:
    key = text_of(edit.call.arg(1, "key"))
    goal = edit.target(edit.call.arg(0, "target"))
    if key is None or goal is None:
        return False
    inside = f"{goal.name}.{key}" if goal.whole or goal.name == "body" else f"{goal.name}.[{key}]"
    said = {"fields": (inside,), "chooses": in_value(inside)}
    edit.add("drop-field", f"deletes {inside}", fails=not goal.whole, **said)
    return True


def _delete_keys(edit: Edit) -> bool:
    keys = texts_of(edit.call.arg(1, "keys"))
    if keys is None:
        return False
    return _keys(edit, frozenset(keys).__contains__, f"{listed(keys)} goes", tuple(keys))


def _keep_keys(edit: Edit) -> bool:
    keys = texts_of(edit.call.arg(1, "keys"))
    if keys is None:
        return False
    kept = frozenset(keys)
    return _keys(edit, lambda key: key not in kept, f"only {listed(keys) or 'nothing'} stays")


def _pattern(edit: Edit, n: int) -> Rule | None:
    text = text_of(edit.call.arg(n, "pattern"))
    if text is None:
        return None
    try:
        return finds(text)
    except BadPattern as error:
        edit.complain(f"no pattern that Go reads ({error}): the collector refuses to start")
        return None


def _matching(edit: Edit, *, keep: bool) -> bool:
    rule = _pattern(edit, 1)
    if rule is None:
        return False
    said = text_of(edit.call.arg(1, "pattern"))
    if keep:
        return _keys(edit, lambda key: not rule(key), f"only keys like {said} stay")
    return _keys(edit, rule, f"keys like {said} go")


# -- values ----------------------------------------------------------------------------------------


def _replace_pattern(edit: Edit) -> bool:
    """The matches in one value are replaced."""
    goal = edit.target(edit.call.arg(0, "target"))
    if goal is None or goal.whole:
        return False
    said = _redaction(edit, edit.call.arg(1, "pattern"), edit.call.arg(2, "replacement"), 3)
    if said is None:
        return False
    op, text, more = said
    if op != "map":
        edit.add(op, f"{text} in {goal.name}", fails=not is_plain(edit.call.args[0][1]),
                 fields=(goal.name,), **more)  # fmt: skip
    else:
        edit.add("map", f"{text} in {goal.name}", fails=True, writes={goal.name: (goal.name,)})
    return True


def _replace_all(edit: Edit) -> bool:
    """The matches in every value of a map are replaced; keys that are replaced are new names."""
    space, mode = _spaces(edit, edit.call.arg(0, "target")), text_of(edit.call.arg(1, "mode"))
    if space is None or mode != "value":
        return False
    said = _redaction(edit, edit.call.arg(2, "pattern"), edit.call.arg(3, "replacement"), 4)
    if said is None:
        return False
    op, text, more = said
    if op != "map":
        edit.add(
            op, f"{text} in {space}", fails=False, chooses=within(space, _any, inside=False), **more
        )
    else:
        edit.add("map", f"{text} in {space}", fails=True, writes={})
    return True


def _any(key: str) -> bool:
    return True


def _redaction(
    edit: Edit, pattern: Any, put: Any, function: int
) -> tuple[Operation, str, dict[str, Any]] | None:
    """What a pattern and its replacement come to; a function that hashes takes nothing out."""
    found, into = text_of(pattern), text_of(put)
    if found is None or into is None:
        return None
    hashed = edit.call.arg(function, "function")
    if hashed is not None:
        return "map", f"replaces {found} by what a function makes of it", {}
    try:
        compiled(found)
    except BadPattern as error:
        edit.complain(f"no pattern that Go reads ({error}): the collector refuses to start")
        return None
    known = entities(edit.chain.config, [(found, edit.path)], into)
    if masked(((found, into),)):
        fact = edit.fact(f"{found} leaves the first or last digits of card, tried on specimens")
        return "mask", f"replaces {found} by '{into}'", {"entities": {"card": fact}}
    said = {"entities": known, "entities_known": bool(known)}
    return "redact", f"replaces {found} by '{into}'", said


def _replace_match(edit: Edit) -> bool:
    """A value that is like a glob is replaced as a whole: which ones are cannot be told."""
    node = edit.call.arg(0, "target")
    goal = edit.target(node)
    if goal is None:
        return False
    said: dict[str, Any] = {"entities_known": False}
    said |= (
        {"chooses": within(goal.name, _any, inside=False)}
        if goal.whole
        else {"fields": (goal.name,)}
    )
    edit.add("redact", f"replaces whole values of {goal.name}", fails=not goal.whole, **said)
    return True


# -- set -------------------------------------------------------------------------------------------


def _set(edit: Edit) -> bool:
    goal, value = edit.target(edit.call.arg(0, "target")), edit.call.arg(1, "value")
    if goal is None or goal.whole or value is None:
        return False
    if isinstance(value, ottl.Literal) and value.value is None:
        message = "set does nothing with nil: the value stays"
        edit.chain.config.find(edit.path, message, "unknown-setting", "use delete_key", "warning")
        edit.add("copy", f"leaves {goal.name} as it is", fails=False)
        return True
    if isinstance(value, ottl.Literal | ottl.Symbol) or makes_anew(value):
        plain = is_plain(edit.call.args[0][1])
        gone = {"fields": (goal.name,), "chooses": in_value(goal.name)}
        edit.add("drop-field", f"overwrites {goal.name}", fails=not plain, **gone)
        return True
    if not is_known(value):
        return False
    sources = fields_of(value, edit.context)
    if not sources and any(ottl.paths(value)):
        return False
    # a value that is nil, or that cannot be made, leaves what stood there before
    writes = {goal.name: (*sorted(sources), goal.name)}
    hashes = sorted(called(value) & HASHES.keys())
    how = f"to the {HASHES[hashes[0]]}, without a key, of" if hashes else "from"
    text = f"sets {goal.name} {how} {', '.join(sorted(sources)) or 'a constant'}"
    edit.add("map", text, fails=True, writes=writes, digest=bool(hashes and sources))
    return True


# -- maps ------------------------------------------------------------------------------------------


def _append(edit: Edit) -> bool:
    goal = edit.target(edit.call.arg(0, "target"))
    values = [value for name, value in edit.call.args if name in ("value", "values")]
    values += [value for name, value in edit.call.args[1:] if not name]
    if goal is None or goal.whole or not all(is_known(value) for value in values):
        return False
    read = frozenset[str]().union(*(fields_of(value, edit.context) for value in values))
    if not read and any(list(ottl.paths(value)) for value in values):
        return False
    edit.add(
        "map", f"adds to {goal.name}", fails=True, writes={goal.name: (goal.name, *sorted(read))}
    )
    return True


def _name_span(edit: Edit) -> bool:
    """A span is called by what stands in the attributes that are meant for that; its old name may
    become an attribute."""
    kept = text_of(edit.call.arg(1, "originalSpanNameAttribute"))
    if len(edit.call.args) > 1 and kept is None:
        return False
    writes = {"name": (*(f"{RECORD}.{key}" for key in NAMING), "name")}
    if kept:
        writes[f"{RECORD}.{kept}"] = ("name", f"{RECORD}.{kept}")
    edit.add("map", "names the span by its attributes", fails=False, writes=writes)
    return True


def _harmless(edit: Edit) -> bool:
    edit.add("copy", f"{edit.call.function} takes nothing out for certain", fails=False)
    return True


EDITORS: Final[dict[str, Callable[[Edit], bool]]] = {
    "append": _append,
    "delete_key": _delete_key,
    "delete_keys": _delete_keys,
    "delete_matching_keys": lambda edit: _matching(edit, keep=False),
    "keep_keys": _keep_keys,
    "keep_matching_keys": lambda edit: _matching(edit, keep=True),
    "replace_all_matches": _replace_match,
    "replace_all_patterns": _replace_all,
    "replace_match": _replace_match,
    "replace_pattern": _replace_pattern,
    "set": _set,
    "set_semconv_span_name": _name_span,
    **dict.fromkeys(HARMLESS, _harmless),
}


def cached(steps: list[Step]) -> tuple[str, ...]:
    """The fields of the cache that some steps write."""
    names = (name for step in steps for name in (*step.fields, *(step.writes or ())))
    return tuple(dict.fromkeys(name for name in names if keys_of(name, CACHE)))
