"""What stays when a reader deletes: each copy that a deletion does not end."""

from __future__ import annotations

from ...policy.choices import Retention
from ...project import Project
from .. import keeping
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import missing
from ..wording import number, some, within

ID = "after-deletion"
GROUP = "how-long-and-my-rights"
ASKS = "What happens to training copies when I delete a chat or my account?"
PARAPHRASES = (
    "does deleting a chat remove it from training",
    "what stays after I delete my account",
    "is deleted data really gone",
    "delete my data",
)
RELATED = ("how-long", "take-out-of-model", "my-rights")
Rows = list[tuple[str, Retention]]


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    rows = keeping.rows_of(facts)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    kept = [item for item in rows if keeping.survives(item[1]) and not _nothing(item[1])]
    gone = [item for item in rows if not keeping.survives(item[1])]
    claims = [c for id_, _ in kept for c in keeping.claims(facts, id_)]
    first = facts.say("", "retention", lead=_lead(gone, kept), claims=claims)
    return Answer(
        ASKS,
        (first, *_deleted(facts, gone), *_closed(facts, rows)),
        exceptions=_stays(facts, kept),
        details=(keeping.table(facts, rows, "Each copy"),),
    )


def _nothing(row: Retention) -> bool:
    return row.keep is not None and row.keep.longest == ["not-kept"]


def _lead(gone: Rows, kept: Rows) -> str:
    count = len({row.copy_ for _, row in kept})
    if not count:
        return "We delete every copy."
    places = "one place" if count == 1 else f"{number(count)} places"
    return f"Copies stay in {places}." if gone else f"They stay, in {places}."


def _deleted(facts: Facts, gone: Rows) -> list[Sentence]:
    """What goes when the reader deletes, copy by copy."""
    return [
        facts.say(
            f"When {facts.name('events', 'you-delete')}, it is gone from "
            f"{facts.name('copies', row.copy_)}{_then(row)}.",
            *("retention", id_, "then" if row.then else "until"),
        )
        for id_, row in _by_copy(gone)
    ]


def _closed(facts: Facts, rows: Rows) -> list[Sentence]:
    """What goes only when the account is closed."""
    only = [(i, r) for i, r in rows if "account-closed" in r.until and "you-delete" not in r.until]
    return [
        facts.say(
            f"When {facts.name('events', 'account-closed')}, we also delete "
            f"{some(facts.data(row.data))} from {facts.name('copies', row.copy_)}{_then(row)}.",
            *("retention", id_, "then" if row.then else "until"),
        )
        for id_, row in only
    ]


def _then(row: Retention) -> str:
    return f" {within(row.then)}" if row.then else ""


def _by_copy(rows: Rows) -> Rows:
    """The first row of each copy with its own delay."""
    found = {(row.copy_, row.then): (id_, row) for id_, row in reversed(rows)}
    return list(reversed(found.values()))


def _stays(facts: Facts, kept: Rows) -> Items | None:
    said = tuple(keeping.kept_sentence(facts, id_) for id_, _ in kept)
    return Items("This stays after you delete it:", said) if said else None
