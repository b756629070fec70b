"""A recipient pays for data that is never sold.

Why it matters: "we never sell your data" is what people remember, and money for data is what they
mean by it.

How to fix it: take `paid` away if it is not so, keep the data from that recipient, or say that the
data is sold.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..project import Project
from .sense import Opening, left_out, openings

SLUG = "paid-yet-not-sold"
SEVERITY: Severity = "error"
HINT = "take 'paid' away, keep the data from that recipient, or say that it is sold"


def check(project: Project) -> Iterator[Finding]:
    """Each open line whose data goes to somebody who pays, though no reader's data is sold."""
    payers = {id_ for id_, recipient in project.policy.recipients.items() if recipient.paid}
    unsold = _unsold(project) if payers else {}
    for opening in openings(project) if unsold else ():
        paying = [id_ for id_ in opening.door.use.recipients if id_ in payers]
        clash = _clash(project, opening, unsold) if paying else None
        if clash:
            yield _finding(project, opening, paying[0], *clash)


def _unsold(project: Project) -> dict[str, list[Opening]]:
    """By data: the lines that say it is never sold or licensed."""
    found: dict[str, list[Opening]] = {}
    for never in openings(project, "never"):
        if never.door.use.purpose == "sell-or-license":
            for id_ in never.door.data:
                found.setdefault(id_, []).append(never)
    return found


def _clash(
    project: Project, opening: Opening, unsold: dict[str, list[Opening]]
) -> tuple[str, Opening, str] | None:
    for id_ in opening.door.data:
        for never in unsold.get(id_, ()):
            who = left_out(project, [opening.readers, never.readers])
            if who:
                return id_, never, who
    return None


def _finding(
    project: Project, opening: Opening, payer: str, id_: str, never: Opening, who: str
) -> Finding:
    policy, use = project.policy, opening.door.use
    named = policy.at("uses", opening.door.use_id, "recipients", use.recipients.index(payer))
    return Finding(
        SLUG,
        f"{policy.recipients[payer].name} pays for '{id_}' ({use.name}), "
        f"which is never sold, for {who}",
        policy.at("recipients", payer, "paid"),
        SEVERITY,
        HINT,
        (
            never.at(project, "state", message="never sold"),
            named._replace(message="gets it here"),
        ),
    )
