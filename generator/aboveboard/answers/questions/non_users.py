"""What the service holds about people who do not use it, and what they can ask for."""

from __future__ import annotations

from ...project import Project
from .. import rights
from ..facts import Facts
from ..model import Answer, Sentence
from ..needs import missing
from ..wording import series, some, upper

ID = "non-users"
GROUP = "who-it-applies-to"
ASKS = "I do not use your service. Do you still have my data?"
PARAPHRASES = (
    "people who do not have an account",
    "somebody else wrote about me",
    "is my website or post in the training data",
    "remove me although I am not a user",
)
RELATED = ("sources", "my-rights", "object-or-complain")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    held = [*_data(facts), *_models(facts)]
    if not held:
        text = "No data in this policy is about people who do not use the service."
        held = [facts.say(text, "data", lead="No.")]
    else:
        held.insert(0, facts.say("", "data", lead="Yes."))
    theirs = [id_ for id_, right in facts.policy.rights.items() if right.who == "non-users"]
    every = [id_ for id_, right in facts.policy.rights.items() if right.who == "everyone"]
    asks = [rights.sentence_of(facts, id_) for id_ in theirs]
    if not theirs and not every:
        text = "This policy names no right of people who do not use the service."
        asks = [facts.say(text, "rights")]
    return Answer(
        ASKS,
        (*held, *asks),
        exceptions=rights.limits(facts, [*theirs, *every]),
        details=tuple(rights.blocks(facts, [*theirs, *every])),
    )


def _data(facts: Facts) -> list[Sentence]:
    ids = [id_ for id_, data in facts.policy.data.items() if data.about != "you"]
    if not ids:
        return []
    text = f"Data about other people stands in {some(facts.data(ids))}."
    return [facts.say(text, "data", ids[0], "about")]


def _models(facts: Facts) -> list[Sentence]:
    found = [id_ for id_, m in facts.policy.models.items() if "public-web" in m.sources]
    if not found:
        return []
    names = upper(series(facts.name("models", id_) for id_ in found))
    text = f"{names} learned from public web pages. Such pages tell about people."
    return [facts.say(text, "models", found[0], "sources")]
