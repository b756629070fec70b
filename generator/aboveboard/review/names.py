"""Ids that changed while what they name stayed: the earlier state is told in the later's ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..policy.base import Strict
from ..policy.model import KINDS, Policy
from ..policy.schema import fields_of
from ..policy.scope import Otherwise, Scope

# Rows of retention are compared by what they say, whatever their ids; a named scope is what it
# stands for, wherever it is used.
NAMED = tuple(kind for kind in KINDS if kind not in ("retention", "scopes"))

Ids = dict[str, dict[str, str]]  # kind -> earlier id -> later id; an axis's kind is "axis:NAME"


def aligned(before: Policy, after: Policy) -> tuple[Policy, Ids]:
    """The earlier policy with the later ids, and which ids changed."""
    ids: Ids = {}
    _axes(before, after, ids)
    current = _rewritten(before, ids) if ids else before
    while found := _found(current, after):
        for kind, pairs in found.items():
            ids.setdefault(kind, {}).update(pairs)
        current = _rewritten(before, ids)
    return current, ids


def _found(before: Policy, after: Policy) -> Ids:
    """Entities that are gone and have come with the same content, or else the same name."""
    found: Ids = {}
    for kind in NAMED:
        old, new = before.entities(kind), after.entities(kind)
        gone = {id_: e for id_, e in old.items() if id_ not in new}
        fresh = {id_: e for id_, e in new.items() if id_ not in old}
        if gone and fresh:
            pairs = _pairs(gone, fresh, lambda entity: entity)
            left = {id_: e for id_, e in gone.items() if id_ not in pairs}
            free = {id_: e for id_, e in fresh.items() if id_ not in pairs.values()}
            pairs.update(_pairs(left, free, lambda entity: getattr(entity, "name", None)))
            if pairs:
                found[kind] = pairs
    return found


def _pairs(
    gone: Mapping[str, Any], fresh: Mapping[str, Any], key: Callable[[Any], Any]
) -> dict[str, str]:
    """Those that are alike one to one; where several are, nobody knows which is which."""
    left, came = _by_words(gone, key), _by_words(fresh, key)
    return {
        old[0]: came[words][0]
        for words, old in left.items()
        if len(old) == len(came.get(words, ())) == 1
        and key(gone[old[0]]) == key(fresh[came[words][0]])
    }


def _by_words(entities: Mapping[str, Any], key: Callable[[Any], Any]) -> dict[str, list[str]]:
    """Ids by what they are compared by; its words stand for it, as entities have no hash."""
    found: dict[str, list[str]] = {}
    for id_, entity in entities.items():
        if (same := key(entity)) is not None:
            found.setdefault(repr(same), []).append(id_)
    return found


def _axes(before: Policy, after: Policy, ids: Ids) -> None:
    """Axes with the same values, and values with the same label."""
    if not before.header or not after.header:
        return
    old, new = before.header.axes, after.header.axes
    gone = {name: values for name, values in old.items() if name not in new}
    fresh = {name: values for name, values in new.items() if name not in old}
    if gone and fresh and (pairs := _pairs(gone, fresh, lambda values: values)):
        ids["axis"] = pairs
    for name, values in old.items():
        now = new.get(name, {})
        left = {id_: v for id_, v in values.items() if id_ not in now}
        came = {id_: v for id_, v in now.items() if id_ not in values}
        if left and came and (pairs := _pairs(left, came, lambda value: value)):
            ids[f"axis:{name}"] = pairs


# -- rewriting -----------------------------------------------------------------------------------


def _rewritten(policy: Policy, ids: Ids) -> Policy:
    """A copy of a policy with other ids; places are looked up by the earlier ones."""
    copy = Policy(documents=policy.documents, inputs=policy.inputs, unread=policy.unread)
    copy.header = _entity(policy.header, ids) if policy.header else None
    copy.bindings = _entity(policy.bindings, ids) if policy.bindings else None
    copy.review = _entity(policy.review, ids) if policy.review else None
    for kind in KINDS:
        renamed = ids.get(kind, {})
        copy.entities(kind).update(
            (renamed.get(id_, id_), _entity(entity, ids))
            for id_, entity in policy.entities(kind).items()
        )
    return copy


def _entity(entity: Any, ids: Ids) -> Any:
    if isinstance(entity, Otherwise):
        return entity
    if isinstance(entity, Scope):
        return _scope(entity, ids)
    values = {}
    for field in fields_of(type(entity).__name__):
        value = getattr(entity, field.name)
        renamed = {k: v for kind in field.kinds for k, v in ids.get(kind, {}).items()}
        values[field.name] = _named(_value(value, ids), renamed) if renamed else _value(value, ids)
    if type(entity).__name__ == "Header":
        values["axes"] = _header_axes(values["axes"], ids)
    if type(entity).__name__ == "Copy":
        values["holder"] = ids.get("recipients", {}).get(entity.holder, entity.holder)
    return _made(entity, values, entity.__pydantic_extra__)


def _made(entity: Any, values: dict[str, Any], extra: dict[str, Any] | None) -> Any:
    made = type(entity).model_construct(**values)
    object.__setattr__(made, "__pydantic_extra__", extra)
    return made


def _value(value: Any, ids: Ids) -> Any:
    if isinstance(value, Strict):
        return _entity(value, ids)
    if isinstance(value, list):
        return [_value(item, ids) for item in value]
    if isinstance(value, dict):
        return {key: _value(item, ids) for key, item in value.items()}
    return value


def _named(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        use, slash, route = value.partition("/")  # a sink can be `use/route`
        return renamed.get(use, use) + slash + route
    if isinstance(value, list):
        return [_named(item, renamed) for item in value]
    if isinstance(value, dict):
        return {_named(key, renamed): item for key, item in value.items()}
    return value


def _scope(scope: Scope, ids: Ids) -> Any:
    axes, controls = ids.get("axis", {}), ids.get("controls", {})
    extra = {
        axes.get(name, name): [ids.get(f"axis:{name}", {}).get(v, v) for v in values]
        for name, values in scope.axes.items()
    }
    values = {
        "choice": {controls.get(id_, id_): position for id_, position in scope.choice.items()},
        "collected": scope.collected,
        "in_force": scope.in_force,
        "not_": [_entity(taken, ids) for taken in scope.not_],
    }
    return _made(scope, values, extra)


def _header_axes(axes: Mapping[str, Any], ids: Ids) -> dict[str, Any]:
    renamed = ids.get("axis", {})
    found: dict[str, Any] = {}
    for name, values in axes.items():
        here = ids.get(f"axis:{name}", {})
        found[renamed.get(name, name)] = {
            here.get(id_, id_): _made(
                value,
                {"name": value.name, "of": [here.get(member, member) for member in value.of]},
                None,
            )
            for id_, value in values.items()
        }
    return found
