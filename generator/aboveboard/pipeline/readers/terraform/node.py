"""A value of a plan with what the plan says about it: not known before it is applied, or secret."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ....findings import Finding, Location
from ....source import Document, Key, KeyPath
from ...graph import UNKNOWN, Fact, Grade
from ...part import fact_at


class Source(NamedTuple):
    """The file that values stand in, and where faults of it go."""

    document: Document
    findings: list[Finding]

    def fault(self, path: KeyPath, message: str, hint: str = "") -> None:
        place = Location.at(self.document.path, self.document.position(path))
        self.findings.append(Finding("unreadable-pipeline", message, place, hint=hint))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Node:
    """`unknown` and `secret` are what the plan says of the value, in the shape of the value."""

    source: Source
    path: KeyPath
    value: Any
    unknown: Any = None
    secret: Any = None

    @property
    def hidden(self) -> bool:
        """Whether nobody may use the value: it is not known yet, or a secret."""
        return self.unknown is True or self.secret is True

    def __getitem__(self, key: Key) -> Node:
        here = (*self.path, key)
        return Node(
            self.source,
            here,
            _part(self.value, key),
            True if self.unknown is True else _part(self.unknown, key),
            True if self.secret is True else _part(self.secret, key),
        )

    def fact(self, text: str, grade: Grade = "observed") -> Fact:
        """What stands here; of what is not written, where it would stand."""
        return fact_at(self.source.document, self.path, text, grade)

    def blocks(self, key: str) -> Iterator[Node]:
        """The nested blocks of a name; one that is hidden if nobody can tell which there are."""
        node = self[key]
        if node.hidden or isinstance(node.value, dict):
            yield node
        elif isinstance(node.value, list):
            yield from (node[i] for i in range(len(node.value)) if node._is_block(i))
        elif node.value is not None:
            node._fault("a list of blocks")

    def _is_block(self, index: int) -> bool:
        node = self[index]
        if node.hidden or isinstance(node.value, dict) or node.value is None:
            return True
        node._fault("a block")
        return False

    def text(self, key: str) -> Any:
        """Text, None if there is none, or UNKNOWN."""
        return self._scalar(key, "text", str) or None

    def number(self, key: str) -> Any:
        """A whole number, None, or UNKNOWN; some versions of a provider write digits."""
        found = self._scalar(key, "a whole number", (int, str))
        if isinstance(found, bool) or (isinstance(found, str) and not _is_number(found)):
            if found != "":
                self[key]._fault("a whole number")
                return UNKNOWN
            return None
        return int(found) if isinstance(found, str) else found

    def flag(self, key: str) -> Any:
        """True, False, None or UNKNOWN."""
        return self._scalar(key, "true or false", bool)

    def words(self, key: str) -> Any:
        """A list of texts, empty if there is none, or UNKNOWN."""
        node = self[key]
        if node.hidden:
            return UNKNOWN
        items = node.value if isinstance(node.value, list) else [node.value]
        if node.value is None:
            return []
        if any(node[i].hidden for i in range(len(items))):
            return UNKNOWN
        if not all(isinstance(item, str) for item in items):
            node._fault("a list of texts")
            return UNKNOWN
        return items

    def _scalar(self, key: str, words: str, types: Any) -> Any:
        node = self[key]
        if node.hidden:
            return UNKNOWN
        if node.value is not None and not isinstance(node.value, types):
            node._fault(words)
            return UNKNOWN
        return node.value

    def _fault(self, words: str) -> None:
        name = next((step for step in reversed(self.path) if isinstance(step, str)), "this")
        self.source.fault(self.path, f"'{name}' must be {words}")


def _part(value: Any, key: Key) -> Any:
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and len(text) < 20
