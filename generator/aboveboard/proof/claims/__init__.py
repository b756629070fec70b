"""The claims that follow from a policy and its bindings; nobody writes them by hand.

Each becomes a task: from which fields data starts, where it must not (or must) arrive, and what
may stop it on the way.
"""

from .doors import Door, doors
from .task import Project, Task
from .uses import tasks

__all__ = ["Door", "Project", "Task", "doors", "tasks"]
