"""JSON Schema of policy files, from the compiled entity classes: red while typing, in any editor.

It says what one file can show. Ids that must exist elsewhere and tables without gaps are for
`check`.
"""

from __future__ import annotations

import inspect
import json
from typing import Any

from ..schemas import DRAFT, whole
from ..values import DURATION, ID
from .docs import DOCS
from .load import ALONE, MODELS
from .schema import FILE, classes

Json = dict[str, Any]

_ID: Json = {"pattern": whole(ID)}
_DURATION: Json = {"pattern": whole(DURATION)}
_REST: Json = {"const": "otherwise", "description": "All that the other rows of a table leave."}
_TEXT: Json = {"type": "string", "pattern": r"\S"}

_REACHES = ["item", "conversation", "session", "everything"]


def _given(key: str) -> Json:
    """A mapping that says something under a key: neither null nor an empty list."""
    empty: Json = {"anyOf": [{"type": "null"}, {"type": "array", "maxItems": 0}]}
    return {"required": [key], "properties": {key: {"not": empty}}}


# What a question that stands on the site says, and one that is left out does not.
_ASKED: Json = {"anyOf": [_given(key) for key in DOCS["Question"] if key != "left-out"]}

# What a function accepts of all that its type does: beside it all of these hold.
_NARROWED: dict[str, Json] = {
    "is_id": _ID,
    "is_text": {"pattern": r"\S"},
    "is_duration": _DURATION,
    "is_period": {"anyOf": [{"enum": ["not-kept", "no-limit"]}, _DURATION]},
    "is_place": {"minimum": 1},
    "is_link": {"pattern": r"""^((https?://|mailto:|tel:)[^\s<>"']+|/[^\s<>"']*)$"""},
    "Window.checked": {"anyOf": [_given("from"), _given("before")]},
    "Takes.checked": {"properties": {"reach": {"anyOf": [{"enum": _REACHES}, _DURATION]}}},
    "Line.checked": {
        "if": {"properties": {"state": {"enum": ["ask", "opt-in", "opt-out"]}}},
        "then": _given("control"),
        "else": {"not": _given("control")},
    },
    "Control.checked": {
        "if": {"not": {"properties": {"kind": {"const": "prompt"}}}},
        "then": _given("effect"),
    },
    "Relink.checked": {"anyOf": [_given("for"), _given("why")]},
    "Step.checked": {
        "if": {"properties": {"re-identify": {"const": "never"}}, "required": ["re-identify"]},
        "then": {
            "properties": {
                "relink": {"anyOf": [{"const": "nobody"}, {"type": "array", "maxItems": 0}]}
            }
        },
    },
    "Retention.checked": {
        "anyOf": [_given("keep"), _given("until")],
        "if": _given("then"),
        "then": _given("until"),
    },
    "Tool.checked": {
        "anyOf": [_given("version"), _given("pinned")],
        "not": {"allOf": [_given("version"), _given("pinned")]},
        "if": _given("checkout"),
        "then": _given("pinned"),
    },
    "Mark.checked": {
        "anyOf": [_given("field"), _given("dataset")],
        "not": {"allOf": [_given("field"), _given("dataset")]},
        "if": _given("dataset"),
        "then": {"properties": {"value": {"const": True}}},
    },
    "ChangeRecord.checked": {},  # which of two days is earlier no schema can say
    "Correction.checked": {},
    "Question.checked": {"if": _given("left-out"), "then": {"not": _ASKED}, "else": _ASKED},
}
# What a function takes in place of its type: any of these, or what the type accepts.
_WIDENED: dict[str, list[Json]] = {
    "named": [_TEXT],
    "holding": [_TEXT],
    "mark": [_TEXT],
    "by_path": [_TEXT],
    "by_version": [_TEXT],
    "keep_as_default": [{"type": "string", **_NARROWED["is_period"]}],
    "nobody_or_many": [{"const": "nobody"}],
    "one_or_many": [],
    "exclusion": [],
    "by_name": [],
    "or_rest": [_REST],
}


