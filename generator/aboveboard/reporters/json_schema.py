"""JSON Schema of `check --format json`, for those who read it by machine."""

from __future__ import annotations

from typing import get_args, get_type_hints

from ..findings import Severity
from ..pipeline.graph import GRADES
from ..proof.model import RULES, VERDICTS, Hop
from ..schemas import DRAFT, write
from ..schemas.shapes import (
    CHECKOUT,
    DATE,
    INPUT,
    LINE,
    PLACE,
    TEXT,
    Json,
    all_of,
    keys,
    or_null,
    said,
    texts,
)
from .json import VERSION

_COUNT: Json = {"type": "integer", "minimum": 0}
_TALLY: Json = {verdict: said(_COUNT, f"How many are {verdict}.") for verdict in reversed(VERDICTS)}
_GRADE: Json = {"enum": list(GRADES), "description": "How well that is known."}


def schema() -> Json:
    """The JSON Schema of the report of a check."""
    return {
        "$schema": DRAFT,
        "title": "What a check of Aboveboard found",
        "description": "What `aboveboard check --format json` prints. Findings stand in order of "
        "place, claims and inputs in order of id and path; the same input gives the same bytes.",
        **keys(
            {
                "version": {"const": VERSION, "description": "The version of this format."},
                "tool": said(TEXT, "What wrote it."),
                "as_of": said(DATE, "The date that stood for today."),
                "revision": or_null(TEXT, "The commit that is checked out."),
                "root": said(TEXT, "The project's folder, from the root of git."),
                "inputs": all_of("input", "The files that were read, by path."),
                "summary": said({"$ref": "#/$defs/summary"}, "How many of each."),
                "findings": all_of("finding", "What is wrong."),
                "claims": all_of("claim", "What must hold, and whether it does."),
            },
            {"suppressions": all_of("told", "Corrections and suppressions that hold.")},
        ),
        "$defs": {
            "input": keys(INPUT, CHECKOUT),
            "summary": keys(_SUMMARY, _ASIDE),
            "place": keys(PLACE),
            "span": keys(_SPAN),
            "related": keys({**PLACE, "message": said(TEXT, "What is there.")}),
            "finding": keys(_FINDING),
            "fact": keys({**PLACE, "fact": said(TEXT, "What the file says."), "grade": _GRADE}),
            "hop": keys(_HOP),
            "claim": keys(_CLAIM, _CORRECTION),
            "told": keys(_TOLD),
        },
    }


_SUMMARY: Json = {
    "errors": said(_COUNT, "How many findings are errors."),
    "warnings": said(_COUNT, "How many are warnings."),
    "claims": said(keys(_TALLY), "How many claims have each verdict."),
}
_ASIDE: Json = {
    "corrected": said(_COUNT, "How many findings a correction stands for."),
    "suppressed": said(_COUNT, "How many findings a suppression puts aside."),
}
_TOLD: Json = {
    "id": said(TEXT, "The entity, such as `suppressions/known-label`."),
    "reason": said(TEXT, "Why; of a correction, what is true."),
    "owner": said(TEXT, "Who answers for it."),
    "expires": said(DATE, "The last day on which it holds."),
    "location": said({"$ref": "#/$defs/span"}, "Where it stands."),
    "findings": said(_COUNT, "How many findings it is about."),
}
_SPAN: Json = {
    **PLACE,
    "end_line": said(LINE, "The line of its end."),
    "end_column": said(LINE, "The column after its last letter."),
}
_FINDING: Json = {
    "rule": said(TEXT, "The rule that fired: `aboveboard explain RULE` tells of it."),
    "severity": {"enum": list(get_args(Severity)), "description": "How bad it is."},
    "message": said(TEXT, "What is wrong."),
    "hint": said(TEXT, "What to do about it."),
    "location": or_null({"$ref": "#/$defs/span"}, "Where; null for what is written nowhere."),
    "related": all_of("related", "Other places that have to do with it."),
    "claim": or_null(TEXT, "The claim that fails."),
    "fingerprint": said(TEXT, "The same in every run while the fault stays, wherever it moves."),
    "suppression": or_null(TEXT, "The entity that takes it out of the errors."),
}
_HOP: Json = {
    "node": said(TEXT, "The dataset, field or step."),
    "kind": {"enum": list(get_args(get_type_hints(Hop)["kind"])), "description": "Which of them."},
    "path": PLACE["path"],
    "line": PLACE["line"],
}
_CLAIM: Json = {
    "id": said(TEXT, "Its name: `aboveboard explain ID` tells of it."),
    "kind": {"enum": list(RULES), "description": "What kind of claim it is."},
    "statement": said(TEXT, "What must hold, in words."),
    "verdict": {"enum": list(VERDICTS), "description": "Whether it does."},
    "grade": _GRADE,
    "scope": said(TEXT, "Whom it is about."),
    "policy": said({"$ref": "#/$defs/place"}, "Where the policy says so."),
    "sentences": texts("The sentences of the site that rest on it."),
    "evidence": all_of("fact", "What decides it."),
    "witness": all_of("hop", "The path that breaks it, or one on which it holds."),
}
_CORRECTION: Json = {"correction": said(TEXT, "The correction that stands in its place.")}


if __name__ == "__main__":
    write("report", schema())
