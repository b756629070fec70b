"""The native format: a pipeline drawn by hand (graded `described`), or with `overlay: true` the
word of its author on what opaque steps of other files do (graded `declared`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Finding, Location
from ....source import Document, KeyPath
from ...graph import UNKNOWN, Dataset, Fact, Grade, Lifetime, Setting
from ...part import Part, fact_at
from ...predicate import Predicate
from .. import shape
from .steps import StepReader

TOP = shape.Keys(
    {"version": "int", "overlay": "bool", "datasets": "map", "steps": "list"}, need=("version",)
)
DATASET = shape.Keys(
    {
        "role": "text",
        "path": "text",
        "person": "text",
        "regions": "texts",
        "retention": "any",
        "fields": "map",
        "name": "text",
    }
)
FIELD = shape.Keys({"classification": "text", "name": "text"})
LIFETIME = shape.Keys({"keep": "any", "where": "any"}, need=("keep",))
ROLES = ("source", "store", "training-set", "index", "log", "dead-letter", "external")
CLASSES = ("personal", "identifier", "setting", "technical", "sensitive")


def read_file(document: Document) -> Part:
    """Datasets and steps of the file; `part.overlays` are those that speak of other files."""
    return _NativeReader(document).part


class _NativeReader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.part = Part()
        self.say = shape.Shape(document, self.part.findings)
        data: dict[str, Any] = document.data
        top = self.say.keys((), data, TOP)
        overlay = top.get("overlay") is True
        self.grade: Grade = "declared" if overlay else "described"
        if top.get("version") not in (None, 1):
            self.say.fault(("version",), f"version {data['version']} is not known; this is 1")
        datasets = self.part.overlay_datasets if overlay else self.part.datasets
        for id_ in top.get("datasets", {}):
            datasets.append(self.dataset(("datasets", id_), id_))
        steps = StepReader(document, self.say, self.grade, overlay)
        for index in range(len(top.get("steps", []))):
            step, is_overlay = steps.read(("steps", index))
            if step is not None:
                (self.part.overlays if is_overlay else self.part.steps).append(step)
        self.part.findings += _repeated(document)

    def given(self, path: KeyPath) -> Any:
        """What is said of a dataset or field; nothing need be."""
        value = shape.at(self.document.data, path)
        return {} if value is None else value

    def dataset(self, path: KeyPath, id_: str) -> Dataset:
        content = self.say.keys(path, self.given(path), DATASET)
        role = content.get("role", "store")
        if role not in ROLES:
            self.say.unknown_word((*path, "role"), role, ROLES)
            role = "store"
        dataset = Dataset(
            id_,
            fact_at(self.document, path, f"dataset {id_}", self.grade, key=True),
            role=role,
            person=content.get("person"),
            regions=tuple(content["regions"]) if "regions" in content else None,
            lifetimes=tuple(self.lifetimes((*path, "retention"), content.get("retention"))),
        )
        if "fields" in content:
            dataset.fields = {
                name: self.field((*path, "fields", name), name) for name in content["fields"]
            }
        self.part.paths[id_] = content.get("path", id_)
        return dataset

    def field(self, path: KeyPath, name: str) -> Fact:
        content = self.say.keys(path, self.given(path), FIELD)
        kind = content.get("classification", "personal")
        if kind not in CLASSES:
            self.say.unknown_word((*path, "classification"), kind, CLASSES)
        return fact_at(self.document, path, f"field {name}: {kind}", self.grade, key=True)

    def lifetimes(self, path: KeyPath, written: Any) -> Iterator[Lifetime]:
        if written is None:
            return
        rows = written if isinstance(written, list) else [{"keep": written}]
        for index, row in enumerate(rows):
            here = (*path, index) if isinstance(written, list) else path
            content = self.say.keys(here, row, LIFETIME)
            period = content.get("keep")
            value = self.say.period((*here, "keep"), period) if period is not None else UNKNOWN
            if isinstance(row, dict) and row.get("keep", "") is None:
                self.say.fault((*here, "keep"), "'keep' must be a duration or no-limit")
            where = self.where((*here, "where"), content.get("where"))
            at = (*here, "keep") if isinstance(written, list) else path
            fact = fact_at(self.document, at, f"keep {period}", self.grade)
            yield Lifetime(Setting(value, fact), where)

    def where(self, path: KeyPath, written: Any) -> Predicate | None:
        """The records for which a lifetime holds; None for all."""
        if written is None or written == {}:
            return None
        if not isinstance(written, dict) and not shape.unreadable(written):
            self.say.fault(path, "'where' must be a mapping")
        return shape.condition(written, False)


def _repeated(document: Document) -> Iterator[Finding]:
    seen: dict[str, Location] = {}
    steps = document.data.get("steps")
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        id_ = step.get("id") if isinstance(step, dict) else None
        if not isinstance(id_, str):
            continue
        place = Location.at(document.path, document.position(("steps", index, "id")))
        if id_ in seen:
            message = f"step '{id_}' is given twice; first on line {seen[id_].line}"
            yield Finding("given-twice", message, place, related=(seen[id_],))
        seen.setdefault(id_, place)
