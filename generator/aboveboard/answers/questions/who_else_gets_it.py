"""Who else gets data, where, and for what."""

from __future__ import annotations

from collections.abc import Iterable

from ...project import Project
from .. import recipients
from ..facts import Facts
from ..model import Answer, Items, Paragraph
from ..needs import missing
from ..wording import number, upper

ID = "who-else-gets-it"
GROUP = "anonymous-and-who-sees-it"
ASKS = "Who else gets it?"
PARAPHRASES = (
    "do you share my data with other companies",
    "vendors and partners",
    "third parties",
    "is my data sent abroad",
    "cloud provider",
)
RELATED = ("people-read", "ads-or-sold", "after-deletion")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    others = {id_: r for id_, r in facts.policy.recipients.items() if r.kind != "staff"}
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    if not others:
        claims = [c for d in facts.policy.data for c in facts.about("recipients-declared", data=d)]
        text = "We share your data with no company."
        return Answer(ASKS, (facts.say(text, "recipients", lead="Nobody.", claims=claims),))
    lead = f"{upper(number(len(others)))} other{'' if len(others) == 1 else 's'}."
    every = [c for d in facts.policy.data for c in facts.about("recipients-declared", data=d)]
    text = "Nobody else outside our company gets it."
    first = facts.say(text, "recipients", lead=lead, claims=every)
    shown = [
        recipients.shows(facts, use, id_)
        for id_ in others
        for use, u in facts.policy.uses.items()
        if id_ in u.recipients
    ]
    return Answer(
        ASKS,
        (first, *shown),
        exceptions=_keep_it(facts, others),
        details=tuple(
            Paragraph(tuple(recipients.about(facts, id_)), recipients.title(facts, id_))
            for id_ in facts.policy.recipients
        ),
    )


def _keep_it(facts: Facts, ids: Iterable[str]) -> Items | None:
    """Those whom a deletion does not reach."""
    kept = tuple(
        facts.say(f"It stays with {facts.name('recipients', id_)}.", "recipients", id_)
        for id_ in ids
        if not facts.policy.recipients[id_].deletion_reaches
    )
    return Items("When you delete data with us:", kept) if kept else None
