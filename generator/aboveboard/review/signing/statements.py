"""Every sentence that the site prints, with an id that people can name.

    uses/train-assistant/applies.plan.free.pro/state@questions/used-for-training

The part before the @ is what the sentence says in words: kind, id and attribute of the policy, a
row of a table by its readers. The part behind it is the answer that has it first. So an id stays
while other sentences come and go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ...answers.matrix import Matrix, Statement
from ...answers.model import Answer, Sentence, Table
from ...answers.rules import rules
from ...answers.whole import whole
from ...findings import Location
from ...policy.base import Strict
from ...policy.schema import fields_of
from ...policy.scope import Otherwise, Scope, Scoped
from ...policy.written import plain
from ...project import Project
from ...values import ID, digest
from .prints import Print, Prints

RULES = "rules"  # the page that shows each reader their rows


class Said(NamedTuple):
    """A sentence in one place: `part` is the answer that has it."""

    part: str
    text: str
    sentence: Sentence


@dataclass
class Published:
    """One statement: what it says, what it rests on, and every answer that has it."""

    id: str
    kind: str
    text: str
    sentence: Sentence
    about: str
    prints: Prints
    parts: list[str] = field(default_factory=list)

    @cached_property
    def print(self) -> Print:
        """Its fingerprint in parts."""
        return self.prints.of(self.sentence, self.text, self.about)

    @property
    def claims(self) -> tuple[str, ...]:
        return self.sentence.claims

    @property
    def source(self) -> Location | None:
        return self.sentence.source

    @property
    def correction(self) -> str:
        return self.sentence.correction

    def is_named(self, name: str) -> bool:
        """Whether a name stands for it: its id, the start of one, an answer, its fingerprint."""
        start = name.rstrip("/")
        below = (f"{start}/", f"{start}.", f"{start}@", f"{start}~")
        parts = (part for part in self.parts if part == start or part.startswith(f"{start}/"))
        return (
            self.id == start
            or self.id.startswith(below)
            or next(parts, None) is not None
            or self.print.fingerprint == start
        )


def published(project: Project) -> dict[str, Published]:
    """Every statement by its id, in reading order; one that is said twice is one."""
    prints, slugs = Prints(project), Slugs(project)
    known: dict[tuple[object, ...], Published] = {}
    counts: dict[str, int] = {}
    found: dict[str, Published] = {}
    for part, text, sentence in _said(project):
        slug = slugs.of(sentence.about)
        about = "" if sentence.claims else slug or part
        key = (text, frozenset(sentence.claims), about)
        if key not in known:
            id_ = f"{slug}@{part}" if slug else part
            counts[id_] = number = counts.get(id_, 0) + 1
            id_ = f"{id_}~{number}" if number > 1 else id_
            kind = str(sentence.about[0]) if sentence.about else ""
            known[key] = found[id_] = Published(id_, kind, text, sentence, about, prints)
        parts = known[key].parts
        parts += [part] if part not in parts else []
    return found


# -- what is said ----------------------------------------------------------------------------------


def _said(project: Project) -> Iterator[Said]:
    for chapter in whole(project):
        for part in chapter.parts:
            for text, sentence in _of_answer(part.answer):
                yield Said(part.path, text, sentence)
    found = rules(project)
    matrices: list[Matrix] = list(found.matrices)
    for statement in (s for matrix in matrices for s in matrix.statements()):
        yield _of_matrix(statement)
    for _, cell in found.same:
        for statement in (*cell.said, *cell.open):
            yield _of_matrix(statement)


def _of_answer(answer: Answer) -> Iterator[tuple[str, Sentence]]:
    """Each sentence as it stands alone; a cell of a table needs the name of its row."""
    lists: list[Iterable[Sentence]] = [answer.short]
    lists += [answer.exceptions.sentences] if answer.exceptions else []
    for sentences in lists:
        yield from ((s.whole, s) for s in sentences)
    for block in answer.details:
        if isinstance(block, Table):
            for name, *cells in block.rows:
                yield from ((f"{name.whole}: {cell.whole}", cell) for cell in cells)
        else:
            sentences = getattr(block, "sentences", ())
            yield from ((s.whole, s) for s in sentences)


def _of_matrix(statement: Statement) -> Said:
    return Said(RULES, f"{statement.about}: {statement.sentence.whole}", statement.sentence)


# -- how it is called ------------------------------------------------------------------------------


class Slugs:
    """Names of values of the policy that hold while order and form of a file change."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._known: dict[tuple[str | int, ...], str] = {}

    def of(self, about: tuple[str | int, ...]) -> str:
        """Like `uses/train-assistant/applies.plan.free.pro/state`; "" for what is from nowhere."""
        if about not in self._known:
            self._known[about] = self._slug(about) if about else ""
        return self._known[about]

    def _slug(self, about: tuple[str | int, ...]) -> str:
        kind, *path = about
        policy = self.project.policy
        alone = {"policy": policy.header, "bindings": policy.bindings}
        value: Any = alone[str(kind)] if kind in alone else policy.entities(str(kind))
        words = [str(kind)]
        for step in path:
            if step == "":
                continue
            value = _below(value, step)
            if isinstance(step, int):
                words[-1] += f".{_row(value, step)}"
            else:
                words.append(str(step))
        return "/".join(words)


def _below(value: Any, step: str | int) -> Any:
    """A part of a value by its key; None if there is none."""
    if isinstance(value, Strict):
        named = (f.name for f in fields_of(type(value).__name__) if f.key == step)
        return getattr(value, next(named, ""), None)
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) else None


def _row(value: Any, index: int) -> str:
    """An item of a list by its readers or by what it names; by its number where it is words."""
    if isinstance(value, Scoped):
        return "_".join(map(_scope, value.scope)) or "everyone"
    if isinstance(value, str) and ID.match(value):
        return value
    data = getattr(value, "data", None)
    return ".".join(data) if isinstance(data, list) and data else str(index + 1)


def _scope(scope: Scope) -> str:
    if isinstance(scope, Otherwise):
        return "otherwise"
    simple = not (scope.choice or scope.collected or scope.in_force or scope.not_)
    if not simple:
        return _short(repr(_sorted(plain(scope))))
    return "_".join(".".join((axis, *sorted(scope.axes[axis]))) for axis in sorted(scope.axes))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return [(key, _sorted(value[key])) for key in sorted(value)]
    return sorted(map(repr, map(_sorted, value))) if isinstance(value, list) else value


def _short(text: str) -> str:
    return digest(text.encode())[:6]
