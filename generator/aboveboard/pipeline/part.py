"""What readers are given, and what they hand over before the files are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

from ..findings import Finding, Location
from ..source import Document, KeyPath
from .graph import Dataset, Fact, Grade, Setting, Step


class Place(NamedTuple):
    """A store that holds what lies at or below its paths, such as a bucket, and deletes by itself.

    `names` are the paths that it is known by; what follows one of them and `sep` lies below it
    ("": nothing does). `keeps` says for the rest of a path how long all that lies there is kept
    (see Lifetime). `copied` are the paths to which the store copies whatever it is given.
    """

    names: tuple[str, ...]
    fact: Fact
    keeps: Callable[[str], Setting] | None = None
    regions: tuple[str, ...] | None = None
    copied: tuple[tuple[str, Fact], ...] = ()
    sep: str = "/"


@dataclass(slots=True, eq=False, repr=False)
class Part:
    """Datasets, steps and findings of one file; paths give the dataset ids of other files.

    overlays are steps that say what an opaque step of another file does; paths maps a dataset's
    id to the path by which other files know it, `names` to all others; what lies in one of the
    places is kept as long as the place keeps it. globs are the patterns by which datasets are read
    that others may write: a step reads all that they match. unversioned is the finding about the
    version of its tool, by file.
    """

    datasets: list[Dataset] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    overlays: list[Step] = field(default_factory=list)
    overlay_datasets: list[Dataset] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    globs: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unversioned: dict[str, Finding] = field(default_factory=dict)


class Said(NamedTuple):
    """A word of the bindings, and where it is written."""

    value: str
    place: Location


class Checkout(NamedTuple):
    """Another repository: the folder that stands for it, and the commit that it is read at.

    `differing` gives those of some paths below the folder that are not as the commit has them.
    """

    name: str
    folder: Path
    commit: str
    differing: Callable[[Sequence[str]], list[str]]


class Entry(NamedTuple):
    """Config files that are read alike: their patterns, and what they do not say themselves.

    dialect: the SQL dialect; files of an entry that has one are SQL, and are not read as YAML.
    checkout: where they lie, if not in the project.
    merged: the tool is given all the files at once, in this order, and later ones override.
    max_age: how old what a file tells of a run may be, as an ISO 8601 duration.
    """

    patterns: tuple[Said, ...]
    dialect: Said | None = None
    checkout: Checkout | None = None
    merged: Said | None = None
    max_age: Said | None = None


class Pinned(NamedTuple):
    """What the bindings say of a tool's version: the version, or the files that pin it.

    place: where the tool is named.
    """

    place: Location
    version: Said | None = None
    files: Entry | None = None


class File(NamedTuple):
    """One config file that was read, and the entry that names it."""

    document: Document
    entry: Entry


class Context(NamedTuple):
    """What readers know beside their files. `as_of` stands for today.

    tools: the version of each tool that the bindings name, UNKNOWN if what pins it does not say.
    """

    as_of: date
    tools: Mapping[str, Setting] = MappingProxyType({})

    def version(self, tool: str) -> Setting | None:
        """The version of a tool, such as 1.6.1; None: nothing is said of it."""
        return self.tools.get(tool)


class Reader(Protocol):
    """A format: `recognises` looks at the data alone, and costs little to import; `read` is given
    all files of the format at once, imports what it needs, and never raises for what is in them."""

    NAME: str

    def recognises(self, document: Document) -> bool: ...

    def read(self, files: Sequence[File], context: Context) -> Iterable[Part]: ...


def fact_at(
    document: Document, path: KeyPath, text: str, grade: Grade, *, key: bool = False
) -> Fact:
    """A fact that stands at a key path of a document."""
    return Fact(text, grade, Location.at(document.path, document.position(path, key=key)))
