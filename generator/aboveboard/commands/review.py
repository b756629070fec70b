"""`review`: who has signed what; `sign` is the only one that ever writes a signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..policy.load import REVIEWS
from ..project import Project
from ..proof.model import FAILING
from ..reporters.signing import REPORTERS, shown
from ..review.signing import records
from ..review.signing.records import Record, Signed
from ..review.signing.statements import Published
from ..review.signing.status import Status, roles, rules, settling, unasked
from ..values import ID, did_you_mean, nearest
from .common import CLEAN, FINDINGS, CannotRun, project_at
from .files import Taken, put

LONGEST = 2_000  # letters of a note or a name


class Asked(NamedTuple):
    """What somebody wants to sign: names, or all that is open, and what the record says."""

    names: Sequence[str]
    every: bool
    role: str
    note: str
    name: str = ""
    expires: date | None = None


class Offer(NamedTuple):
    """What would be signed: as people read it, and the record that would be written."""

    text: str
    record: Record
    root: Path


def status(folder: Path, as_of: date, names: Sequence[str], form: str) -> tuple[str, int]:
    """The report, and the exit status: 1 if a signature that the policy asks for lacks."""
    project = _loaded(folder, as_of)
    found = unasked(project)
    if names:
        chosen = _chosen(found, names)
        kept = [each for each in found.standings if each.statement.id in chosen]
        found = found._replace(standings=kept, statements=chosen)
    return REPORTERS[form](project, found), FINDINGS if found.open or found.damaged else CLEAN


def offer(folder: Path, as_of: date, asked: Asked) -> Offer:
    """What would be signed; CannotRun says why it cannot be, before anything is written."""
    project = _loaded(folder, as_of)
    found = unasked(project)
    _check(project, asked)
    chosen = _open(project, found, asked) if asked.every else _chosen(found, asked.names)
    if not chosen:
        raise CannotRun(f"nothing is open for '{asked.role}': there is nothing to sign")
    if failing := list(_failing(project, chosen)):
        told = "; ".join(failing[:3]) + (f"; and {len(failing) - 3} more" if failing[3:] else "")
        raise CannotRun(f"what is not kept cannot be signed: {told}")
    signed = tuple(Signed(id_, each.print) for id_, each in chosen.items())
    note, name = " ".join(asked.note.split()), " ".join(asked.name.split())
    record = Record(asked.role, as_of, note, signed, asked.expires, name)
    record = record._replace(settled=settling(project, found, record))
    return Offer(shown(project, found, chosen, asked.role), record, project.root)


def sign(made: Offer) -> str:
    """Writes the record; says where."""
    path = f"{REVIEWS}/{made.record.file}"
    folder = made.root / REVIEWS
    if not folder.resolve().is_relative_to(made.root.resolve()):
        raise CannotRun(f"'{REVIEWS}' leads out of the project")
    try:
        put(made.root / path, records.text(made.record).encode())
    except Taken:
        raise CannotRun(f"{path} is there already: exactly this was signed before") from None
    count = len(made.record.signed)
    return f"Signed {count} statement{'' if count == 1 else 's'} as {made.record.role}: {path}\n"


def _loaded(folder: Path, as_of: date) -> Project:
    project = project_at(folder, as_of)
    if not project.loaded or project.policy.header is None:
        raise CannotRun("the project has errors, so nothing can be signed: see 'aboveboard check'")
    return project


def _check(project: Project, asked: Asked) -> None:
    known = roles(project)
    if known and asked.role not in known:
        hint = did_you_mean(asked.role, known)
        raise CannotRun(f"no statement needs the role '{asked.role}' ({hint})")
    if not ID.match(asked.role):
        raise CannotRun(f"'{asked.role}' is not a role: lower-case words joined by hyphens")
    if asked.expires and asked.expires < project.as_of:
        raise CannotRun(f"a signature cannot end before it is given: {asked.expires.isoformat()}")
    for what, text in (("note", asked.note), ("name", asked.name)):
        if len(text) > LONGEST:
            raise CannotRun(f"the {what} is longer than {LONGEST} letters")
        try:
            text.encode()
        except UnicodeEncodeError:
            raise CannotRun(f"the {what} is not UTF-8") from None
    if bool(asked.names) == asked.every:
        raise CannotRun("name what you sign, or say --all")


def _open(project: Project, found: Status, asked: Asked) -> dict[str, Published]:
    """All that is open for a role; where the policy asks for nothing, all that it lacks."""
    if rules(project):
        lacking = [each for each in found.open if each.role == asked.role]
        return {each.statement.id: each.statement for each in lacking}
    mine = [s for s in found.standings if s.role == asked.role and s.state == "signed"]
    done = {each.statement.id for each in mine}
    every = found.statements.items()
    return {id_: each for id_, each in every if id_ not in done and not each.correction}


def _chosen(found: Status, names: Sequence[str]) -> dict[str, Published]:
    """The statements that some names stand for: an id, the start of one, or an answer."""
    chosen: dict[str, Published] = {}
    for name in names:
        matches = {id_: s for id_, s in found.statements.items() if _is_named(s, name)}
        if not matches:
            raise CannotRun(_unknown(found, name))
        chosen |= matches
    return {id_: each for id_, each in found.statements.items() if id_ in chosen}


def _is_named(statement: Published, name: str) -> bool:
    start = name.rstrip("/")
    below = (f"{start}/", f"{start}.", f"{start}@", f"{start}~")
    parts = (part for part in statement.parts if part == start or part.startswith(f"{start}/"))
    return (
        statement.id == start
        or statement.id.startswith(below)
        or next(parts, None) is not None
        or statement.print.fingerprint == start
    )


def _unknown(found: Status, name: str) -> str:
    known = {part for id_ in found.statements for part in (id_, id_.partition("@")[0])}
    known |= {part for each in found.statements.values() for part in each.parts}
    near = nearest(name, known)
    return f"nothing on the site is called '{name}'" + (f"; did you mean '{near}'?" if near else "")


def _failing(project: Project, chosen: dict[str, Published]) -> Iterator[str]:
    judged = project.proof.judged
    for id_, statement in chosen.items():
        for claim in statement.claims:
            if claim in judged and judged[claim].verdict in FAILING:
                yield f"'{id_}' rests on {claim}, which is {judged[claim].verdict}"
                break
