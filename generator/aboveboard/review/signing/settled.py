"""Whether all is as it was when somebody signed the last of it: then no answer is made anew.

A record that leaves nothing open says so, with a digest of the files and of the other records.
While that digest holds, nothing can have changed. It is of one version of this program too, which
makes the sentences. Without answers, `check` is quick enough to be run while typing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ... import __version__
from ...findings import Finding
from ...policy.review import SignOff
from ...project import Project
from ...values import Duration
from .prints import of
from .records import Record, load

Read = tuple[list[Record], list[Finding]]


def read(project: Project) -> Read:
    """The records of a project, and what is wrong with others; read once."""
    kept: Read | None = vars(project).get("_records")
    if kept is None:
        kept = vars(project)["_records"] = load(project.root)
    return kept


def state(project: Project, others: Iterable[Record]) -> str:
    """A digest of all that signatures are about; "" where another day alone can change it."""
    policy = project.policy
    if policy.corrections or any(b"in-force" in (raw or b"") for raw in policy.inputs.values()):
        return ""
    known = sorted(record.digest for record in others)
    return of([__version__, sorted(project.digests.items()), known])


def settled(project: Project) -> bool:
    """Whether nothing can be open: the last who signed left nothing, and all is as it was."""
    records, _ = read(project)
    return any(
        record.settled == state(project, (other for other in records if other is not record))
        for record in records
        if record.settled
    ) and not any(ended(project, records))


def ended(project: Project, records: Sequence[Record]) -> Iterable[Record]:
    """The records that can have run out, whatever they sign."""
    rules = project.policy.review.sign_off if project.policy.review else []
    return (record for record in records if _last(record, rules) < project.as_of)


def _last(record: Record, rules: Sequence[SignOff]) -> date:
    periods = (Duration.parse(rule.lasts) for rule in rules if rule.lasts)
    ends = [record.date + timedelta(seconds=period.shortest) for period in periods]
    return min([record.expires or date.max, *ends])
