"""JSON Schema of `policy.json`; as a program it writes it anew."""

from __future__ import annotations

from typing import Any

from ... import schemas
from ...pipeline.graph import GRADES
from ...proof.model import RULES
from ..words import GRADE, MARKS
from .facts import VERSION

Json = dict[str, Any]
_TEXT: Json = {"type": "string"}
_DATE: Json = {"type": "string", "format": "date"}
_VERDICT: Json = {"enum": list(MARKS)}


def _object(**keys: Json) -> Json:
    return {
        "type": "object",
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }


def _list(item: Json) -> Json:
    return {"type": "array", "items": item}


def schema() -> Json:
    """The schema; the policy in it is a policy file."""
    statements = _list({"$ref": "#/$defs/statement"})
    setting = _object(text=_TEXT, place=_TEXT, grade={"enum": [GRADE[grade] for grade in GRADES]})
    answer = _object(
        id=_TEXT,
        question=_TEXT,
        address={**_TEXT, "description": "From the folder of this file."},
        applies={**_TEXT, "description": "To whom the short answer applies."},
        verdict={"enum": [*MARKS, None], "description": "The weakest of its statements."},
        short=statements,
        exceptions={**statements, "description": "What the short answer does not stop."},
        details=statements,
    )
    comparison = _object(
        id=_TEXT,
        kind={"enum": list(RULES)},
        statement=_TEXT,
        verdict=_VERDICT,
        step={**_TEXT, "description": "The public name of the step, if it is about one."},
        settings={**_list(setting), "description": "Settings of files that may be shown."},
        withheld={"type": "integer", "minimum": 0, "description": "How many may not be shown."},
        digest={**_TEXT, "description": "Stands for the files that were compared."},
    )
    statement = _object(text=_TEXT, verdict=_VERDICT, comparisons=_list(_TEXT))
    return {
        "$schema": schemas.DRAFT,
        "title": "What a service says it does with data, and how each statement compares",
        **_object(
            **{"$schema": _TEXT},
            version={"const": VERSION},
            service=_TEXT,
            policy_version=_TEXT,
            effective=_DATE,
            compared=_DATE,
            language=_TEXT,
            draft={"type": "boolean"},
            digest=_TEXT,
            answers=_list(answer),
            comparisons=_list(comparison),
            policy={"$ref": "policy.schema.json"},
        ),
        "$defs": {"statement": statement},
    }


if __name__ == "__main__":
    schemas.write("site", schema())
