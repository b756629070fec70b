"""The parts of which a statement or condition of OTTL is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class OttlError(ValueError):
    """A text that is no OTTL; `offset` is where it stops being it."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


class Path(NamedTuple):
    """`log.body["user"]["id"]`: names, each with its keys; a key None is computed."""

    segments: tuple[tuple[str, tuple[str | int | None, ...]], ...]


class Call(NamedTuple):
    """A function with its arguments, of which some have a name; an editor changes something."""

    function: str
    args: tuple[tuple[str, Any], ...]
    keys: tuple[str | int | None, ...] = ()

    def arg(self, n: int, name: str) -> Any:
        """The argument at a place, or of a name; None if there is none."""
        plain = [value for called, value in self.args if not called]
        named = dict(self.args)
        if name in named:
            return named[name]
        return plain[n] if n < len(plain) else None


class Literal(NamedTuple):
    """A text, a number, true, false, or None for nil."""

    value: str | int | float | bool | None


class Symbol(NamedTuple):
    """A name in capitals: an enum, or a function that is not called."""

    name: str


class Several(NamedTuple):
    """The parts of a list, of a map, or of a sum."""

    parts: tuple[Any, ...]
    kind: str


class Compare(NamedTuple):
    left: Any
    op: str
    right: Any


class Truth(NamedTuple):
    """`and`, `or` and `not` of conditions; `call` is one that a function or a constant decides."""

    kind: str
    parts: tuple[Any, ...]


class Statement(NamedTuple):
    editor: Call
    where: Any = None


def paths(node: Any) -> Iterator[Path]:
    """Every path that an expression or condition reads."""
    if isinstance(node, Path):
        yield node
    elif isinstance(node, Call):
        for _, value in node.args:
            yield from paths(value)
    elif isinstance(node, Several | Truth):
        for part in node.parts:
            yield from paths(part)
    elif isinstance(node, Compare):
        yield from paths(node.left)
        yield from paths(node.right)
