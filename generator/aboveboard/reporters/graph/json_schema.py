"""JSON Schema of `graph --format json`, for those who read it by machine."""

from __future__ import annotations

from typing import Any, get_args

from ...pipeline.graph import GRADES, Operation, Role
from ...schemas import DRAFT, write
from .json import VERSION

Json = dict[str, Any]

_TEXT: Json = {"type": "string"}
_LINE: Json = {"type": "integer", "minimum": 0}


def _texts(description: str) -> Json:
    return {"type": "array", "items": _TEXT, "description": description}


def _said(schema: Json, description: str) -> Json:
    return {**schema, "description": description}


def _or_null(schema: Json, description: str) -> Json:
    return {"anyOf": [schema, {"type": "null"}], "description": description}


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _all(name: str, description: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}, "description": description}


_PLACE: Json = {
    "path": _said(_TEXT, "The file, from the project's folder; NAME: before it names a checkout."),
    "line": _said(_LINE, "The line, from 1."),
    "column": _said(_LINE, "The column in code points, from 1."),
}
_VALUE: Json = {
    "description": "The value; an object with `unknown` for one that cannot be read.",
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {
            "type": "object",
            "properties": {"unknown": {"const": True, "description": "It cannot be read."}},
            "required": ["unknown"],
            "additionalProperties": False,
        },
    ],
}
_FACT: Json = {"$ref": "#/$defs/fact", "description": "Where that stands."}


def schema() -> Json:
    """The JSON Schema of the graph that was read."""
    return {
        "$schema": DRAFT,
        "title": "A pipeline as Aboveboard read it",
        "description": "What `aboveboard graph --format json` prints.",
        **_object(
            {
                "version": {"const": VERSION, "description": "The version of this format."},
                "tool": _said(_TEXT, "What wrote it."),
                "revision": _or_null(_TEXT, "The commit that is checked out."),
                "root": _said(_TEXT, "The project's folder, from the root of git."),
                "part": _said(_TEXT, "Which part was asked for, in words; empty: all."),
                "inputs": _all("input", "The files, by path."),
                "datasets": _all("dataset", "The places where rows lie or pass, by id."),
                "steps": _all("step", "What happens to rows, by id."),
                "edges": _all("edge", "What reads and writes what."),
                "unknown": _all("doubt", "What is opaque or cannot be read."),
                "findings": _all("finding", "What is wrong with the files."),
            }
        ),
        "$defs": {
            "input": {**_object({**_INPUT, **_CHECKOUT}), "required": list(_INPUT)},
            "dataset": _object(_DATASET),
            "step": _object(_STEP),
            "edge": _object(_EDGE),
            "fact": _object(_FACT_KEYS),
            "named": _object({"name": _said(_TEXT, "Its name."), "fact": _FACT}),
            "place": _object(_PLACE),
            "lifetime": _object(_LIFETIME),
            "doubt": _object(
                {"node": _said(_TEXT, "The dataset or step."), "message": _said(_TEXT, "What.")}
                | _PLACE
            ),
            "finding": _object(_FINDING),
        },
    }


_INPUT: Json = {
    "path": _PLACE["path"],
    "format": _or_null(_TEXT, "The format that it is in; null: none that is known."),
    "sha256": _said(_TEXT, "The digest of what was read; empty if it could not be."),
}
_CHECKOUT: Json = {
    "checkout": _said(_TEXT, "The checkout that it lies in; the project unless said."),
    "revision": _said(_TEXT, "The commit of that checkout."),
}
_FACT_KEYS: Json = {
    "text": _said(_TEXT, "What the file says."),
    "grade": {"enum": list(GRADES), "description": "How well that is known."},
    **_PLACE,
}
_LIFETIME: Json = {
    "keep": _said(_VALUE, "An ISO 8601 duration; null: without limit."),
    "where": _or_null(_TEXT, "The rows that it is for; null: all the others."),
    "fact": _said(_FACT, "Where that stands."),
}
_DATASET: Json = {
    "id": _said(_TEXT, "Its name."),
    "also-called": _texts("Its other names and paths."),
    "role": {"enum": list(get_args(Role)), "description": "What it is for."},
    "person": _or_null(_TEXT, "The field that says whose row it is."),
    "fields": {
        "anyOf": [{"type": "array", "items": {"$ref": "#/$defs/named"}}, {"type": "null"}],
        "description": "Its fields; null: nobody lists them.",
    },
    "regions": _or_null(_texts("Codes."), "Where it lies; null: nobody says."),
    "retention": _all("lifetime", "How long rows are kept; empty: nobody says."),
    "fact": _said(_FACT, "Where it stands."),
}
_STEP: Json = {
    "id": _said(_TEXT, "Its name; other steps read it by this."),
    "name": _said(_TEXT, "What its tool calls it."),
    "op": {"enum": list(get_args(Operation)), "description": "What it does."},
    "opaque": _said({"type": "boolean"}, "Whether any field may reach any field."),
    "inputs": _texts("The datasets and steps that it reads."),
    "outputs": _texts("The datasets that it writes."),
    "fields": {
        "anyOf": [{"const": "*"}, {"type": "array", "items": _TEXT}],
        "description": "The fields that it acts on, or lets through.",
    },
    "writes": _or_null(
        {"type": "object", "additionalProperties": _texts("The fields that it is made from.")},
        "The fields that it makes; null: that is not its business, or not known.",
    ),
    "where": _or_null(_TEXT, "The rows that it keeps."),
    "group-by": _texts("The fields that make a group."),
    "distinct": _or_null(_TEXT, "The field that is counted, each value once."),
    "join": _or_null(
        _object(
            {
                "on": _texts("The fields that it joins on."),
                "kind": {"enum": ["inner", "left", "unknown"], "description": "Which rows stay."},
            }
        ),
        "How two inputs are joined.",
    ),
    "entities": _all("named", "What it looks for."),
    "spared": _all("named", "What it is told to leave alone."),
    "keeps-text": _said({"type": "boolean"}, "Whether what it finds stays."),
    "parameters": {
        "type": "array",
        "items": _object({"name": _said(_TEXT, "Its name."), "value": _VALUE, "fact": _FACT}),
        "description": "How much it protects.",
    },
    "runs": _or_null(_object({"value": _VALUE, "fact": _FACT}), "Whether it runs; null: always."),
    "partial": _or_null(_FACT, "Why it acts on some rows only."),
    "on-error": _or_null(
        _object(
            {"value": _VALUE, "fact": _FACT, "to": _or_null(_TEXT, "The dataset for failed rows.")}
        ),
        "What becomes of a row that it fails on; null: nobody says.",
    ),
    "external": _said({"type": "boolean"}, "Whether somebody else runs it."),
    "regions": _or_null(_texts("Codes."), "Where it runs; null: nobody says."),
    "fact": _said(_FACT, "Where it stands."),
}
_EDGE: Json = {
    "from": _said(_TEXT, "A dataset or step."),
    "to": _said(_TEXT, "A dataset or step."),
    "kind": {"enum": ["reads", "writes", "on-error"], "description": "What goes that way."},
}
_FINDING: Json = {
    "rule": _said(_TEXT, "The rule that fired."),
    "severity": {"enum": ["error", "warning", "note"], "description": "How bad it is."},
    "message": _said(_TEXT, "What is wrong."),
    "location": _or_null({"$ref": "#/$defs/place"}, "Where; null for what is written nowhere."),
}


if __name__ == "__main__":
    write("graph", schema())
