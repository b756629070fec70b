"""Whether data makes the service fit its reader, or builds a memory or profile of them."""

from __future__ import annotations

from ...project import Project
from .. import summary
from ..facts import Facts
from ..model import Answer
from ..needs import PERSONAL, missing
from ..wording import period
from .used_for_training import details, first, taken

ID = "personalised"
GROUP = "for-what"
ASKS = "Is it used to personalise answers or to remember things about me?"
PARAPHRASES = (
    "does it remember me",
    "memory feature",
    "do you build a profile of me",
    "are answers tailored to me",
)
RELATED = ("inferred-data", "ads-or-sold", "other-purposes")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    uses = [id_ for id_, use in facts.policy.uses.items() if use.purpose in PERSONAL]
    found = summary.summary(facts, [facts.ordinary(use) for use in uses])
    opened = [door for door in found.doors if not door.closed]
    short = [first(facts, found, summary.lead(facts, found))]
    if found.differs and len(opened) == 1:
        short += summary.group_sentences(facts, found)
    short += taken(facts, opened)
    short += [
        facts.say(
            f"We tell you {period(notice)} before this changes.", "uses", use, "tell-before-change"
        )
        for use in uses
        if (notice := facts.policy.uses[use].tell_before_change)
    ][:1]
    return Answer(
        ASKS,
        tuple(short),
        exceptions=summary.exceptions(facts, found),
        details=tuple(details(facts, found)),
    )
