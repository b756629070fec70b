"""Policies that differ from another in one attribute: made from the fields of the entity classes."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic_core import ValidationError

from aboveboard.policy.base import Strict
from aboveboard.policy.load import MODELS
from aboveboard.policy.model import KINDS, Policy
from aboveboard.policy.schema import Field, _schemas, fields_of
from aboveboard.policy.scope import OTHERWISE, Scope
from aboveboard.project import Project

SHORT, LONG = "PT1H", "P100Y"


class Mutation(NamedTuple):
    """One attribute with another value; `field` is `Class.attribute`."""

    field: str
    id: str
    before: Any
    after: Any
    project: Project

    def __str__(self) -> str:
        return f"{self.field}: {self.before!r} -> {self.after!r}"


def plain(value: Any) -> Any:
    """An entity as YAML would give it, defaults written out."""
    if value is OTHERWISE:
        return "otherwise"
    if isinstance(value, Strict):
        found = {
            field.key: plain(getattr(value, field.name))
            for field in fields_of(type(value).__name__)
            if getattr(value, field.name) not in (None, {})
        }
        return {**found, **value.axes} if isinstance(value, Scope) else found
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True)
class Spot:
    """An attribute of an entity, or of a part of one: the keys that lead to it."""

    model: str
    name: str
    key: str
    path: tuple[str | int, ...]
    value: Any

    @property
    def schema(self) -> dict[str, Any]:
        found = _schemas()[self.model]
        while "fields" not in found:
            found = found["schema"]
        schema: dict[str, Any] = found["fields"][self.name]["schema"]
        while schema["type"] in ("default", "nullable", "function-before"):
            schema = schema["schema"]
        return schema

    @property
    def nullable(self) -> bool:
        found = _schemas()[self.model]
        while "fields" not in found:
            found = found["schema"]
        return "'nullable'" in str(found["fields"][self.name]["schema"])[:80]


def spots(entity: Strict, path: tuple[str | int, ...] = ()) -> Iterator[Spot]:
    """Every attribute of an entity and of its parts; scopes are left out."""
    name = type(entity).__name__
    for field in fields_of(name):
        value, here = getattr(entity, field.name), (*path, field.key)
        if field.model in ("Scope", "Window"):
            continue
        if field.model is None:
            yield Spot(name, field.name, field.key, path, value)
        for at, part in _parts(value, here):
            yield from spots(part, at)


def _parts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, Strict):
        yield path, value
    elif isinstance(value, list | dict):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _parts(part, (*path, step))


def others(spot: Spot, policy: Policy) -> Iterator[Any]:
    """Other values of an attribute, by its type; None takes it away."""
    schema = spot.schema
    if spot.nullable and spot.value is not None:
        yield None
    match schema["type"]:
        case "literal":
            yield from (value for value in schema["expected"] if value != spot.value)
        case "union":
            values = [v for choice in schema["choices"] for v in choice["expected"]]
            yield from (value for value in values if value != spot.value)
        case "bool":
            yield not spot.value
        case "list":
            yield from _lists(spot, schema["items_schema"], policy)
        case "dict" if spot.name == "parameters":
            for name, number in spot.value.items():
                yield {**spot.value, name: number * 2}
                yield {**spot.value, name: number / 2}
        case "function-after" if (kind := schema["function"]["function"].__name__) != "is_id":
            yield from _texts(spot, kind)
        case "function-after" if kinds := _field(spot).kinds:
            yield next(id_ for id_ in policy.entities(kinds[0]) if id_ != spot.value)
        case "function-before" | "function-plain" | "date":
            yield spot.value + timedelta(days=1) if isinstance(spot.value, date) else date.max


def _texts(spot: Spot, kind: str) -> Iterator[str]:
    if kind in ("is_duration", "is_period"):
        yield from (value for value in (SHORT, LONG) if value != spot.value)
    elif kind == "is_link":
        yield "https://example.org/another"
    elif spot.name == "reach":
        yield from (v for v in ("item", "conversation", "everything") if v != spot.value)
    elif spot.name == "lasts":
        yield from (v for v in ("until-changed", "each-time", "P30D") if v != spot.value)
    elif spot.name in ("costs", "side_effects"):
        yield from (v for v in ("nothing", "none", "You lose a feature.") if v != spot.value)
    else:
        yield "other words"


def _lists(spot: Spot, items: dict[str, Any], policy: Policy) -> Iterator[list[Any]]:
    if spot.value:
        yield spot.value[1:]
    known: list[Any] = ["another"]
    if items["type"] == "literal":
        known = items["expected"]
    if kinds := _field(spot).kinds:
        known = list(policy.entities(kinds[0]))
    here = spot.value or []
    if fresh := [value for value in known if value not in here]:
        yield [*here, UNLISTED if UNLISTED in fresh else fresh[-1]]


def _field(spot: Spot) -> Field:
    return next(field for field in fields_of(spot.model) if field.name == spot.name)


# A row of retention in another place is one that goes and one that comes; steps of a route's own
# take the place of all that it had from its use.
MOVES = {"Retention.copy_", "Retention.when", "Retention.data", "Route.steps"}
UNLISTED = "usage-events"  # data that is in no list which has others beside it


def mutations(project: Project) -> Iterator[Mutation]:
    """Every project that differs in one attribute of one entity and is still well formed."""
    for kind in KINDS:
        for id_, entity in project.policy.entities(kind).items():
            for spot in spots(entity):
                if f"{spot.model}.{spot.name}" in MOVES:
                    continue
                for value in others(spot, project.policy):
                    changed = _with(kind, entity, spot, value)
                    if changed is None or changed == entity:
                        continue
                    mutant = replaced(project, kind, id_, changed)
                    yield Mutation(f"{spot.model}.{spot.name}", id_, spot.value, value, mutant)


def _with(kind: str, entity: Strict, spot: Spot, value: Any) -> Strict | None:
    data = plain(entity)
    at = data
    for step in spot.path:
        at = at[step]
    if value is None:
        at.pop(spot.key, None)
    else:
        at[spot.key] = value
    if spot.name == "state":
        at.pop("control", None)
        if value in ("ask", "opt-in", "opt-out"):
            at["control"] = ["training-switch"]
    try:
        return MODELS[kind].model_validate(data)
    except ValidationError:
        return None


def replaced(project: Project, kind: str, id_: str, entity: Strict) -> Project:
    """A project with another entity in the place of one."""
    policy = copy.copy(project.policy)
    setattr(policy, kind, {**policy.entities(kind), id_: entity})
    return replace(project, policy=policy, findings=[])
