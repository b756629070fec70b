"""Whether the answers differ by where a reader lives."""

from __future__ import annotations

from ...project import Project
from ..differences import by_axis
from ..model import Answer
from ..needs import REGIONS

ID = "by-region"
GROUP = "who-it-applies-to"
ASKS = "Does it differ where I live?"
PARAPHRASES = (
    "is it different in Europe",
    "GDPR countries",
    "does my country matter",
    "training in the EU and the UK",
)
RELATED = ("used-for-training", "by-plan", "who-is-responsible")


def answer(project: Project) -> Answer:
    return by_axis(project, ASKS, ID, REGIONS)
