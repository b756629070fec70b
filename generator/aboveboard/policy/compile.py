"""Has pydantic read the entity classes, and writes what it found to `schema.json`.

    python -m aboveboard.policy.compile

A test fails while the file is not what this writes. Only this module needs pydantic.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, ClassVar, get_origin, get_type_hints

from .. import schemas
from . import json_schema, reference
from .base import Ref, Strict, dashed
from .schema import FILE, classes, functions, references

_building: list[type[Strict]] = []


def class_schema(model: type[Strict], handler: Any) -> Any:
    """The core schema of one class; of a class within itself, a reference."""
    if model in _building:
        return {"type": "definition-ref", "schema_ref": model.__name__}
    _building.append(model)
    try:
        return _class_schema(model, handler)
    finally:
        _building.remove(model)


def _class_schema(model: type[Strict], handler: Any) -> Any:
    hints = get_type_hints(model, include_extras=True)
    fields = {
        name: _field(model, name, hint, handler)
        for name, hint in hints.items()
        if get_origin(hint) is not ClassVar and not name.startswith("__")
    }
    behaviour = "allow" if model.OTHER_KEYS is not None else "forbid"
    inner: dict[str, Any] = {"type": "model-fields", "fields": fields, "extra_behavior": behaviour}
    if model.OTHER_KEYS is not None:
        inner["extras_schema"] = handler.generate_schema(model.OTHER_KEYS)
    config = {"title": model.__name__, "strict": True, "extra_fields_behavior": behaviour}
    schema = {"type": "model", "cls": model, "schema": inner, "config": config}
    if model.checked is not Strict.checked:
        function = {"type": "no-info", "function": model.checked}
        schema = {"type": "function-after", "function": function, "schema": schema}
    return {**schema, "ref": model.__name__}


def _field(model: type[Strict], name: str, hint: Any, handler: Any) -> dict[str, Any]:
    schema = handler.generate_schema(hint)
    if hasattr(model, name):
        default = getattr(model, name)
        schema = {"type": "default", "schema": schema, "default": default}
    field = {"type": "model-field", "schema": schema}
    if dashed(name) != name:
        field["validation_alias"] = dashed(name)
    kinds = next((m.kinds for m in getattr(hint, "__metadata__", ()) if isinstance(m, Ref)), ())
    return {**field, "metadata": {"kinds": list(kinds)}} if kinds else field


def compiled() -> str:
    """The text of `schema.json`: the schema of each class by its name, referring to others."""
    from pydantic import TypeAdapter

    models = tuple(classes().values())
    found: dict[str, Any] = {}
    _plain(TypeAdapter(tuple[models]).core_schema, found)  # type: ignore[valid-type]
    for schema in found.values():
        schema["metadata"] = {"parts": list(dict.fromkeys(references(schema)))}
        for field in _fields(schema).values():
            if model := next(references(field), None):
                field["metadata"] = {**field.get("metadata", {}), "model": model}
    lines = (f"{json.dumps(name)}: {json.dumps(found[name])}" for name in sorted(found))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _fields(schema: dict[str, Any]) -> dict[str, Any]:
    while "fields" not in schema:
        schema = schema["schema"]
    fields: dict[str, Any] = schema["fields"]
    return fields


def _plain(node: Any, found: dict[str, Any]) -> Any:
    """A schema as JSON; each class goes to `found`, and a reference takes its place."""
    if isinstance(node, list | tuple):
        return [_plain(part, found) for part in node]
    if callable(node):
        return _name(node)
    if not isinstance(node, dict):
        return node
    model = _model(node)
    if model is None:
        return _kept(node, found)
    if node["type"] == "model":
        found[model] = _kept(node, found)
    else:  # its check stands around it: one definition holds both
        found[model] = _kept({**node, "schema": None}, found)
        found[model]["schema"] = _kept(node["schema"], found)
    return {"type": "definition-ref", "schema_ref": model}


def _kept(node: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """A part of a schema without what only serializers need."""
    return {
        key: _plain(part, found)
        for key, part in node.items()
        if key not in ("ref", "serialization") and (key != "metadata" or "kinds" in part)
    }


def _model(node: dict[str, Any]) -> str | None:
    """The class that a schema describes, its own check included."""
    if node.get("type") == "function-after" and node["schema"]["type"] == "model":
        return str(node["schema"]["cls"].__name__)
    return str(node["cls"].__name__) if node.get("type") == "model" else None


def _name(value: Any) -> str:
    known = {found: name for name, found in {**classes(), **functions()}.items()}
    return known[value]


def main() -> None:
    """Write `schema.json` anew, and what follows from it: JSON Schema and the page of the docs."""
    FILE.write_text(compiled(), encoding="utf-8")
    schemas.write("policy", json_schema.schema())
    reference.write(Path())


if __name__ == "__main__":
    main()
