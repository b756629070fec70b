"""Whether what people type, upload or say trains models, for whom, and who can stop it."""

from __future__ import annotations

from ...project import Project
from ...proof.claims import Door
from .. import parts, routes, summary
from ..facts import Facts
from ..model import Answer, Block, Sentence
from ..needs import missing

ID = "used-for-training"
GROUP = "is-my-data-used"
ASKS = "Do you use what I type, upload or say to train AI?"
PARAPHRASES = (
    "Do you use what I type to train AI?",
    "Do you train on my chats?",
    "stop using my chats",
    "is my data used for training",
    "does the AI learn from my conversations",
    "are my prompts and files training data",
)
RELATED = ("how-to-switch-off", "never-used", "anonymised")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    uses = facts.training
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    found = summary.summary(facts, [facts.ordinary(id_) for id_ in uses])
    lead = summary.lead(facts, found)
    short = [first(facts, found, lead)]
    opened = [door for door in found.doors if not door.closed]
    if found.differs and len(opened) == 1:
        short += summary.group_sentences(facts, found)
    short += taken(facts, opened)
    return Answer(
        ASKS,
        tuple(short),
        exceptions=summary.exceptions(facts, found),
        details=tuple(details(facts, found)),
    )


def first(facts: Facts, found: summary.Summary, lead: str) -> Sentence:
    """The answer word, backed by what backs all of the answers behind it."""
    rows = [row for group in found.groups for row in group.rows]
    claims = [c for row in rows for c in facts.backing(row)]
    return facts.say("", *rows[0].where, lead=lead, claims=claims, link=summary.page(found))


def taken(facts: Facts, opened: list[Door]) -> list[Sentence]:
    """What each open use takes, for whom if there are several, and what it never takes."""
    said = []
    for door in opened:
        mine = summary.summary(facts, [door])
        ends = (
            ", by these rules" if mine.differs else routes.unless(facts, facts.rows(door)[0].line)
        )
        several = len(opened) > 1
        said += routes.takes_sentences(facts, door, ends=ends if several else "")
        said += summary.group_sentences(facts, mine) if mine.differs and several else []
        never = parts.never_sentence(facts, door.use_id, door.use)
        said += [never] if never else []
    return said


def details(facts: Facts, found: summary.Summary) -> list[Block]:
    blocks: list[Block] = []
    for door in found.doors:
        table = summary.state_table(facts, door)
        blocks += [table] if table else []
    for door in found.doors:
        if not door.closed:
            blocks.append(parts.data_items(facts, door, f"What goes into {door.use.name}"))
        never = parts.never_items(
            facts, door.use_id, door.use, f"What never goes into {door.use.name}"
        )
        blocks += [never] if never else []
    goes_on = routes.goes_on(facts, summary.noes(facts, found))
    return [*blocks, *([goes_on] if goes_on else [])]
