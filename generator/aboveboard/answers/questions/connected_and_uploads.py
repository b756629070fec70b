"""Whether data that comes in from elsewhere trains AI: files, connected apps, pages, code."""

from __future__ import annotations

from ...project import Project
from .. import kinds
from ..facts import Facts
from ..model import Answer
from ..needs import OUTSIDE, missing

ID = "connected-and-uploads"
GROUP = "is-my-data-used"
ASKS = "Do connected apps, uploads, web pages or code count?"
PARAPHRASES = (
    "is my mailbox used to train AI",
    "are files that I upload used",
    "does connecting my calendar share it",
    "do you train on my code or repository",
    "are web search results used",
)
RELATED = ("never-used", "used-for-training", "voice-and-images")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    ids = [id_ for id_, data in facts.policy.data.items() if set(data.via) & set(OUTSIDE)]
    return kinds.trained_with(facts, ASKS, ids)
