"""Entities as plain data again: one form for what can be written in several, ready for JSON.

    applies: {state: never}   and   applies: [{state: never, control: []}]

are one entity, and come back as `{"applies": [{"state": "never"}]}`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from .base import Strict
from .entities import BUILT_IN_EVENTS
from .load import ALONE
from .model import KINDS, Policy
from .schema import fields_of
from .scope import OTHERWISE, Scope

_MISSING = object()


def written(policy: Policy) -> dict[str, Any]:
    """A policy as one policy file: kind to id to entity, and the two blocks that stand alone.

    Reading it gives equal entities. Names of scopes are resolved in it.
    """
    found: dict[str, Any] = {}
    for kind, (name, _) in ALONE.items():
        if (block := getattr(policy, name)) is not None:
            found[kind] = plain(block)
    for kind in KINDS:
        entities = {
            id_: plain(entity)
            for id_, entity in policy.entities(kind).items()
            if kind != "events" or id_ not in BUILT_IN_EVENTS or (kind, id_) in policy.documents
        }
        if entities:
            found[kind] = entities
    return found


def plain(value: Any) -> Any:
    """A value as JSON has it; of an entity what was written, and what is not as by default."""
    if isinstance(value, Strict):
        return _entity(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _entity(entity: Strict) -> dict[str, Any]:
    name = type(entity).__name__
    given = getattr(entity, "__pydantic_fields_set__", ())
    found: dict[str, Any] = {}
    if isinstance(entity, Scope):
        name = "Scope"
        found.update(entity.axes)
    for field in fields_of(name):
        value = getattr(entity, field.name)
        if field.name in given or value != getattr(type(entity), field.name, _MISSING):
            rest = isinstance(value, list) and value == [OTHERWISE] and value[0] is OTHERWISE
            found[field.key] = "otherwise" if rest else plain(value)
    return found
