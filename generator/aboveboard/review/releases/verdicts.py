"""What the proof found, as plain data: each claim with its verdict and evidence, and back."""

from __future__ import annotations

from typing import Any, cast, get_args

from ...findings import Location
from ...pipeline.graph import GRADES, Fact, Grade
from ...proof.model import VERDICTS, Claim, Judged, Kind, Proof, Verdict
from .cursor import Cursor
from .texts import filled

Plain = dict[str, Any]
KINDS = get_args(Kind)
PLACE = ("path", "line", "column")


def frozen(proof: Proof) -> Plain:
    """Claims by id, as a release keeps them."""
    return {id_: _judged(judged) for id_, judged in proof.judged.items()}


def thawed(claims: Cursor) -> Proof:
    """The proof that a release keeps: the path of a witness is not in it."""
    return Proof({id_: _read(id_, claim) for id_, claim in sorted(claims.items())})


def _judged(judged: Judged) -> Plain:
    claim = judged.claim
    return {
        **filled(
            use=claim.use,
            route=claim.route,
            data=claim.data,
            subject=claim.subject,
            target=claim.target,
            scope=claim.scope,
            why=judged.why,
            evidence=[_fact(fact) for fact in dict.fromkeys(judged.evidence)],
            culprit=_fact(judged.culprit) if judged.culprit else None,
            cause=judged.caused_by,
        ),
        "kind": claim.kind,
        "statement": claim.statement,
        "place": _place(claim.place),
        "verdict": judged.verdict,
        "grade": judged.grade,
    }


def _fact(fact: Fact) -> Plain:
    return {"text": fact.text, "grade": fact.grade, **_place(fact.location)}


def _place(place: Location) -> Plain:
    return {"path": place.path, "line": place.line, "column": place.column}


_TEXTS = ("use", "route", "data", "subject", "target", "scope")


def _read(id_: str, claim: Cursor) -> Judged:
    need = ("kind", "statement", "place", "verdict", "grade")
    claim.keys(*need, may=(*_TEXTS, "why", "evidence", "culprit", "cause"))
    said = Claim(
        id_,
        cast(Kind, claim.one_of("kind", KINDS)),
        claim.text("statement"),
        _read_place(claim.of("place").keys(*PLACE)),
        *(claim.text(key, "") for key in _TEXTS),
    )
    return Judged(
        said,
        cast(Verdict, claim.one_of("verdict", VERDICTS)),
        cast(Grade, claim.one_of("grade", GRADES)),
        claim.text("why", ""),
        tuple(map(_read_fact, claim.of("evidence").each())) if claim.has("evidence") else (),
        culprit=_read_fact(claim.of("culprit")) if claim.has("culprit") else None,
        caused_by=claim.text("cause", "") or None,
    )


def _read_fact(fact: Cursor) -> Fact:
    fact.keys("text", "grade", *PLACE)
    grade = cast(Grade, fact.one_of("grade", GRADES))
    return Fact(fact.text("text"), grade, _read_place(fact))


def _read_place(place: Cursor) -> Location:
    return Location(place.text("path"), place.number("line"), place.number("column"))
