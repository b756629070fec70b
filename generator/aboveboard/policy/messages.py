"""Pydantic's errors in the words of the person who wrote the YAML, at the place they wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..findings import Finding, Location
from ..source import Document, KeyPath
from ..values import did_you_mean, nearest
from .base import Strict
from .schema import fields_of

if TYPE_CHECKING:
    from .core import ValidationError

Detail = Mapping[str, Any]

_SHAPES = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_type": "true or false",
    "float_type": "a number",
    "int_type": "a whole number",
}
_CLOSED = ("literal_error", "enum")


def findings(
    error: ValidationError, model: type[Strict], document: Document, base: KeyPath
) -> Iterator[Finding]:
    """One finding per fault; several complaints about one value are told as one."""
    by_value: dict[tuple[KeyPath, str], list[Detail]] = {}
    for detail in error.errors(include_url=False):
        path = (*base, *_written(document, base, detail["loc"]))
        missing = str(detail["loc"][-1]) if detail["type"] == "missing" else ""
        by_value.setdefault((path, missing), []).append(detail)
    meant = set(_meant(model, by_value))
    for (path, missing), details in by_value.items():
        if (path, missing) not in meant:
            yield _Fault(document, model, path, details).finding()


def _meant(
    model: type[Strict], by_value: Mapping[tuple[KeyPath, str], list[Detail]]
) -> Iterator[tuple[KeyPath, str]]:
    """The keys that unknown ones are misspellings of: they are not missing as well."""
    for (path, _), details in by_value.items():
        if details[0]["type"] == "extra_forbidden":
            known = _keys_at(model, details[0]["loc"][:-1])
            yield path[:-1], nearest(str(path[-1]), known) or ""


def _written(document: Document, base: KeyPath, loc: tuple[str | int, ...]) -> KeyPath:
    """The part of pydantic's location that stands in the file: names of types are left out."""
    node: Any = document.data
    for step in base:
        node = node[step]
    path: list[str | int] = []
    for step in loc:
        is_item = isinstance(node, list) and isinstance(step, int) and step < len(node)
        if is_item or (isinstance(node, dict) and step in node):
            node = node[step]
            path.append(step)
    return tuple(path)


class _Fault:
    """What is wrong with one value, or with one key."""

    def __init__(
        self, document: Document, model: type[Strict], path: KeyPath, details: list[Detail]
    ) -> None:
        self.document, self.model, self.path, self.details = document, model, path, details
        self.detail = max(details, key=lambda d: d["type"] in _CLOSED)
        self.value = self.detail["input"]

    def finding(self) -> Finding:
        kind = str(self.detail["type"])
        message, hint, at_key = self._told(kind)
        rule = "unknown-key" if message.startswith("unknown key") else "invalid-policy"
        position = self.document.position(self.path, key=at_key)
        if position.line != position.end_line:  # of a block, its key is enough
            position = self.document.position(self.path, key=True)
        return Finding(rule, message, Location.at(self.document.path, position), hint=hint)

    def _told(self, kind: str) -> tuple[str, str, bool]:
        """Message, hint, and whether the key is at fault rather than its value."""
        key = str(self.path[-1]) if self.path else ""
        loc = self.detail["loc"]
        if kind == "missing":
            return f"'{loc[-1]}' is missing from '{key}'", f"add '{loc[-1]}:'", True
        if kind == "extra_forbidden":
            hint = did_you_mean(key, _keys_at(self.model, loc[:-1]))
            if " " in key and not hint:
                hint = "a comma ends a text between braces: put the text in quotes"
            return f"unknown key '{key}'", hint, True
        if loc and loc[-1] == "[key]":
            return self._of_key(kind, key)
        if kind in _CLOSED:
            message = f"{_shown(self.value)} is not a known value of '{_named(self.path)}'"
            return message, did_you_mean(str(self.value), self._literals()), False
        if kind == "value_error":
            said = str(self.detail.get("ctx", {}).get("error", self.detail["msg"]))
            return f"'{_named(self.path)}' {said}" if said.startswith("must") else said, "", False
        if kind in ("too_short", "missing_argument"):
            return f"'{_named(self.path)}' must not be empty", "", False
        if kind in _SHAPES:
            return self._of_shape(kind)
        return f"'{_named(self.path)}': {self.detail['msg']}", "", False

    def _of_key(self, kind: str, key: str) -> tuple[str, str, bool]:
        if kind in _CLOSED:
            message = f"unknown key '{key}' in '{_named(self.path[:-1])}'"
            return message, did_you_mean(key, self._literals()), True
        return str(self.detail.get("ctx", {}).get("error", self.detail["msg"])), "", True

    def _of_shape(self, kind: str) -> tuple[str, str, bool]:
        shape = _SHAPES[kind]
        message = f"'{_named(self.path)}' must be {shape}, not {_shown(self.value)}"
        is_scalar = isinstance(self.value, bool | int | float)
        return message, "put it in quotes" if shape == "text" and is_scalar else "", False

    def _literals(self) -> list[str]:
        """The words of all closed lists that the value could have come from."""
        said = [d.get("ctx", {}).get("expected", "") for d in self.details]
        parts = [part for one in said for part in one.replace(" or ", ", ").split(",")]
        return list(dict.fromkeys(part.strip().strip("'") for part in parts if part))


def _named(path: KeyPath) -> str:
    names = [str(step) for step in path if isinstance(step, str)]
    return names[-1] if names else "this file"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text[:60]}'"


def _keys_at(model: type[Strict], loc: tuple[str | int, ...]) -> list[str]:
    """The keys that the entity at this location may have."""
    current = model.__name__
    for step in loc:
        found = next((f for f in fields_of(current) if step in (f.key, f.name)), None)
        if found is not None:
            current = found.model or current
    return [field.key for field in fields_of(current)]
