"""Who is responsible, and how to reach them."""

from __future__ import annotations

from ...policy.entities import Legal
from ...project import Project
from ..facts import Facts
from ..model import Answer, Items, Sentence
from ..needs import missing
from ..wording import in_force, stopped, upper

ID = "who-is-responsible"
GROUP = "trust-and-change"
ASKS = "Who is responsible and how do I reach them?"
PARAPHRASES = (
    "data controller",
    "contact privacy",
    "data protection officer",
    "e-mail address for privacy questions",
)
RELATED = ("object-or-complain", "my-rights")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    controllers = facts.header.controllers
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    space = facts.space(controllers)
    masks = space.rows(controllers) if space else []
    said: list[Sentence] = []
    for index, controller in enumerate(controllers):
        who = space.words(masks[index]) if space else "the people listed"
        at = ("policy", "", "controllers", index)
        start = "" if who == "everyone" else f"Responsible for: {who}. "
        text = stopped(f"{start}Write to {controller.contact}")
        said.append(facts.say(text, *at, lead=stopped(controller.name)))
        if controller.representative:
            text = stopped(f"It is represented by {controller.representative}")
            said.append(facts.say(text, *at, "representative"))
    version = (
        f"This is version {facts.header.version}, "
        f"{in_force(facts.header.effective, project.as_of)}."
    )
    details = [Items("About this policy", (facts.say(version, "policy", "", "version"),))]
    texts = tuple(
        facts.say(
            f"{upper(text.name)}{_governed(facts, text)}: {text.url}",
            *("policy", "", "documents", index),
        )
        for index, text in enumerate(facts.header.documents)
    )
    details += [Items("Legal texts", texts)] if texts else []
    return Answer(ASKS, tuple(said), details=tuple(details))


def _governed(facts: Facts, text: Legal) -> str:
    """Whom a legal text is for, unless it is for everyone."""
    who = facts.who(text)
    return "" if who == "everyone" else f", for {who}"
