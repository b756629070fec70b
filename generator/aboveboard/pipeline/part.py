"""What one reader hands over for one file, before the files are joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from ..findings import Finding, Location
from ..source import Document, KeyPath
from .graph import Dataset, Fact, Grade, Step


@dataclass(slots=True, eq=False, repr=False)
class Part:
    """Datasets, steps and findings of one file; paths give the dataset ids of other files.

    overlays are steps that say what an opaque step of another file does; paths maps a dataset's
    id to the path by which other files know it.
    """

    datasets: list[Dataset] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    overlays: list[Step] = field(default_factory=list)
    overlay_datasets: list[Dataset] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class Reader(Protocol):
    """A format: `recognises` looks at the data alone; `read` never raises for what is in it."""

    NAME: str

    def recognises(self, document: Document) -> bool: ...

    def read(self, document: Document) -> Part: ...


def fact_at(
    document: Document, path: KeyPath, text: str, grade: Grade, *, key: bool = False
) -> Fact:
    """A fact that stands at a key path of a document."""
    return Fact(text, grade, Location.at(document.path, document.position(path, key=key)))
