"""Policies that differ from another in one attribute: made from the fields of the entity classes."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic_core import ValidationError

from aboveboard.policy.base import Strict
from aboveboard.policy.load import ALONE, MODELS
from aboveboard.policy.model import KINDS, Policy
from aboveboard.policy.schema import Field, _schemas, fields_of
from aboveboard.policy.scope import OTHERWISE, Scope
from aboveboard.project import Project

SHORT, LONG = "PT1H", "P100Y"


class Mutation(NamedTuple):
    """One attribute with another value; `spot` is where, in `entity` as it was.

    `inner` is the attribute of a scope that makes the difference, where `scope` is what differs.
    """

    spot: Spot
    id: str
    entity: Strict
    after: Any
    inner: str
    project: Project

    @property
    def field(self) -> str:
        return f"{self.spot.model}.{self.spot.name}"

    @property
    def before(self) -> Any:
        return self.spot.value

    @property
    def changed(self) -> Strict:
        """The entity as it is."""
        found: Strict = entities(self.project)[self.spot.kind, self.id]
        return found

    def __str__(self) -> str:
        return f"{self.field} of {self.id}: {self.before!r} -> {self.after!r}"


def entities(project: Project) -> dict[tuple[str, str], Strict]:
    """Every entity by kind and id, the title block and the bindings too."""
    policy = project.policy
    alone = {(kind, ""): getattr(policy, name) for kind, (name, _) in ALONE.items()}
    alone = {key: entity for key, entity in alone.items() if entity is not None}
    return {**alone, **{(k, id_): it for k in KINDS for id_, it in policy.entities(k).items()}}


def plain(value: Any) -> Any:
    """An entity as YAML would give it, defaults written out."""
    if value == [OTHERWISE]:
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

    kind: str
    model: str
    name: str
    key: str
    path: tuple[str | int, ...]
    value: Any

    @property
    def field(self) -> Field:
        return next(field for field in fields_of(self.model) if field.name == self.name)

    @property
    def _whole(self) -> dict[str, Any]:
        found = _schemas()[self.model]
        while "fields" not in found:
            found = found["schema"]
        schema: dict[str, Any] = found["fields"][self.name]["schema"]
        return schema

    @property
    def schema(self) -> dict[str, Any]:
        schema = self._whole
        while schema["type"] in ("default", "nullable", "function-before"):
            schema = schema["schema"]
        return schema

    @property
    def nullable(self) -> bool:
        return "'nullable'" in str(self._whole)[:80]


def spots(kind: str, entity: Strict, path: tuple[str | int, ...] = ()) -> Iterator[Spot]:
    """Every attribute of an entity and of its parts, but for those of scopes."""
    name = type(entity).__name__
    for field in fields_of(name):
        value = getattr(entity, field.name)
        yield Spot(kind, name, field.name, field.key, path, value)
        if field.model not in (None, "Scope"):
            for at, part in _parts(value, (*path, field.key)):
                yield from spots(kind, part, at)


def _parts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, Strict):
        yield path, value
    elif isinstance(value, list | dict):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _parts(part, (*path, step))


Other = tuple[Any, str]  # another value, and which attribute of a scope makes it another


def others(spot: Spot, policy: Policy) -> Iterator[Other]:
    """Other values of an attribute, by its type; None takes it away."""
    if spot.name == "scope":
        yield from _narrower(spot.value)
    elif spot.field.model or (spot.name in ("axes", "of") and spot.kind == "policy"):
        yield from ((value, "") for value in _parts_taken(spot))
    else:
        yield from ((value, "") for value in _values(spot, policy))


def _narrower(scopes: list[Scope]) -> Iterator[Other]:
    """A scope with fewer people; the rest of a table is as wide as other rows leave it."""
    if scopes and scopes[0] is OTHERWISE:
        return
    first, *rest = [plain(scope) for scope in scopes] or [{}]
    for axis, values in first.items():
        if isinstance(values, list) and len(values) > 1:
            yield [{**first, axis: values[:-1]}, *rest], ""
    for key, name, value in (
        ("choice", "choice", {"search-switch": "refused"}),
        ("collected", "collected", {"from": date(2026, 1, 1)}),
        ("in-force", "in_force", {"before": date(2027, 1, 1)}),
        ("not", "not_", [{"region": "eea"}]),
    ):
        if key not in first and not (key == "not" and "region" in first):
            yield [{**first, key: value}, *rest], f"Scope.{name}"


def _parts_taken(spot: Spot) -> Iterator[Any]:
    """Without a part that there was; axes get a value more, since scopes name those they have."""
    value = plain(spot.value)
    if spot.name == "axes":
        yield {**value, "chat-mode": {**value["chat-mode"], "brief": {"name": "Brief chats"}}}
    elif spot.name == "of":
        if value:
            yield [*value, "eea"]
    elif isinstance(value, list) and value:
        yield value[1:]
    elif isinstance(value, dict) and spot.nullable:
        yield None
    elif isinstance(value, dict) and value:
        yield dict(list(value.items())[1:])


def _values(spot: Spot, policy: Policy) -> Iterator[Any]:
    schema = spot.schema
    if spot.nullable and spot.value is not None:
        yield None
    match schema["type"]:
        case "literal" | "union":
            found = [v for one in schema.get("choices", [schema]) for v in one.get("expected", [])]
            yield from (value for value in found or ["another"] if value != spot.value)
        case "bool":
            yield not spot.value
        case "list":
            yield from _lists(spot, schema["items_schema"], policy)
        case "dict" if spot.name == "parameters":
            for name, number in spot.value.items():
                yield {**spot.value, name: number * 2}
                yield {**spot.value, name: number / 2}
        case "dict" if spot.value:
            yield dict(list(spot.value.items())[1:])
        case "function-after" if (kind := schema["function"]["function"].__name__) != "is_id":
            yield from _texts(spot, kind)
        case "function-after" if kinds := spot.field.kinds or _HELD.get(spot.name):
            yield next(id_ for id_ in policy.entities(kinds[0]) if id_ != spot.value)
        case "function-before" | "function-plain" | "date":
            yield spot.value + timedelta(days=1) if isinstance(spot.value, date) else _LATE


_HELD = {"holder": ("recipients",)}  # an id or `us`
_LATE = date(2030, 1, 1)


def _texts(spot: Spot, kind: str) -> Iterator[Any]:
    if kind in ("is_duration", "is_period"):
        yield from (value for value in (SHORT, LONG) if value != spot.value)
    elif kind == "is_link":
        yield "https://example.org/another"
    elif kind == "is_place":
        yield 2
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
    known: list[Any] = [SHORT] if spot.name == "options" else ["another"]
    if items["type"] == "literal":
        known = items["expected"]
    if kinds := spot.field.kinds:
        known = list(policy.entities(kinds[0]))
    here = spot.value or []
    if fresh := [value for value in known if value not in here]:
        yield [*here, UNLISTED if UNLISTED in fresh else fresh[-1]]


UNLISTED = "usage-events"  # data that is in no list which has others beside it


def mutations(project: Project) -> Iterator[Mutation]:
    """Every project that differs in one attribute of one entity and is still well formed."""
    for (kind, id_), entity in entities(project).items():
        if kind == "scopes":
            continue  # stands where it is used
        for spot in spots(kind, entity):
            for value, inner in others(spot, project.policy):
                changed = _with(kind, entity, spot, value)
                if changed is not None and changed != entity:
                    mutant = replaced(project, kind, id_, changed)
                    yield Mutation(spot, id_, entity, value, inner, mutant)


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
    return made(kind, data)


def made(kind: str, data: Any) -> Strict | None:
    """The entity that plain data describes; None if it is not well formed."""
    model = ALONE[kind][1] if kind in ALONE else MODELS[kind]
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def replaced(project: Project, kind: str, id_: str, entity: Strict | None) -> Project:
    """A project with another entity in the place of one, or with none."""
    policy = copy.copy(project.policy)
    if kind in ALONE:
        setattr(policy, ALONE[kind][0], entity)
    else:
        whole = {**policy.entities(kind), id_: entity}
        setattr(policy, kind, {key: it for key, it in whole.items() if it is not None})
    if entity is None:
        known = policy.documents
        policy.documents = {key: it for key, it in known.items() if key != (kind, id_)}
    return Project(project.root, project.as_of, policy, project.pipeline)
