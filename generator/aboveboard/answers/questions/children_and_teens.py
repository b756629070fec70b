"""Whether the answers differ by age."""

from __future__ import annotations

from ...project import Project
from ..differences import by_axis
from ..model import Answer
from ..needs import AGES

ID = "children-and-teens"
GROUP = "who-it-applies-to"
ASKS = "Are children and teens treated differently?"
PARAPHRASES = (
    "is data of minors used",
    "under 18",
    "my child uses this",
    "teen accounts",
)
RELATED = ("used-for-training", "by-plan")


def answer(project: Project) -> Answer:
    return by_axis(project, ASKS, ID, AGES)
