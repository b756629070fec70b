"""Whether people read what readers write, who they are, and who can stop it."""

from __future__ import annotations

from ...project import Project
from .. import parts, recipients, step_facts, summary
from ..facts import Facts
from ..model import Answer, Block, Items, Sentence
from ..needs import missing
from ..terms import DUTIES, PEOPLE
from ..wording import series, upper

ID = "people-read"
GROUP = "anonymous-and-who-sees-it"
ASKS = "Do people read my conversations?"
PARAPHRASES = (
    "human review",
    "can employees see my chats",
    "who reads my messages",
    "contractors and reviewers",
)
RELATED = ("anonymised", "who-else-gets-it", "linked-back")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    people = [id_ for id_, r in facts.policy.recipients.items() if r.kind in PEOPLE]
    uses = [
        id_
        for id_, use in facts.policy.uses.items()
        if set(use.recipients) & set(people) or use.purpose == "human-review"
    ]
    if not uses:
        claims = [c for d in facts.policy.data for c in facts.about("recipients-declared", data=d)]
        text = "We name everyone who gets your data. No person who reads it is among them."
        return Answer(ASKS, (facts.say(text, "recipients", lead="No.", claims=claims),))
    found = summary.summary(facts, [facts.ordinary(u) for u in uses])
    return Answer(
        ASKS,
        tuple(_short(facts, found, uses)),
        exceptions=summary.exceptions(facts, found),
        details=tuple(_details(facts, found, uses)),
    )


def _short(facts: Facts, found: summary.Summary, uses: list[str]) -> list[Sentence]:
    rows = [row for group in found.groups for row in group.rows]
    claims = [c for row in rows for c in facts.backing(row)]
    lead, link = summary.lead(facts, found), summary.page(found)
    said = [facts.say("", *rows[0].where, lead=lead, claims=claims, link=link)]
    if found.differs:
        said += summary.group_sentences(facts, found)
    for use in uses:
        for id_ in facts.policy.uses[use].recipients:
            recipient = facts.policy.recipients.get(id_)
            if recipient and recipient.kind in PEOPLE:
                said.append(recipients.shows(facts, use, id_))
        door = facts.ordinary(use)
        for step_id, _ in parts.steps_of(facts, door):
            said.append(parts.step_sentence(facts, [door], step_id))
            said += step_facts.parameter_sentences(facts, [door], step_id)
    return said


def _details(facts: Facts, found: summary.Summary, uses: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for use in uses:
        door = facts.ordinary(use)
        table = summary.state_table(facts, door)
        blocks += [table] if table else []
        blocks.append(parts.data_items(facts, door, "What they read"))
        never = parts.never_items(facts, use, door.use, "What they never read")
        blocks += [never] if never else []
    duties = [
        facts.say(
            f"{upper(r.name)}: they must {series(DUTIES[m] for m in r.must)}.",
            *("recipients", id_, "must"),
        )
        for id_, r in facts.policy.recipients.items()
        if r.kind in PEOPLE and r.must
    ]
    return [*blocks, *([Items("What they must do", tuple(duties))] if duties else [])]
