"""JSON Schema of `graph --format json`, for those who read it by machine."""

from __future__ import annotations

from typing import get_args

from ...pipeline.graph import GRADES, Operation, Role
from ...schemas import DRAFT, write
from ...schemas.shapes import CHECKOUT, INPUT, PLACE, TEXT, Json, all_of, keys, or_null, said, texts
from .json import VERSION

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
        **keys(
            {
                "version": {"const": VERSION, "description": "The version of this format."},
                "tool": said(TEXT, "What wrote it."),
                "revision": or_null(TEXT, "The commit that is checked out."),
                "root": said(TEXT, "The project's folder, from the root of git."),
                "part": said(TEXT, "Which part was asked for, in words; empty: all."),
                "inputs": all_of("input", "The files, by path."),
                "datasets": all_of("dataset", "The places where rows lie or pass, by id."),
                "steps": all_of("step", "What happens to rows, by id."),
                "edges": all_of("edge", "What reads and writes what."),
                "unknown": all_of("doubt", "What is opaque or cannot be read."),
                "findings": all_of("finding", "What is wrong with the files."),
            }
        ),
        "$defs": {
            "input": keys({**INPUT, "format": _FORMAT}, CHECKOUT),
            "dataset": keys(_DATASET),
            "step": keys(_STEP),
            "edge": keys(_EDGE),
            "fact": keys(_FACT_KEYS),
            "named": keys({"name": said(TEXT, "Its name."), "fact": _FACT}),
            "place": keys(PLACE),
            "lifetime": keys(_LIFETIME),
            "doubt": keys(
                {"node": said(TEXT, "The dataset or step."), "message": said(TEXT, "What.")} | PLACE
            ),
            "finding": keys(_FINDING),
        },
    }


_FORMAT: Json = or_null(TEXT, "The format that it is in; null: none that is known.")
_FACT_KEYS: Json = {
    "text": said(TEXT, "What the file says."),
    "grade": {"enum": list(GRADES), "description": "How well that is known."},
    **PLACE,
}
_LIFETIME: Json = {
    "keep": said(_VALUE, "An ISO 8601 duration; null: without limit."),
    "where": or_null(TEXT, "The rows that it is for; null: all the others."),
    "fact": said(_FACT, "Where that stands."),
}
_DATASET: Json = {
    "id": said(TEXT, "Its name."),
    "also-called": texts("Its other names and paths."),
    "role": {"enum": list(get_args(Role)), "description": "What it is for."},
    "person": or_null(TEXT, "The field that says whose row it is."),
    "fields": {
        "anyOf": [{"type": "array", "items": {"$ref": "#/$defs/named"}}, {"type": "null"}],
        "description": "Its fields; null: nobody lists them.",
    },
    "regions": or_null(texts("Codes."), "Where it lies; null: nobody says."),
    "retention": all_of("lifetime", "How long rows are kept; empty: nobody says."),
    "fact": said(_FACT, "Where it stands."),
}
_STEP: Json = {
    "id": said(TEXT, "Its name; other steps read it by this."),
    "name": said(TEXT, "What its tool calls it."),
    "op": {"enum": list(get_args(Operation)), "description": "What it does."},
    "opaque": said({"type": "boolean"}, "Whether any field may reach any field."),
    "inputs": texts("The datasets and steps that it reads."),
    "outputs": texts("The datasets that it writes."),
    "fields": {
        "anyOf": [{"const": "*"}, {"type": "array", "items": TEXT}],
        "description": "The fields that it acts on, or lets through.",
    },
    "writes": or_null(
        {"type": "object", "additionalProperties": texts("The fields that it is made from.")},
        "The fields that it makes; null: that is not its business, or not known.",
    ),
    "where": or_null(TEXT, "The rows that it keeps."),
    "group-by": texts("The fields that make a group."),
    "distinct": or_null(TEXT, "The field that is counted, each value once."),
    "join": or_null(
        keys(
            {
                "on": texts("The fields that it joins on."),
                "kind": {"enum": ["inner", "left", "unknown"], "description": "Which rows stay."},
            }
        ),
        "How two inputs are joined.",
    ),
    "entities": all_of("named", "What it looks for."),
    "spared": all_of("named", "What it is told to leave alone."),
    "keeps-text": said({"type": "boolean"}, "Whether what it finds stays."),
    "parameters": {
        "type": "array",
        "items": keys({"name": said(TEXT, "Its name."), "value": _VALUE, "fact": _FACT}),
        "description": "How much it protects.",
    },
    "runs": or_null(keys({"value": _VALUE, "fact": _FACT}), "Whether it runs; null: always."),
    "partial": or_null(_FACT, "Why it acts on some rows only."),
    "on-error": or_null(
        keys({"value": _VALUE, "fact": _FACT, "to": or_null(TEXT, "The dataset for failed rows.")}),
        "What becomes of a row that it fails on; null: nobody says.",
    ),
    "external": said({"type": "boolean"}, "Whether somebody else runs it."),
    "regions": or_null(texts("Codes."), "Where it runs; null: nobody says."),
    "fact": said(_FACT, "Where it stands."),
}
_EDGE: Json = {
    "from": said(TEXT, "A dataset or step."),
    "to": said(TEXT, "A dataset or step."),
    "kind": {"enum": ["reads", "writes", "on-error"], "description": "What goes that way."},
}
_FINDING: Json = {
    "rule": said(TEXT, "The rule that fired."),
    "severity": {"enum": ["error", "warning", "note"], "description": "How bad it is."},
    "message": said(TEXT, "What is wrong."),
    "location": or_null({"$ref": "#/$defs/place"}, "Where; null for what is written nowhere."),
}


if __name__ == "__main__":
    write("graph", schema())
