"""Facts in prose: `{{ retention.free_chats.keep }}` is "30 days", as the policy says it.

A plain reference is resolved here. Only a richer template (`{% if %}`, filters) loads Jinja, in its
sandbox. What comes out is plain text, and whoever prints it escapes it like all text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..findings import Location
from ..project import Project
from .values import KINDS, Missing, found

LONGEST = 20_000  # letters that a template makes at most
_REFERENCE = re.compile(r"\{\{-?\s*([a-z][a-z_]*(?:\.[a-z0-9_]+)+)\s*-?\}\}", re.ASCII)
_MARKED = re.compile(r"\{[{%#]")


class Fault(NamedTuple):
    """What is wrong with a template: `start` and `end` are within its text."""

    message: str
    hint: str
    start: int
    end: int


class BadTemplate(Exception):
    """A template that cannot be filled; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def reference(kind: str, id_: str, attribute: str) -> str:
    """How prose refers to a fact: `{{ retention.free_chats.keep }}`."""
    path = ".".join(part for part in (kind, id_, attribute) if part)
    return f"{{{{ {path.replace('-', '_')} }}}}"


def has_references(text: str) -> bool:
    """Whether a text is a template at all."""
    return bool(_MARKED.search(text))


def is_plain(text: str) -> bool:
    """Whether a template holds nothing but references, so that it needs no Jinja."""
    return not _MARKED.search(_REFERENCE.sub("", text))


def filled(
    project: Project, text: str, *, longest: int = LONGEST, escape: Callable[[str], str] = str
) -> str:
    """The text with its facts, each escaped; BadTemplate if one does not exist."""
    if not has_references(text):
        return text
    for fault in faults(project, text, longest):
        raise BadTemplate(fault)
    if is_plain(text):
        return _REFERENCE.sub(lambda match: escape(found(project, match[1]).words()), text)
    from .sandbox import render

    return render(project, text, longest, escape)


def faults(project: Project, text: str, longest: int = LONGEST) -> Iterator[Fault]:
    """Every reference of a text that leads to no fact, and what else keeps it from being filled."""
    if not has_references(text):
        return
    plain = is_plain(text)
    wrong = False
    for match in _REFERENCE.finditer(text):
        if not plain and match[1].partition(".")[0] not in KINDS:
            continue  # a name of the template's own, such as that of a loop
        try:
            found(project, match[1])
        except Missing as missing:
            wrong = True
            yield Fault(str(missing), missing.hint, match.start(), match.end())
    if not plain and not wrong:
        from .sandbox import fault

        if said := fault(project, text, longest):
            yield said


def place_of(source: str, span: Location, text: str, fault: Fault) -> Location:
    """Where a fault stands in a file: the same letters, within the span that holds the text."""
    wanted = text[fault.start : fault.end]
    before = text[: fault.start].count(wanted)
    lines = source.split("\n")
    last = span.end_line or span.line
    for number in range(span.line, min(last, len(lines)) + 1):
        line = lines[number - 1]
        column = line.find(wanted, span.column - 1 if number == span.line else 0)
        while column >= 0:
            if before == 0:
                end = column + len(wanted)
                return Location(span.path, number, column + 1, number, end + 1)
            before -= 1
            column = line.find(wanted, column + 1)
    return span
