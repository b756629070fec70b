"""Reports that no project gives: hostile text, nothing at all, very much of it."""

from __future__ import annotations

from datetime import date

from aboveboard.findings import Finding, Location
from aboveboard.pipeline.graph import Fact
from aboveboard.proof.model import Claim, Hop, Judged, Proof, Verdict
from aboveboard.reporters.model import Report, Told

TODAY = date(2026, 12, 1)
HOSTILE = (
    "]]><b onload=x>&amp;</b>--> ::error::x ##[error]y %0A::set-output name=a::b\n::warning::z\r\n"
    "\x1b[31m \x00 \ud800 \uffff \u2028 [a](javascript:b) ![c](//d) {0} {1} `e` @f #1 | g , h"
)
POLICY = "policy_data/a b%,:ü.yml"


def claim(id_: str, verdict: Verdict, text: str = "said", caused_by: str = "") -> Judged:
    """A judged claim, with a witness where it fails."""
    place = Location(POLICY, 3, 5, 3, 9)
    return Judged(
        Claim(id_, "never-used", text, place),
        verdict,
        why=text,
        evidence=(Fact(text, "observed", place),),
        witness=(Hop(text, "field", place), Hop("end", "dataset", place)),
        caused_by=caused_by or None,
    )


def report(*findings: Finding, claims: tuple[Judged, ...] = (), root: str = ".") -> Report:
    """A report of these, in which each file has lines."""
    proof = Proof(judged={judged.claim.id: judged for judged in claims})
    return Report(
        list(findings),
        proof,
        TODAY,
        inputs={POLICY: "ab" * 32},
        root=root,
        line=lambda path, number: "text" if path.startswith("policy_data/") else None,
        asked=frozenset({"vague-word", "unused-control"}),
    )


def hostile() -> Report:
    """Text of others, as bad as it gets, wherever a report has text of others."""
    place = Location(POLICY, 3, 5, 4, 2, message=HOSTILE)
    bad = Finding(
        "forbidden-flow",
        HOSTILE,
        place,
        hint=HOSTILE,
        related=(place, Location("main:policy_data/x.yml", 1, message=HOSTILE)),
        claim=f"use/{HOSTILE}",
    )
    soft = Finding("vague-word", HOSTILE, place, "note", suppression="corrections/x")
    told = Told("corrections/x", HOSTILE, HOSTILE, TODAY, place)
    made = report(bad, soft, claims=(claim(f"use/{HOSTILE}", "violated", HOSTILE),))
    return made._replace(told=(told,), sentences={f"use/{HOSTILE}": [HOSTILE]})


def many(count: int) -> Report:
    """So many findings, and half as many claims that fail."""
    findings = [
        Finding("vague-word", f"finding {n}", Location(POLICY, n + 1, 1, n + 1, 4), "warning")
        for n in range(count // 2)
    ]
    claims = tuple(claim(f"use/{n:05}", "violated") for n in range(count - count // 2))
    errors = [
        Finding("forbidden-flow", "not kept", one.claim.place, claim=one.claim.id) for one in claims
    ]
    return report(*findings, *errors, claims=claims)
