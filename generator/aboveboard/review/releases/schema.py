"""JSON Schema of release files, for whoever reads them with tools of their own."""

from __future__ import annotations

from typing import Any, get_args

from ...pipeline.graph import GRADES
from ...proof.model import VERDICTS, Kind
from ...schemas import DRAFT, whole, write
from . import form

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
SHA256: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def schema() -> Json:
    """The JSON Schema of a release file."""
    return {
        "$schema": DRAFT,
        "title": "A release of Aboveboard",
        "description": "What a service said on a day, and on what it rested. Keys are sorted, each "
        "value has its line, indents are one space, lines end with a line feed, text is UTF-8.",
        **_mapping(
            digest={
                **SHA256,
                "description": "SHA-256 of this file without the line of its digest.",
            },
            head=_ref("head"),
            inputs=_map(TEXT, "SHA-256 of each file that was read, by path."),
            policy={
                "type": "object",
                "description": "The policy as one policy file; its schema is that of policy files.",
            },
            text=_map(_ref("text"), "What the pages said, by language."),
            verdicts=_map(_ref("claim"), "Each claim with its verdict, by id."),
        ),
        "$defs": {"head": _head(), **_texts(), **_claims()},
    }


def _mapping(may: Json | None = None, /, **need: Json) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**need, **(may or {})},
        "required": list(need),
    }


def _map(value: Json, description: str) -> Json:
    return {"type": "object", "additionalProperties": value, "description": description}


def _list(value: Json) -> Json:
    return {"type": "array", "items": value}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def _head() -> Json:
    pattern = {"type": "string", "pattern": f"{SHA256['pattern']}|^$"}
    return _mapping(
        format={"const": form.FORMAT, "description": "The version of this form."},
        note={**TEXT, "description": "A sentence for readers."},
        number={
            "type": "integer",
            "minimum": 1,
            "maximum": form.MOST,
            "description": "Its place in the chain, from 1.",
        },
        previous={
            **pattern,
            "description": "The digest of the release before; empty for the first.",
        },
        released={"type": "string", "format": "date", "description": "The day of the release."},
        tool={**TEXT, "description": "What wrote it."},
        version={"type": "string", "pattern": whole(form.VERSION), "description": "Its name."},
    )


def _texts() -> dict[str, Json]:
    sentences = _list(_ref("sentence"))
    lines = _mapping(kind={"enum": ["items"]}, title=TEXT, sentences=sentences)
    return {
        "text": _mapping(chapters=_list(_ref("chapter"))),
        "chapter": _mapping(title=TEXT, parts=_list(_ref("part"))),
        "part": _mapping(path=TEXT, title=TEXT, answer=_ref("answer")),
        "answer": _mapping(
            {
                "question": TEXT,
                "short": sentences,
                "exceptions": _ref("items"),
                "details": _list(_ref("block")),
                "applies": {**TEXT, "default": "everyone"},
                "missing": {**TEXT, "description": "Which fact was not in the policy."},
            }
        ),
        "sentence": _mapping(
            {
                "lead": TEXT,
                "text": TEXT,
                "claims": {**_list(TEXT), "description": "The claims that back it; none: stated."},
                "link": TEXT,
                "follows": {"type": "boolean"},
                "correction": {**TEXT, "description": "The correction that says it."},
            }
        ),
        "items": lines,
        "block": {"anyOf": [_ref("items"), *map(_ref, ("paragraph", "table", "clicks"))]},
        "paragraph": _mapping(kind={"const": "paragraph"}, title=TEXT, sentences=sentences),
        "table": _mapping(
            kind={"const": "table"}, caption=TEXT, head=_list(TEXT), rows=_list(sentences)
        ),
        "clicks": _mapping(kind={"const": "clicks"}, title=TEXT, platforms=_list(_ref("platform"))),
        "platform": _mapping({"url": TEXT}, where=TEXT, steps=_list(TEXT)),
    }


def _claims() -> dict[str, Json]:
    at: Json = {"type": "integer", "minimum": 1}
    place = {"path": TEXT, "line": at, "column": at}
    grade = {"enum": list(GRADES)}
    texts = ("use", "route", "data", "subject", "target", "scope", "why", "cause")
    return {
        "claim": _mapping(
            {
                **dict.fromkeys(texts, TEXT),
                "evidence": _list(_ref("fact")),
                "culprit": _ref("fact"),
            },
            kind={"enum": list(get_args(Kind))},
            statement=TEXT,
            place=_mapping(**place),
            verdict={"enum": list(VERDICTS)},
            grade=grade,
        ),
        "fact": _mapping(text=TEXT, grade=grade, **place),
    }


if __name__ == "__main__":
    write("release", schema())
