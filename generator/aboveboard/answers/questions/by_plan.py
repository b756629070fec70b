"""Whether the answers differ by plan."""

from __future__ import annotations

from ...project import Project
from ..differences import by_axis
from ..model import Answer
from ..needs import PLANS

ID = "by-plan"
GROUP = "who-it-applies-to"
ASKS = "Does it differ by plan?"
PARAPHRASES = (
    "is my data used on the free plan",
    "do paid plans train on my data",
    "team and enterprise data",
    "business account training",
)
RELATED = ("used-for-training", "by-region", "children-and-teens")


def answer(project: Project) -> Answer:
    return by_axis(project, ASKS, ID, PLANS)
