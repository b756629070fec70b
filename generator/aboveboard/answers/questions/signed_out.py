"""Whether the answers differ for people who are signed out."""

from __future__ import annotations

from ...project import Project
from ..differences import by_axis
from ..model import Answer
from ..needs import ACCOUNTS

ID = "signed-out"
GROUP = "who-it-applies-to"
ASKS = "Does it differ if I am signed out?"
PARAPHRASES = (
    "what if I have no account",
    "is my data used without an account",
    "guest and anonymous use",
    "using it without signing in",
)
RELATED = ("used-for-training", "choice-follows-me", "non-users")


def answer(project: Project) -> Answer:
    return by_axis(project, ASKS, ID, ACCOUNTS, "There is no way to use it without an account.")
