"""What a rating, or a report, makes the service take."""

from __future__ import annotations

from ...project import Project
from ...proof.claims import Door
from .. import keeping, parts, routes, summary
from ..facts import Facts
from ..model import Answer, Block, Items, Sentence
from ..needs import missing, rates
from ..wording import last, upper

ID = "rating"
GROUP = "my-choices"
ASKS = "What happens when I press thumbs up or down or report a bug?"
PARAPHRASES = (
    "thumbs up",
    "thumbs down",
    "does feedback share my chat",
    "what is sent when I rate an answer",
    "report a problem",
)
RELATED = ("still-used-after-refusal", "used-for-training", "how-long")
WIDTHS = ("item", "session", "conversation", "everything")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    doors = [
        door for door in facts.doors if door.route and not door.closed and rates(facts.policy, door)
    ]
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    lead = f"We take {widest(facts, doors[0])}."
    short: list[Sentence] = []
    for door in doors:
        found = summary.summary(facts, [door])
        open_groups = [g for g in found.groups if g.state != "never"]
        who = open_groups[0].who if found.differs else ""
        short += routes.takes_sentences(facts, door, who)
        for group in open_groups:
            stop = routes.stops(facts, group.rows[0])
            how = routes.avoid(facts, door, group.rows[0].line)
            short += [s for s in (stop, how) if s]
        short += [_closed_to(facts, g) for g in found.groups if g.state == "never"]
    first = facts.say("", *_where(doors[0]), lead=lead, claims=facts.used(doors[0]))
    return Answer(ASKS, (first, *short), details=tuple(_details(facts, doors)))


def _closed_to(facts: Facts, group: summary.Group) -> Sentence:
    claims = [c for row in group.rows for c in facts.backing(row)]
    text = f"{upper(group.who)}: we do not use it for this."
    return facts.say(text, *group.rows[0].where, claims=claims)


def widest(facts: Facts, door: Door) -> str:
    """The farthest that a route reaches back."""
    reaches = [routes.reach(facts, door, data) for data in door.data]
    spans = [far for far in reaches if far not in WIDTHS]
    if "everything" in reaches:
        return "all that we hold"
    if spans:
        return f"your data of {last(max(spans))}"
    far = max(reaches, key=WIDTHS.index, default="item")
    return "what you send, and nothing around it" if far == "item" else f"the whole {far}"


def _where(door: Door) -> tuple[str | int, ...]:
    return ("uses", door.use_id, *door.path("when"))


def _details(facts: Facts, doors: list[Door]) -> list[Block]:
    blocks: list[Block] = []
    for door in doors:
        table = summary.state_table(facts, door)
        blocks += [table] if table else []
        why = door.use.also[door.route].why
        if why:
            said = facts.say(why, *("uses", door.use_id, *door.path("why")))
            blocks.append(Items(f"Why we do this: {door.use.name}", (said,)))
        steps = tuple(
            parts.step_sentence(facts, [door], id_) for id_, _ in parts.steps_of(facts, door)
        )
        if steps:
            blocks.append(Items("What we do to it first", steps))
    event_rows = [
        (id_, row)
        for id_, row in facts.policy.retention.items()
        if row.when in {door.use.also[door.route].when for door in doors}
    ]
    if event_rows:
        title = upper("how long we keep what you send")
        blocks.append(keeping.table(facts, event_rows, title))
    return blocks
