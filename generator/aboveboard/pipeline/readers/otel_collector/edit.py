"""One statement of OTTL that is being read, and the texts that it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ....source import KeyPath
from ...graph import Fact, OnError, Operation, Setting, Step
from . import ottl
from .chain import Chain
from .fields import Target, target

OPEN: Final = "what happens on errors depends on the version of the collector"


@dataclass(slots=True, eq=False, repr=False)
class Edit:
    """One statement that is being read: what runs where, and what its steps have in common.

    errors: what becomes of a record that a step fails on. sure: nothing in it fails.
    """

    chain: Chain
    name: str
    path: KeyPath
    context: str
    call: ottl.Call
    errors: Setting
    partial: Fact | None = None
    runs: Setting | None = None
    sure: bool = False

    def fact(self, text: str) -> Fact:
        return self.chain.config.fact(self.path, text)

    def target(self, node: Any) -> Target | None:
        return target(node, self.context) if isinstance(node, ottl.Path) else None

    def add(self, op: Operation, text: str, *, fails: bool, **said: Any) -> Step:
        """A step of this statement; one that cannot fail lets nothing past."""
        does = self.errors
        if self.sure and not fails:
            fact = self.fact("nothing in this statement fails")
            does = Setting("fail", fact._replace(grade="default"))
        self.chain.config.undecided |= does.fact.text == OPEN
        step = self.chain.add(self.name, op, self.fact(text), on_error=OnError(does), **said)
        step.partial, step.runs = self.partial, self.runs
        return step

    def complain(self, message: str, hint: str = "") -> None:
        self.chain.config.find(self.path, message, hint=hint)


def texts_of(node: Any) -> list[str] | None:
    """The texts of a list, None if any of them is computed."""
    parts = node.parts if isinstance(node, ottl.Several) and node.kind == "list" else ()
    found = [part.value for part in parts if isinstance(part, ottl.Literal)]
    texts = [value for value in found if isinstance(value, str)]
    return texts if isinstance(node, ottl.Several) and len(texts) == len(node.parts) else None


def text_of(node: Any) -> str | None:
    value = node.value if isinstance(node, ottl.Literal) else None
    return value if isinstance(value, str) else None
