"""How to get, correct or delete data, and the other rights."""

from __future__ import annotations

from ...project import Project
from .. import rights
from ..facts import Facts
from ..model import Answer
from ..needs import missing

ID = "my-rights"
GROUP = "how-long-and-my-rights"
ASKS = "How do I export, correct or delete my data?"
PARAPHRASES = (
    "download my data",
    "get a copy of my data",
    "delete my account",
    "my rights under GDPR",
    "correct wrong data",
)
RELATED = ("object-or-complain", "after-deletion", "who-is-responsible")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    core = rights.of_kinds(facts, ("access", "port", "correct", "erase"))
    shown = core or list(facts.policy.rights)
    return Answer(
        ASKS,
        tuple(rights.sentence_of(facts, id_) for id_ in shown),
        exceptions=rights.limits(facts, shown),
        details=tuple(rights.blocks(facts, list(facts.policy.rights))),
    )
