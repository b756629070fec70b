"""`review`: who has signed what; `sign` is the only one that ever writes a signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..policy.load import REVIEWS
from ..project import Project
from ..proof.model import FAILING, Judged
from ..reporters.signing import REPORTERS, shown
from ..review.signing import records
from ..review.signing.records import Record, Signed
from ..review.signing.statements import Published, published
from ..review.signing.status import Status, roles, rules, settling, unasked, unneeded
from ..review.since import Since
from ..values import ID, did_you_mean, nearest
from .common import CLEAN, FINDINGS, CannotRun, project_at
from .files import Taken, put
from .notice import compared, due
from .unconfirmed import unconfirmed

LONGEST = 2_000  # letters of a note or a name


class Asked(NamedTuple):
    """What somebody wants to sign: names, all that is open, or what is not as a state had it; and
    what the record says."""

    names: Sequence[str]
    every: bool
    role: str
    note: str
    name: str = ""
    expires: date | None = None
    since: str | None = None


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
    with compared(folder, project, asked.since) as since:
        if asked.since and since:
            chosen = _changed(since, found, chosen, asked.role)
        notice = due(since) if since else []
    if not chosen:
        raise CannotRun(_nothing(project, found, asked))
    if failing := list(_failing(project, chosen)):
        raise CannotRun(f"what is not kept cannot be signed: {_few(failing)}")
    chosen, waiting = _confirmed(project, chosen, asked)
    signed = tuple(Signed(id_, each.print) for id_, each in chosen.items())
    note, name = " ".join(asked.note.split()), " ".join(asked.name.split())
    record = Record(asked.role, as_of, note, signed, asked.expires, name)
    record = record._replace(settled=settling(project, found, record))
    text = shown(project, found, chosen, asked.role, [*notice, *waiting])
    return Offer(text, record, project.root)


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
    if asked.every and (asked.names or asked.since):
        raise CannotRun("name what you sign, or say --all")
    if not (asked.names or asked.every or asked.since):
        raise CannotRun("name what you sign, or say --all or --changed-since REV")


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
    """The statements that some names stand for: an id, the start of one, or an answer; without
    names all."""
    if not names:
        return found.statements
    chosen: dict[str, Published] = {}
    for name in names:
        matches = {id_: s for id_, s in found.statements.items() if s.is_named(name)}
        if not matches:
            raise CannotRun(_unknown(found, name))
        chosen |= matches
    return {id_: each for id_, each in found.statements.items() if id_ in chosen}


def _unknown(found: Status, name: str) -> str:
    known = {part for id_ in found.statements for part in (id_, id_.partition("@")[0])}
    known |= {part for each in found.statements.values() for part in each.parts}
    near = nearest(name, known)
    return f"nothing on the site is called '{name}'" + (f"; did you mean '{near}'?" if near else "")


# -- what is left out of a signature, and why --------------------------------------------------


def _changed(
    since: Since, found: Status, chosen: dict[str, Published], role: str
) -> dict[str, Published]:
    """The statements that the earlier state did not have just so, and the role has not signed."""
    known = {each.print.fingerprint for each in published(since.base).values()}
    mine = {s.statement.id for s in found.standings if s.role == role and s.state == "signed"}
    return {
        id_: each
        for id_, each in chosen.items()
        if id_ not in mine and not each.correction and each.print.fingerprint not in known
    }


def _nothing(project: Project, found: Status, asked: Asked) -> str:
    said = f"nothing is open for '{asked.role}': there is nothing to sign"
    if asked.since:
        return f"nothing that '{asked.role}' has not signed differs from '{asked.since}'"
    if left := unneeded(project, found):
        return f"{said}; {left}: say --changed-since REV to sign what changed in it"
    return said


def _confirmed(
    project: Project, chosen: dict[str, Published], asked: Asked
) -> tuple[dict[str, Published], list[str]]:
    """The statements that rest on nothing unconfirmed, and what is said of the others."""
    waiting = unconfirmed(project, chosen.values())
    if not waiting:
        return chosen, []
    paths = dict.fromkeys(path for rests in waiting.values() for path in rests)
    on = f"what 'review.to-confirm' lists, and nobody has confirmed: {', '.join(paths)}"
    left = {id_: each for id_, each in chosen.items() if id_ not in waiting}
    if asked.names or not left:
        said = [f"“{chosen[id_].text}” ({id_}): {', '.join(on)}" for id_, on in waiting.items()]
        raise CannotRun(f"what nobody has confirmed cannot be signed: {_few(said)}")
    count = f"{len(waiting)} statement{' rests' if len(waiting) == 1 else 's rest'}"
    return left, [f"Left out: {count} on {on}"]


def _few(said: list[str]) -> str:
    return "; ".join(said[:3]) + (f"; and {len(said) - 3} more" if said[3:] else "")


def _failing(project: Project, chosen: dict[str, Published]) -> Iterator[str]:
    """Like "“30 days.” (policy_data/a.yml:4:1): the settings have TTL of 90 days (a.sql:8:5)"."""
    judged = project.proof.judged
    for id_, statement in chosen.items():
        for claim in statement.claims:
            if claim in judged and judged[claim].verdict in FAILING:
                yield _contradicted(id_, statement, judged[claim])
                break


def _contradicted(id_: str, statement: Published, judged: Judged) -> str:
    fact = judged.culprit
    breaks = f"the settings have {fact.text} ({fact.location})" if fact else judged.why
    rests = f"'{id_}' rests on {judged.claim.id}, which is {judged.verdict}"
    return f"“{statement.text}” ({judged.claim.place}): {breaks}; {rests}"
