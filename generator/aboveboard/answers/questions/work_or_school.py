"""What an admin of a work or school account decides, and what they see."""

from __future__ import annotations

from ...project import Project
from .. import choices, clicks, recipients, routes, summary
from ..facts import Facts
from ..model import Answer, Block, Items, Sentence
from ..needs import missing
from ..open_routes import refusal
from ..wording import series, upper

ID = "work-or-school"
GROUP = "who-it-applies-to"
ASKS = "What about my work or school account: what does my admin see or decide?"
PARAPHRASES = (
    "can my employer see my chats",
    "can my school read my messages",
    "does my admin control training",
    "enterprise or team account",
)
RELATED = ("by-plan", "used-for-training", "people-read")
OUTSIDE = ("organisation", "public")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    admins = [id_ for id_, control in facts.policy.controls.items() if control.by == "admin"]
    short: list[Sentence] = []
    for id_ in admins:
        short += _decides(facts, id_)
    if not admins:
        short.append(facts.say("No choice in this policy is your admin's.", "controls"))
    return Answer(
        ASKS,
        (*short, *_sees(facts)),
        exceptions=_beside(facts, admins),
        details=tuple(_details(facts, admins)),
    )


def _decides(facts: Facts, id_: str) -> list[Sentence]:
    """What an admin's control is about, for whom, and what holds until they act."""
    control = facts.policy.controls[id_]
    who = facts.who(control)
    start = "" if who == "everyone" else f"{upper(who)}: "
    text = f"{start}{'y' if start else 'Y'}our admin decides about {control.name}."
    said = [facts.say(text, "controls", id_, "by", link=f"controls/{id_}")]
    for default in choices.default_sentences(facts, id_):
        known = default.text if ":" in default.text else f"It is {default.text.lower()}"
        said.append(facts.say(known, "controls", id_, claims=default.claims))
    return said


def _sees(facts: Facts) -> list[Sentence]:
    """What an organisation gets as a recipient, and what it sees in the product."""
    found = [
        recipients.shows(facts, use_id, id_)
        for id_, recipient in facts.policy.recipients.items()
        if recipient.kind == "your-organisation"
        for use_id, use in facts.policy.uses.items()
        if id_ in use.recipients
    ]
    seen = [id_ for id_, data in facts.policy.data.items() if data.visible_to in OUTSIDE]
    if seen:
        text = f"In the product, your admin sees {series(facts.data(seen))}."
        found.append(facts.say(text, "data", seen[0], "visible-to"))
    elif not found:
        found.append(facts.say("In the product, your admin sees none of your data.", "data"))
    return found


def _beside(facts: Facts, admins: list[str]) -> Items | None:
    closed = refusal(facts, admins)
    if not closed:
        return None
    return routes.beside(facts, closed, "If your admin refuses, this stays open:")


def _details(facts: Facts, admins: list[str]) -> list[Block]:
    doors = [row.door for id_ in admins for row in facts.deciding(id_)]
    tables = (summary.state_table(facts, door) for door in {d.key: d for d in doors}.values())
    blocks: list[Block] = [table for table in tables if table]
    return [
        *blocks,
        *(clicks.steps(facts, id_, upper(facts.name("controls", id_))) for id_ in admins),
    ]
