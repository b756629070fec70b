"""Who has signed what, for people and for machines; and what somebody is about to sign."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from .. import __version__
from ..answers.wording import day
from ..project import Project
from ..review.signing.statements import Published
from ..review.signing.status import OPEN, Standing, Status, roles, unneeded, wanted
from .text import printable

VERSION = 1
_FACTS = 6  # facts of one claim that are shown to whoever signs; the others are counted


# -- text ----------------------------------------------------------------------------------------


def text(project: Project, found: Status) -> str:
    """What is open for each role, then one line that counts."""
    lines = [f"{finding.location}: {printable(finding.message)}" for finding in found.damaged]
    asked = list(dict.fromkeys((*roles(project), *(each.role for each in found.standings))))
    for role in asked:
        mine = [each for each in found.standings if each.role == role]
        for state in OPEN:
            for each in (one for one in mine if one.state == state):
                lines += _standing(each)
    if lines:
        lines.append("")
    lines += [_count(found, role) for role in asked]
    if left := unneeded(project, found):
        lines.append(left)
    if not asked:
        count = len(found.statements)
        lines.append(f"{count} statements; the policy asks for no signature, and there is none")
    return "\n".join([*lines, ""])


def _standing(each: Standing) -> Iterator[str]:
    changed = f" ({', '.join(each.changed)})" if each.changed else ""
    aside = "" if each.wanted else ", though nobody asks for it"
    yield f"{each.role}: {_STATES[each.state]}{changed}{aside}  {each.statement.id}"
    yield f"    “{printable(each.statement.text)}”"
    if each.record and each.signed:
        ended = f", until {each.until}" if each.state == "expired" else ""
        yield f"    signed on {each.record.date}{ended}: {each.signed.place}"
    if each.signed and "wording" in each.changed:
        for language, said in each.signed.print.says:
            yield f"    then, {language}: “{printable(said)}”"


_STATES = {"changed": "changed since", "expired": "expired", "unsigned": "never signed"}


def _count(found: Status, role: str) -> str:
    """Like "legal: 3 open (2 changed, 1 never signed), 38 signed"."""
    mine = [each for each in found.standings if each.role == role]
    lacking = [each for each in mine if each.open]
    counts = ((state, sum(each.state == state for each in lacking)) for state in OPEN)
    said = ", ".join(f"{count} {_STATES[state]}" for state, count in counts if count)
    signed = sum(each.state == "signed" for each in mine)
    return f"{role}: {len(lacking)} open{f' ({said})' if said else ''}, {signed} signed"


# -- JSON ----------------------------------------------------------------------------------------


def as_json(project: Project, found: Status) -> str:
    """Every statement, and how each role stands to it: the same input gives the same bytes."""
    by_id: dict[str, list[Standing]] = {}
    for each in found.standings:
        by_id.setdefault(each.statement.id, []).append(each)
    tally: dict[str, int] = {state: _tally(found, state) for state in ("signed", *OPEN)}
    whole = {
        "version": VERSION,
        "tool": f"aboveboard {__version__}",
        "as_of": project.as_of.isoformat(),
        "summary": {
            "statements": len(found.statements),
            "open": len(found.open),
            **tally,
            "unneeded": sum(not wanted(project, s) for s in found.statements.values()),
        },
        "damaged": [
            {"path": f.location.path, "line": f.location.line, "message": f.message}
            for f in found.damaged
            if f.location
        ],
        "statements": [_statement(s, by_id.get(id_, [])) for id_, s in found.statements.items()],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _tally(found: Status, state: str) -> int:
    return sum(each.state == state for each in found.standings)


def _statement(statement: Published, standings: list[Standing]) -> dict[str, Any]:
    source = statement.source
    return {
        "id": statement.id,
        "kind": statement.kind,
        "says": dict(statement.print.says),
        "fingerprint": statement.print.fingerprint,
        "claims": list(statement.claims),
        "answers": statement.parts,
        "correction": statement.correction or None,
        "policy": {"path": source.path, "line": source.line} if source else None,
        "roles": [_role(each) for each in standings],
    }


def _role(each: Standing) -> dict[str, Any]:
    record = each.record
    return {
        "role": each.role,
        "state": each.state,
        "required": each.wanted is not None,
        "changed": list(each.changed),
        "record": record.path if record else None,
        "date": record.date.isoformat() if record else None,
        "until": each.until.isoformat() if each.until else None,
    }


REPORTERS: dict[str, Callable[[Project, Status], str]] = {"text": text, "json": as_json}


# -- what somebody is about to sign --------------------------------------------------------------


def shown(
    project: Project,
    found: Status,
    chosen: Mapping[str, Published],
    role: str,
    notes: Sequence[str] = (),
) -> str:
    """How many they are; each sentence as the site prints it, with what it rests on, and what
    changed since it was signed; at last what to know before signing."""
    known = {each.statement.id: each for each in found.standings if each.role == role}
    count = f"{len(chosen)} statement{'' if len(chosen) == 1 else 's'}"
    lines = [f"{count} to sign, as {role}:", ""]
    for id_, statement in chosen.items():
        lines += [id_, f"    “{printable(statement.text)}”"]
        each = known.get(id_)
        if each and each.changed and each.record:
            since = day(each.record.date)
            lines.append(f"    changed since {since}: {', '.join(each.changed)}")
        lines += _evidence(project, statement)
        lines.append("")
    lines += [printable(note) for note in notes]
    return "\n".join([*lines, f"{count}, as {role}.", ""])


def _evidence(project: Project, statement: Published) -> Iterator[str]:
    if not statement.claims:
        yield "    rests on: nothing that settings can show"
    for claim in statement.claims:
        if claim not in project.proof.judged:
            continue
        judged = project.proof.judged[claim]
        yield f"    {judged.verdict}: {printable(judged.claim.statement)}"
        facts = project.evidence[claim]
        for fact in facts[:_FACTS]:
            yield f"      {fact.location}  {printable(fact.text)} ({fact.grade})"
        if len(facts) > _FACTS:
            yield f"      and {len(facts) - _FACTS} more"
