"""Whether data that the service works out or makes trains AI, and what it is made from."""

from __future__ import annotations

from dataclasses import replace

from ...project import Project
from .. import kinds
from ..facts import Facts
from ..model import Answer, Items
from ..needs import MADE, missing
from ..wording import series, upper

ID = "inferred-data"
GROUP = "is-my-data-used"
ASKS = "Do you train AI with data that you infer or create about me?"
PARAPHRASES = (
    "do you infer things about me",
    "are scores, memories or embeddings used",
    "do you profile my tone or language",
    "are transcripts used",
)
RELATED = ("what-counts", "personalised", "used-for-training")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    ids = [id_ for id_, data in facts.policy.data.items() if data.origin in MADE]
    made = [
        facts.say(
            f"{upper(facts.name('data', id_))}: made from {series(facts.data(data.from_))}.",
            *("data", id_, "from"),
        )
        for id_ in ids
        if (data := facts.policy.data[id_]).from_
    ]
    found = kinds.trained_with(facts, ASKS, ids)
    items = (Items("What it is made from", tuple(made)),) if made else ()
    return replace(found, details=(*items, *found.details))
