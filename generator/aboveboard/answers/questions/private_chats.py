"""Whether private or temporary chats are treated differently."""

from __future__ import annotations

from ...project import Project
from ..differences import by_axis
from ..model import Answer
from ..needs import MODES

ID = "private-chats"
GROUP = "my-choices"
ASKS = "Are private, temporary or incognito chats treated differently?"
PARAPHRASES = (
    "temporary chat",
    "incognito mode",
    "private mode and training",
    "are deleted or ghost chats used",
)
ONLY = "There is no other kind of chat, such as a private one."
RELATED = ("used-for-training", "how-to-switch-off", "how-long")


def answer(project: Project) -> Answer:
    return by_axis(project, ASKS, ID, MODES, ONLY)
