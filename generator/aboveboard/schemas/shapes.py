"""What schemas of our own reports are put together from."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
LINE: Json = {"type": "integer", "minimum": 0}
DATE: Json = {"type": "string", "format": "date"}


def said(schema: Json, description: str) -> Json:
    """A schema with its description."""
    return {**schema, "description": description}


def texts(description: str) -> Json:
    """A list of texts."""
    return {"type": "array", "items": TEXT, "description": description}


def or_null(schema: Json, description: str) -> Json:
    """What the schema takes, or null."""
    return {"anyOf": [schema, {"type": "null"}], "description": description}


def keys(properties: Json, optional: Json | None = None) -> Json:
    """An object with all of these keys, and with the optional ones or not."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }


def all_of(name: str, description: str) -> Json:
    """A list of what `$defs` has by this name."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "description": description}


PLACE: Json = {
    "path": said(TEXT, "The file, from the project's folder; NAME: before it names a checkout."),
    "line": said(LINE, "The line, from 1."),
    "column": said(LINE, "The column in code points, from 1."),
}
INPUT: Json = {
    "path": PLACE["path"],
    "sha256": said(TEXT, "The digest of what was read; empty if it could not be."),
}
CHECKOUT: Json = {
    "checkout": said(TEXT, "The checkout that it lies in; the project unless said."),
    "revision": said(TEXT, "The commit of that checkout."),
}
