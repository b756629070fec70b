"""JSON Schema of native pipeline files, overlays included, from the tables that the reader uses."""

from __future__ import annotations

from typing import Any

from ..schemas import DRAFT, whole, write
from ..values import DURATION
from .docs import DOCS
from .readers.native import file as native
from .readers.native import steps as native_steps
from .readers.shape import UNREAD, Keys

Json = dict[str, Any]

# What only a run would know is read as unknown, not refused.
_UNREAD: Json = {"type": "string", "pattern": UNREAD.pattern.replace(r"\Z", "$")}
_TEXTS: Json = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_NUMBER: Json = {"anyOf": [{"type": "number"}, _UNREAD]}
_ROWS: Json = {"anyOf": [{"type": "object"}, _UNREAD, {"type": "null"}]}
_KEEP: Json = {
    "anyOf": [
        {"enum": ["no-limit", "not-kept"]},
        {"type": "string", "pattern": whole(DURATION)},
        _UNREAD,
    ]
}
_KINDS: dict[str, Json] = {
    "text": {"type": "string"},
    "texts": _TEXTS,
    "int": {"anyOf": [{"type": "integer"}, _UNREAD]},
    "bool": {"anyOf": [{"type": "boolean"}, _UNREAD]},
    "map": {"type": "object"},
    "list": {"type": "array"},
    "any": {},
}


def _words(*known: str) -> Json:
    return {"anyOf": [{"enum": list(known)}, _UNREAD]}


# Where the reader looks at a value more closely than its kind says.
_OWN: dict[str, dict[str, Json]] = {
    "top": {
        "version": {"const": 1},
        "datasets": {"type": "object", "additionalProperties": {"$ref": "#/$defs/dataset"}},
        "steps": {"type": "array", "items": {"$ref": "#/$defs/step"}},
    },
    "dataset": {
        "role": {"enum": list(native.ROLES), "default": "store"},
        "retention": {
            "anyOf": [
                *_KEEP["anyOf"],
                {"type": "array", "items": {"$ref": "#/$defs/lifetime"}},
                {"type": "null"},
            ]
        },
        "fields": {"type": "object", "additionalProperties": {"$ref": "#/$defs/field"}},
    },
    "field": {"classification": {"enum": list(native.CLASSES), "default": "personal"}},
    "lifetime": {"keep": _KEEP, "where": _ROWS},
    "step": {
        "on_error": {
            "anyOf": [
                *_words(*native_steps.ERRORS)["anyOf"],
                {
                    "type": "object",
                    "properties": {"to": {"type": "string", "description": "A dataset."}},
                    "required": ["to"],
                    "additionalProperties": False,
                },
            ]
        },
        "where": _ROWS,
        "where_not": _ROWS,
        "missing": _words("keep", "drop"),
        "kind": _words("inner", "left"),
        "writes": {"type": "object", "additionalProperties": _TEXTS},
        "measures": {"type": "object", "additionalProperties": _TEXTS},
        **dict.fromkeys(native_steps.PARAMETERS, _NUMBER),
    },
}


def schema() -> Json:
    """The JSON Schema of a native pipeline file."""
    steps = {f"step-{op}": _step(op) for op in native_steps.OPERATIONS}
    return {
        "$schema": DRAFT,
        "title": "A native pipeline file of Aboveboard",
        "description": "What a pipeline does with data, drawn by hand; or with `overlay: true` "
        "what opaque steps of other files do.",
        **_mapping("top", native.TOP),
        "anyOf": [{"required": ["datasets"]}, {"required": ["steps"]}],
        "if": {"properties": {"overlay": {"const": True}}, "required": ["overlay"]},
        "else": {"properties": {"steps": {"items": {"required": ["in"]}}}},
        "$defs": {
            "dataset": {**_mapping("dataset", native.DATASET), "type": ["object", "null"]},
            "field": {**_mapping("field", native.FIELD), "type": ["object", "null"]},
            "lifetime": _mapping("lifetime", native.LIFETIME),
            "step": _any_step(),
            **steps,
        },
    }


def _mapping(part: str, keys: Keys) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: _key(part, key, kind) for key, kind in keys.kinds.items()},
        "required": list(keys.need),
    }


def _key(part: str, key: str, kind: str) -> Json:
    return {**_OWN[part].get(key, _KINDS[kind]), "description": DOCS[part][key]}


def _any_step() -> Json:
    """A step: its operation says which keys it has."""
    named = [{"const": op, "description": DOCS["operation"][op]} for op in native_steps.OPERATIONS]
    return {
        "type": "object",
        "properties": {"op": {"anyOf": named, "description": DOCS["step"]["op"]}},
        "required": ["op"],
        "allOf": [
            {
                "if": {"properties": {"op": {"const": op}}, "required": ["op"]},
                "then": {"$ref": f"#/$defs/step-{op}"},
            }
            for op in native_steps.OPERATIONS
        ],
    }


def _given(key: str) -> Json:
    """A condition that says something."""
    rows: Json = {"type": ["object", "string"], "minProperties": 1}
    return {"required": [key], "properties": {key: rows}}


def _step(op: str) -> Json:
    """A step with one operation; `in` is for the whole file to ask, since overlays go without."""
    keys = native_steps.keys_of(op, overlay=True)
    made = {**_mapping("step", keys), "description": DOCS["operation"][op]}
    made["properties"]["op"] = {"const": op, "description": DOCS["step"]["op"]}
    if op == "filter":
        made["anyOf"] = [_given("where"), _given("where_not")]
    if op == "join":
        two = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
        made["properties"]["in"] = {**two, "description": DOCS["step"]["in"]}
    return made


if __name__ == "__main__":
    write("pipeline", schema())