def schema() -> Json:
    """The JSON Schema of a policy file."""
    compiled = json.loads(FILE.read_text("utf-8"))
    kinds = {
        kind: {
            "type": "object",
            "propertyNames": {"type": "string", **_ID},
            "additionalProperties": _reference(model.__name__),
            "description": _about(model.__name__),
        }
        for kind, model in MODELS.items()
    }
    alone = {
        kind: {**_reference(model.__name__), "description": _about(model.__name__)}
        for kind, (_, model) in ALONE.items()
    }
    return {
        "$schema": DRAFT,
        "title": "A policy file of Aboveboard",
        "description": "What a service does with people's data. Each key is a kind of entity, "
        "and maps an id to an entity; a team splits files as it likes.",
        "type": "object",
        "additionalProperties": False,
        "properties": {**alone, **kinds},
        "$defs": {name: _model(name, compiled[name]) for name in _needed(compiled)},
    }


def _needed(compiled: Json) -> list[str]:
    """The classes that a file can hold; others are only what these have in common."""
    found = {model.__name__ for model in (*MODELS.values(), *(m for _, m in ALONE.values()))}
    waiting = list(found)
    while waiting:
        fresh = {*compiled[waiting.pop()]["metadata"]["parts"]} - found
        found |= fresh
        waiting += fresh
    return sorted(found)


def _reference(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _about(name: str) -> str:
    return " ".join(inspect.cleandoc(classes()[name].__doc__ or "").split())


def _model(name: str, core: Json) -> Json:
    """The schema of one class, with what its own check can say of one file."""
    if core["type"] == "function-after":
        rule = _NARROWED.get(core["function"]["function"])
        return {**_model(name, core["schema"]), **({"allOf": [rule]} if rule else {})}
    inner = core["schema"]
    fields = {field.get("validation_alias", a): field for a, field in inner["fields"].items()}
    others = inner.get("extras_schema")
    return {
        "type": "object",
        "description": _about(name),
        "additionalProperties": _value(others) if others else False,
        "properties": {key: _field(name, key, field) for key, field in fields.items()},
        "required": [key for key, f in fields.items() if f["schema"]["type"] != "default"],
    }


def _field(name: str, key: str, field: Json) -> Json:
    inherited = (cls.__name__ for cls in classes()[name].__mro__)
    said = next((DOCS[c][key] for c in inherited if key in DOCS.get(c, {})), None)
    if said is None:
        raise KeyError(f"policy/docs.py does not say what '{key}' of {name} is")
    return {**_value(field["schema"]), "description": said}


def _value(core: Json) -> Json:
    """The schema of a value, from pydantic's own."""
    match core["type"]:
        case "default":
            default = core["default"]
            said = {"default": default} if default not in (None, [], {}) else {}
            return {**_value(core["schema"]), **said}
        case "nullable":
            return _any_of([_value(core["schema"]), {"type": "null"}])
        case "union":
            return _any_of([_value(choice) for choice in core["choices"]])
        case "function-after":
            return {**_value(core["schema"]), **_NARROWED[core["function"]["function"]]}
        case "function-before":
            return _before(core)
        case "definition-ref":
            return _reference(core["schema_ref"])
        case "literal":
            return {"enum": core["expected"]}
        case "dict":
            keys = {"propertyNames": _value(core["keys_schema"])}
            return {"type": "object", **keys, "additionalProperties": _value(core["values_schema"])}
        case "list":
            least = {"minItems": core["min_length"]} if "min_length" in core else {}
            return {"type": "array", "items": _value(core["items_schema"]), **least}
    return {"type": _PLAIN[core["type"]]}


_PLAIN = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}


def _before(core: Json) -> Json:
    """What is written, which a function makes into what the type is."""
    function = core["function"]["function"]
    if function == "iso_date":
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    inner = _value(core["schema"])
    if function in ("exclusion", "by_name", "or_rest"):  # an id will do, alone or among others
        name: Json = {"type": "string", **_ID}
        if function != "exclusion":
            name["not"] = {"const": "otherwise"}
        inner["items"] = _any_of([name, inner["items"]])
    single = [inner["items"]] if inner.get("type") == "array" else []
    return _any_of([*_WIDENED[function], *single, inner])


def _any_of(choices: list[Json]) -> Json:
    """One of these; what is a choice itself is opened."""
    opened = (c["anyOf"] if set(c) == {"anyOf"} else [c] for c in choices)
    flat = [choice for group in opened for choice in group]
    return {"anyOf": flat} if len(flat) > 1 else flat[0]
