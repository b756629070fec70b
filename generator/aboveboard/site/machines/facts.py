"""`policy.json`: the facts of the policy, each answer with its verdicts, and every comparison.

It holds what the pages hold and no more: the bindings stay out, and so does every setting of a file
that `bindings.publish` does not name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from ...policy.written import plain
from ..book import Book
from ..evidence import Compared
from ..text import clean
from ..view import Pair, Shown

VERSION: Final = 1
KINDS: Final = (
    "data",
    "events",
    "uses",
    "controls",
    "steps",
    "copies",
    "retention",
    "recipients",
    "rights",
    "models",
    "safeguards",
)
"""The kinds of entity that are published whole; a test holds every other kind to a reason."""


def file(book: Book) -> str:
    """The text of the file."""
    header, policy = book.header, book.project.policy
    content = {
        "$schema": "schemas/site.schema.json",
        "version": VERSION,
        "service": header.service,
        "policy_version": header.version,
        "effective": header.effective.isoformat(),
        "compared": book.project.as_of.isoformat(),
        "language": header.language,
        "draft": book.draft,
        "digest": book.digest,
        "answers": [
            {
                "id": question.id,
                "question": question.asks,
                "address": _address(book.addresses[question.id]),
                "applies": question.answer.applies,
                "verdict": _weakest(book.show(question.answer, question.id)),
                **_said(book.show(question.answer, question.id)),
            }
            for question in book.questions
        ],
        "comparisons": [
            _comparison(judged.claim.kind, book.compared(judged))
            for judged in book.project.proof.judged.values()
        ],
        "policy": {
            "policy": plain(header),
            **{
                kind: {id_: plain(entity) for id_, entity in policy.entities(kind).items()}
                for kind in KINDS
                if policy.entities(kind)
            },
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _address(target: str) -> str:
    path, _, part = target.partition("#")
    return f"{path}/#{part}"


def _weakest(shown: Shown) -> str | None:
    """The weakest verdict of the short answer and its exceptions."""
    return shown.said.weakest if shown.said.pieces else None


def _said(shown: Shown) -> dict[str, Any]:
    first = {*shown.short, *shown.exceptions}
    return {
        "short": _statements(shown.short),
        "exceptions": _statements(shown.exceptions),
        "details": _statements(pair for pair in shown.pairs if pair not in first),
    }


def _statements(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    return [
        {
            "text": clean(pair.text),
            "verdict": pair.verdict,
            "comparisons": [one.anchor for one in pair.compared],
        }
        for pair in pairs
    ]


def _comparison(kind: str, one: Compared) -> dict[str, Any]:
    return {
        "id": one.anchor,
        "kind": kind,
        "statement": one.statement,
        "verdict": one.verdict,
        "step": one.step,
        "settings": [
            {"text": setting.text, "place": setting.place, "grade": setting.grade}
            for setting in one.settings
        ],
        "withheld": one.withheld,
        "digest": one.digest,
    }
