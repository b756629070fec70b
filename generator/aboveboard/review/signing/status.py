"""Who has signed what: signed, changed since, expired, or never signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from ...findings import Finding
from ...policy.review import SignOff
from ...project import Project
from ...values import Duration
from .records import Record, Signed
from .settled import read, state
from .statements import Published, published

State = Literal["changed", "expired", "unsigned", "signed"]
OPEN: tuple[State, ...] = ("changed", "expired", "unsigned")


class Wanted(NamedTuple):
    """What the policy asks for a statement of one role."""

    severity: Literal["error", "warning"]
    lasts: str | None


class Standing(NamedTuple):
    """How a role stands to a statement; `changed` are the parts that differ from what was signed.

    `record` and `signed` are the latest signature, if there is any; `until` is its last day.
    """

    statement: Published
    role: str
    state: State
    wanted: Wanted | None
    changed: tuple[str, ...] = ()
    record: Record | None = None
    signed: Signed | None = None
    until: date | None = None

    @property
    def open(self) -> bool:
        """Whether a signature is needed and lacks."""
        return self.wanted is not None and self.state != "signed"


class Status(NamedTuple):
    """All statements, how roles stand to them, the records, and what is wrong with some."""

    statements: dict[str, Published]
    standings: list[Standing]
    records: list[Record]
    damaged: list[Finding]

    @property
    def open(self) -> list[Standing]:
        return [standing for standing in self.standings if standing.open]


def status(project: Project) -> Status:
    """The status of a project; one with errors has no statements that mean anything.

    What was signed without being asked for is in `unasked` alone.
    """
    kept: Status | None = vars(project).get("_signing")
    if kept is None:
        records, damaged = read(project)
        statements = published(project) if project.loaded and project.policy.header else {}
        found = list(_standings(project, statements, records))
        kept = vars(project)["_signing"] = Status(statements, found, records, damaged)
    return kept


def unasked(project: Project) -> Status:
    """The status, with what was signed though nobody asks for it."""
    found = status(project)
    more = _standings(project, found.statements, found.records, asked_for=False)
    return found._replace(standings=[*found.standings, *more])


def settling(project: Project, found: Status, record: Record) -> str:
    """What a new record says of the state in which it leaves nothing open; "" if something is."""
    records = [*found.records, record]
    after = Status(
        found.statements,
        list(_standings(project, found.statements, records)),
        records,
        found.damaged,
    )
    lacking = after.open or after.damaged or next(idle(project, after), None)
    return "" if lacking else state(project, found.records)


def idle(project: Project, found: Status) -> Iterator[tuple[Record, list[Signed]]]:
    """The records with signatures under nothing, or of a role that nobody asks."""
    known, asked = found.statements, roles(project)
    gone = {s for record in found.records for s in record.signed if s.what not in known}
    prints = {s.print.fingerprint for s in known.values()} if gone else set()
    for record in found.records:
        lost = [s for s in record.signed if s in gone and s.print.fingerprint not in prints]
        if lost or (asked and record.role not in asked):
            yield record, lost


def rules(project: Project) -> list[SignOff]:
    """What the policy asks for."""
    review = project.policy.review
    return review.sign_off if review else []


def unneeded(project: Project, found: Status) -> str:
    """Like "3 statements of retention need no signature here (review.sign-off: rights)"."""
    asked = dict.fromkeys(kind for rule in rules(project) for kind in rule.statements)
    kinds = dict.fromkeys(s.kind for s in found.statements.values() if not wanted(project, s))
    if not asked or not kinds:
        return ""
    count = sum(s.kind in kinds for s in found.statements.values())
    of = ", ".join(sorted(kind for kind in kinds if kind))
    needs = "statement needs" if count == 1 else "statements need"
    return f"{count} {needs} no signature here (review.sign-off: {', '.join(asked)}): {of}"


def roles(project: Project) -> list[str]:
    """Every role that has to sign anything."""
    return list(dict.fromkeys(role for rule in rules(project) for role in rule.role))


def wanted(project: Project, statement: Published) -> dict[str, Wanted]:
    """By role; the strictest of the rules for this kind of statement."""
    found: dict[str, Wanted] = {}
    for rule in rules(project):
        if not {"all", statement.kind} & {*rule.statements}:
            continue
        for role in rule.role:
            known = found.get(role, Wanted("warning", None))
            severity = rule.severity if known.severity == "warning" else known.severity
            periods = [period for period in (known.lasts, rule.lasts) if period]
            lasts = min(periods, key=lambda p: Duration.parse(p).shortest, default=None)
            found[role] = Wanted(severity, lasts)
    return found


# -- each statement --------------------------------------------------------------------------------

_Signature = tuple[Record, Signed]


def _standings(
    project: Project,
    statements: dict[str, Published],
    records: list[Record],
    *,
    asked_for: bool = True,
) -> Iterator[Standing]:
    by_print: dict[tuple[str, str], list[_Signature]] = defaultdict(list)
    by_id: dict[tuple[str, str], list[_Signature]] = defaultdict(list)
    signers: dict[str, None] = {}
    for record in sorted(records, key=lambda record: record.date):
        signers[record.role] = None
        for signed in record.signed:
            by_print[record.role, signed.print.fingerprint].append((record, signed))
            by_id[record.role, signed.what].append((record, signed))
    for id_, statement in statements.items():
        if statement.correction:  # what is true must not wait for a signature
            continue
        asked = wanted(project, statement)
        for role in asked if asked_for else (role for role in signers if role not in asked):
            same = by_print.get((role, statement.print.fingerprint), []) if records else []
            other = by_id.get((role, id_), [])
            found = _standing(project, statement, role, asked.get(role), same, other)
            if found:
                yield found


def _standing(
    project: Project,
    statement: Published,
    role: str,
    asked: Wanted | None,
    same: list[_Signature],
    other: list[_Signature],
) -> Standing | None:
    """By signatures of exactly this statement, or of another under its id; the latest last."""
    if same:
        ends = [(_until(record, asked), record, signed) for record, signed in same]
        until, record, signed = max(ends, key=lambda end: end[0] or date.max)
        state: State = "signed" if until is None or until >= project.as_of else "expired"
        return Standing(statement, role, state, asked, (), record, signed, until)
    if other:
        record, signed = other[-1]
        return Standing(
            statement, role, "changed", asked, differs(signed, statement), record, signed
        )
    return Standing(statement, role, "unsigned", asked) if asked else None


def _until(record: Record, asked: Wanted | None) -> date | None:
    """The last day of a signature; None if it has none."""
    ends = [record.expires] if record.expires else []
    if asked and asked.lasts:
        ends.append(record.date + timedelta(seconds=Duration.parse(asked.lasts).shortest))
    return min(ends, default=None)


def differs(signed: Signed, statement: Published) -> tuple[str, ...]:
    """Which parts of a statement are not what was signed."""
    old, new = signed.print, statement.print
    parts = {
        "claim": old.claim != new.claim,
        "wording": dict(old.says) != dict(new.says),
        "evidence": old.evidence != new.evidence,
    }
    return tuple(part for part, changed in parts.items() if changed)
