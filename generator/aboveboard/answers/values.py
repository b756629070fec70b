"""Facts of the policy by their paths: `retention.free_chats.keep`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..policy.base import Strict
from ..policy.choices import Retention
from ..policy.model import KINDS as ENTITIES
from ..policy.schema import fields_of
from ..project import Project
from ..values import did_you_mean

HEADER = "policy"
_UNSAID = frozenset(("questions", "changes", "corrections"))
KINDS = (HEADER, *(kind for kind in ENTITIES if kind not in _UNSAID))


class Missing(Exception):
    """A path that leads to no fact; `hint` has the nearest one."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Fact(NamedTuple):
    """The end of a path: a value, under its key, in the part of the policy that holds it."""

    owner: Branch
    key: str
    value: Any

    def words(self) -> str:
        from . import said

        return said.words(self.owner.project, self.owner.value, self.key, self.value)


class Branch:
    """A part of the policy on the way to a fact; its steps are the keys below it."""

    def __init__(self, project: Project, value: Any, path: tuple[str, ...] = ()) -> None:
        self.project, self.value, self.path = project, value, path

    @property
    def steps(self) -> dict[str, Any]:
        """What is below, by the name that prose uses."""
        if not self.path:
            policy = self.project.policy
            known: dict[str, Any] = {kind: policy.entities(kind) for kind in KINDS[1:]}
            return {HEADER: policy.header, **known}
        if isinstance(self.value, Strict):
            fields = fields_of(type(self.value).__name__)
            return {_typed(field.key): getattr(self.value, field.name) for field in fields}
        return {_typed(key): value for key, value in self.value.items()}

    def step(self, name: str) -> Branch | Fact:
        """One step on: another branch, or a fact; Missing if there is neither."""
        steps = self.steps
        if name not in steps:
            raise Missing(self._unknown(name), did_you_mean(name, steps))
        value = steps[name]
        if isinstance(self.value, Retention) and name == "keep":
            return Fact(self, name, value)
        if value in (None, [], {}):
            written = ".".join((*self.path, name))
            raise Missing(f"'{written}' is not written in the policy", "write it, or leave it out")
        below = (*self.path, name)
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], Strict):
            value = value[0]
        if isinstance(value, Strict | dict):
            return Branch(self.project, value, below)
        if isinstance(value, list) and isinstance(value[0], Strict):
            raise Missing(f"'{'.'.join(below)}' has {len(value)} rows, not one fact")
        return Fact(self, name.replace("_", "-"), value)

    def _unknown(self, name: str) -> str:
        if not self.path:
            return f"'{name}' is no kind of fact"
        if len(self.path) == 1 and self.path[0] != HEADER:
            return f"'{name}' is not among the {self.path[0]} of this policy"
        return f"'{'.'.join(self.path)}' has no '{name}'"

    def not_one(self) -> Missing:
        hint = did_you_mean("name", self.steps)
        return Missing(f"'{'.'.join(self.path)}' is not one fact", hint)

    def __str__(self) -> str:
        raise self.not_one()

    def __iter__(self) -> Iterator[Branch]:
        """Its branches, in the order written."""
        for name in self.steps:
            try:
                child = self.step(name)
            except Missing:
                continue
            if isinstance(child, Branch):
                yield child


def found(project: Project, path: str) -> Fact:
    """The fact at the end of a path; Missing if the path leads to none."""
    here: Branch | Fact = Branch(project, None)
    for name in path.split("."):
        if isinstance(here, Fact):
            raise Missing(f"'{path}' goes on behind a fact, at '{name}'")
        here = here.step(name)
    if isinstance(here, Branch):
        raise here.not_one()
    return here


def _typed(key: str) -> str:
    return key.replace("-", "_")
