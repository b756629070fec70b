"""Whether voice, images, video and screen content train AI."""

from __future__ import annotations

from ...project import Project
from .. import kinds
from ..facts import Facts
from ..model import Answer
from ..needs import MEDIA, missing

ID = "voice-and-images"
GROUP = "is-my-data-used"
ASKS = "Are voice, images, video and screen content treated differently?"
PARAPHRASES = (
    "is my voice recorded",
    "are my photos used to train AI",
    "do you keep audio",
    "is my screen or camera used",
)
RELATED = ("connected-and-uploads", "used-for-training", "how-long")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    ids = [id_ for id_, data in facts.policy.data.items() if set(data.form) & set(MEDIA)]
    return kinds.trained_with(facts, ASKS, ids)
