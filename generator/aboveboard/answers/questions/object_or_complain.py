"""How to object or complain, and to whom."""

from __future__ import annotations

from ...project import Project
from .. import rights
from ..facts import Facts
from ..model import Answer
from ..needs import OBJECTING, missing

ID = "object-or-complain"
GROUP = "how-long-and-my-rights"
ASKS = "How do I object or complain, and to whom?"
PARAPHRASES = (
    "right to object",
    "data protection authority",
    "file a complaint",
    "withdraw consent",
)
RELATED = ("my-rights", "who-is-responsible", "how-to-switch-off")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    shown = rights.of_kinds(facts, OBJECTING)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    return Answer(
        ASKS,
        tuple(rights.sentence_of(facts, id_) for id_ in shown),
        exceptions=rights.limits(facts, shown),
        details=tuple(rights.blocks(facts, shown)),
    )
