"""The reference of the policy language, as a page of the docs: `make schema` writes it.

All that it says comes from the JSON Schema, so it cannot drift from what is accepted.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..schemas import whole
from ..values import DURATION, ID
from . import json_schema
from .entities import BUILT_IN_EVENTS
from .schema import fields_of

FILE = Path("docs/reference/policy-reference.md")
_TOP = """\
# The policy, key by key

For engineers. `make schema` writes it from the classes that read a
policy: it cannot say anything else than they accept. [The policy language](policy-language.md)
tells how the parts work together.

Where a list is expected, a single value will do. A key in **bold** must be there. An unknown key is
an error.
"""
_WORDS = {
    whole(ID): "id",
    whole(DURATION): "duration (ISO 8601)",
    r"\S": "text",
}
_PLAIN = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true, false"}

Json = dict[str, Any]


def text() -> str:
    """The whole page."""
    schema = json_schema.schema()
    definitions = schema["$defs"]
    said, told = [_TOP], set[str]()
    for kind, value in schema["properties"].items():
        name = _class(value.get("additionalProperties") or value)
        said.append(f"\n## {kind}\n\n{_section(definitions, name, told)}")
        if kind == "events":
            known = (f'`{id_}` ("{event["name"]}")' for id_, event in BUILT_IN_EVENTS.items())
            said.append(
                f"\nThese exist already: {', '.join(known)}. One of the same id replaces it.\n"
            )
    return "".join(said)


def _class(value: Json) -> str:
    return str(value["$ref"]).rpartition("/")[2]


def _section(definitions: Json, name: str, told: set[str]) -> str:
    """A class, and after it those of its parts that no section before had."""
    told.add(name)
    model = definitions[name]
    rows = [_row(name, key, value, key in model["required"]) for key, value in _keys(model)]
    said = f"{_cell(model['description'])}\n\n| key | what it is | value |\n|---|---|---|\n"
    said += "".join(rows)
    for part in dict.fromkeys(_parts(model)):
        if part not in told:
            said += f"\n### {_title(part)}\n\n{_section(definitions, part, told)}"
    return said


def _keys(model: Json) -> list[tuple[str, Json]]:
    other = model["additionalProperties"]
    named = [("*an axis*", {**other, "description": "Its value or values."})] if other else []
    return [*named, *model["properties"].items()]


def _row(model: str, key: str, value: Json, needed: bool) -> str:
    said = key if key.startswith("*") else f"**`{key}`**" if needed else f"`{key}`"
    words = _value(value)
    kinds = next((f.kinds for f in fields_of(model) if f.key == key), ())
    if kinds:
        words = words.replace("id", f"id of {' or '.join(kinds)}", 1)
    if "default" in value:
        default = value["default"]
        said_so = str(default).lower() if isinstance(default, bool) else default
        words += f"; `{said_so}` unless said"
    return f"| {said} | {_cell(value['description'])} | {_cell(words)} |\n"


def _value(value: Json) -> str:
    """What can be written, in words."""
    if "$ref" in value:
        title = _title(_class(value))
        return f"[{title}](#{title.replace(' ', '-')})"
    if "enum" in value:
        return ", ".join(f"`{word}`" for word in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    if "anyOf" in value and value.get("type") == "string":
        return f"`not-kept`, `no-limit` or {_WORDS[whole(DURATION)]}"
    if "anyOf" in value:
        choices = [_value(choice) for choice in value["anyOf"] if choice.get("type") != "null"]
        if {*_PLAIN.values()} <= {*choices}:  # what a config file holds, whatever its type
            choices = ["raw value", *(c for c in choices if c not in _PLAIN.values())]
        return " or ".join(_folded(choices))
    if value.get("format") == "date":
        return "date (ISO 8601)"
    match value.get("type"):
        case "array":
            return f"list of {_value(value['items'])}"
        case "object" if isinstance(value.get("additionalProperties"), dict):
            return f"{_value(value['propertyNames'])}: {_value(value['additionalProperties'])}"
        case "string" if value.get("pattern") in _WORDS:
            return _WORDS[value["pattern"]]
    return _PLAIN.get(value.get("type", ""), "mapping")


def _folded(choices: list[str]) -> list[str]:
    """Each once; a list says already that a single value will do."""
    if any(
        ": " in choice for choice in choices
    ):  # a mapping of mappings is told by its description
        choices = [choice if ": " not in choice else "mapping" for choice in choices]
    lists = {choice.removeprefix("list of ") for choice in choices if choice.startswith("list of")}
    if "raw value" in choices:
        lists |= {*choices} - {"raw value"}
    return [choice for choice in dict.fromkeys(choices) if choice not in lists]


def _parts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [part for item in value for part in _parts(item)]
    if not isinstance(value, dict):
        return []
    own = [_class(value)] if "$ref" in value else []
    return [*own, *(part for item in value.values() for part in _parts(item))]


def _title(name: str) -> str:
    """`AxisValue` is "axis value"."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


def write(root: Path) -> None:
    """Writes the page below a checkout."""
    (root / FILE).write_text(text(), "utf-8")
