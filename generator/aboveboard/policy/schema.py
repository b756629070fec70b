"""The compiled schema of the entity classes: validators, and what each class's fields are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from . import bindings, choices, entities, faq, review, scope, types
from .base import Strict
from .core import SchemaValidator

FILE = Path(__file__).with_name("schema.json")
_MODULES = (types, scope, entities, choices, bindings, faq, review)


class Field(NamedTuple):
    """A field of a class: attribute, YAML key, kinds it refers to, and the class it holds."""

    name: str
    key: str
    kinds: tuple[str, ...]
    model: str | None


@cache
def classes() -> dict[str, type[Strict]]:
    """Every entity class, and class of a part of one, by name."""
    found = (value for module in _MODULES for value in vars(module).values())
    return {
        v.__name__: v
        for v in found
        if isinstance(v, type) and issubclass(v, Strict) and v is not Strict
    }


@cache
def functions() -> dict[str, Callable[..., Any]]:
    """Every function that a schema may call, by name."""
    found: dict[str, Callable[..., Any]] = {
        v.__name__: v
        for module in _MODULES
        for v in vars(module).values()
        if callable(v) and getattr(v, "__module__", "") == module.__name__ and _is_function(v)
    }
    for name, model in classes().items():
        if model.checked is not Strict.checked:
            found[f"{name}.checked"] = model.checked
    return found


def _is_function(value: Any) -> bool:
    return hasattr(value, "__code__")


@cache
def _schemas() -> dict[str, Any]:
    known_functions, known_classes = functions(), classes()

    def resolved(node: dict[str, Any]) -> dict[str, Any]:
        node.pop("copy_default", None)  # an entity never changes, so all can share one
        if node.get("type") == "no-info":
            node["function"] = known_functions[node["function"]]
        elif node.get("type") == "model":
            node["cls"] = known_classes[node["cls"]]
        return node

    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"), object_hook=resolved)
    for name, schema in read.items():
        schema["ref"] = name
    return read


@cache
def validator(name: str) -> SchemaValidator:
    """What builds one class, by its name, or raises pydantic_core's ValidationError."""
    schemas = _schemas()
    needed = dict.fromkeys((name,))
    waiting = [name]
    while waiting:
        parts = schemas[waiting.pop()]["metadata"]["parts"]
        waiting += [part for part in parts if part not in needed]
        needed.update(dict.fromkeys(parts))
    top = {"type": "definition-ref", "schema_ref": name}
    definitions = [schemas[part] for part in needed]
    schema: Any = {"type": "definitions", "schema": top, "definitions": definitions}
    return SchemaValidator(schema)


@cache
def fields_of(name: str) -> tuple[Field, ...]:
    """The fields of a class, by its name, in the order of its definition."""
    schema = _schemas()[name]
    while "fields" not in schema:
        schema = schema["schema"]
    found = []
    for attribute, field in schema["fields"].items():
        known = field.get("metadata", {})
        key = field.get("validation_alias", attribute)
        found.append(Field(attribute, key, tuple(known.get("kinds", ())), known.get("model")))
    return tuple(found)


def references(node: Any) -> Iterator[str]:
    """The classes that a schema refers to, by name."""
    if isinstance(node, dict):
        if node.get("type") == "definition-ref":
            yield node["schema_ref"]
        else:
            for part in node.values():
                yield from references(part)
    elif isinstance(node, list):
        for part in node:
            yield from references(part)
