"""The fingerprint of a sentence: the claims behind it, its wording, and the evidence under it.

Not in it: lines, columns, the names and order of files, the order of rows, comments and form. A
fact counts with all that it says: a filter with its condition, a time to keep with the rows that it
is for.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ...findings import Location
from ...pipeline.graph import Fact, Pipeline, Setting
from ...project import Project
from ...values import digest

if TYPE_CHECKING:
    from ...answers.model import Sentence

LENGTH = 16  # hexadecimal digits of a digest
# What a step does, beside the settings that are facts of their own.
_DOES = (
    "op", "fields", "all_fields", "where", "writes", "group_by", "distinct", "join_on", "join_kind",
    "keeps_text", "external", "regions",
)  # fmt: skip


class Print(NamedTuple):
    """The three parts that a signature holds for; `says` is the wording by language."""

    claim: str
    says: tuple[tuple[str, str], ...]
    evidence: str

    @property
    def fingerprint(self) -> str:
        return whole(self.claim, dict(self.says), self.evidence)


def whole(claim: str, says: dict[str, str], evidence: str) -> str:
    """One fingerprint of the three parts."""
    return of([claim, sorted(says.items()), evidence])


def of(value: Any) -> str:
    """The digest of plain data, whatever the order of keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest(text.encode())[:LENGTH]


class Prints:
    """The fingerprints of one project's sentences, made when somebody asks."""

    def __init__(self, project: Project) -> None:
        self.project = project
        header = project.policy.header
        self.language = header.language if header else "en"
        self._said = _Content(project.pipeline)
        self._claims: dict[str, tuple[str, str]] = {}

    def of(self, sentence: Sentence, text: str, about: str) -> Print:
        """Of a sentence as it stands in the text; `about` is what it is about, if no claim is."""
        parts = [self._claim(id_) for id_ in sentence.claims if id_ in self.project.proof.judged]
        claims = sorted(claim for claim, _ in parts)
        evidence = sorted(evidence for _, evidence in parts)
        says = ((self.language, " ".join(text.split())),)
        return Print(of(claims or about), says, of(evidence))

    def _claim(self, id_: str) -> tuple[str, str]:
        """A claim, and what it rests on; its id has a number of a row in it, so it is left out."""
        if id_ not in self._claims:
            judged = self.project.proof.judged[id_]
            _, kind, statement, _, *about = judged.claim
            facts = sorted(map(self._said.of, self.project.evidence.get(id_, ())))
            claim = of([kind, statement, *about])
            self._claims[id_] = claim, of([claim, judged.verdict, facts])
        return self._claims[id_]


class _Content:
    """What facts say in full, without the places where they stand."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._more: dict[Fact, list[Any]] = {}
        for step in pipeline.steps.values():
            does = [_plain(getattr(step, name)) for name in _DOES]
            self._more.setdefault(step.fact, []).append(does)
        for dataset in pipeline.datasets.values():
            for lifetime in dataset.lifetimes:
                where = str(lifetime.where or "")
                self._more.setdefault(lifetime.keep.fact, []).append([dataset.id, where])
        self.of = cache(self._of)

    def _of(self, fact: Fact) -> str:
        more = sorted(map(json.dumps, self._more.get(fact, ())))
        return json.dumps([fact.text, fact.grade, more])


def _plain(value: Any) -> Any:
    """A value as JSON, sets in order, without places."""
    if isinstance(value, Location):
        return None
    if isinstance(value, Setting):
        return str(value.value)
    if isinstance(value, dict):
        return sorted([str(key), _plain(part)] for key, part in value.items())
    if isinstance(value, frozenset | set):
        return sorted(map(str, map(_plain, value)))
    if hasattr(value, "_fields"):
        return [type(value).__name__, *map(_plain, value)]
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value if isinstance(value, str | int | float | None) else str(value)
