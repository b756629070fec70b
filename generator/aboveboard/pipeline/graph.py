"""The normalised graph that every reader builds: datasets, steps, and the facts they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from ..findings import Finding, Location
from ..values import Duration, normal_path
from .predicate import Predicate

Grade = Literal["observed", "default", "described", "declared", "unknown"]
GRADES: Final[tuple[Grade, ...]] = ("observed", "default", "described", "declared", "unknown")

Role = Literal[
    "source", "store", "training-set", "index", "log", "dead-letter", "external", "intermediate"
]
Operation = Literal[
    "redact",
    "mask",
    "hash",
    "encrypt",
    "drop-field",
    "allow-fields",
    "filter",
    "aggregate",
    "noise",
    "generalise",
    "deduplicate",
    "join",
    "call-model",
    "index",
    "train",
    "rename",
    "copy",
    "map",
]


class _Unknown:
    """A setting that stands in a file but cannot be read, such as `${VAR}`."""

    def __repr__(self) -> str:
        return "unknown"


UNKNOWN: Final = _Unknown()


def worst_grade(grades: Iterable[Grade]) -> Grade:
    """The weakest of the grades; `observed` for none."""
    return max(grades, key=GRADES.index, default="observed")


class Fact(NamedTuple):
    """One thing read from a config file: what it says, how well we know it, where it stands."""

    text: str
    grade: Grade
    location: Location


class Setting(NamedTuple):
    """A value that a claim depends on; `value` is UNKNOWN when it cannot be read."""

    value: Any
    fact: Fact

    @property
    def known(self) -> bool:
        return self.value is not UNKNOWN


class Lifetime(NamedTuple):
    """How long a store keeps the rows that match `where` (None: all the others).

    `keep` None: kept without limit; UNKNOWN in `keep.value`: cannot be read.
    """

    keep: Setting
    where: Predicate | None = None

    @property
    def duration(self) -> Duration | None:
        return self.keep.value if isinstance(self.keep.value, Duration) else None


@dataclass(slots=True, eq=False, repr=False)
class Dataset:
    """A place where rows lie or pass. `fields` None: nobody lists them.

    located: where its regions are said, if another file says them than the one of `fact`.
    """

    id: str
    fact: Fact
    role: Role = "intermediate"
    person: str | None = None
    fields: dict[str, Fact] | None = None
    regions: tuple[str, ...] | None = None
    lifetimes: tuple[Lifetime, ...] = ()
    located: Fact | None = None


class OnError(NamedTuple):
    """What becomes of a row that the step fails on: the run stops, the row is dropped, it passes
    unchanged, or it goes to another dataset. UNKNOWN in `does.value`: cannot be read."""

    does: Setting  # "fail" | "drop" | "pass" | "to" | UNKNOWN
    to: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Step:
    """An operation from input datasets or steps to outputs. The step's id names its own output.

    runs: True always, False never (switched off), None cannot be told; `partial` says that it acts
    on some rows only (sampled, conditional, dry run), and so protects none.
    fields: those that it acts on (redact, mask, hash, encrypt, noise, drop-field), or lets through
    (allow-fields); `chooses` says of every further name, whoever knows it, if it is among these.
    writes: output field -> the inputs that it is made from (rename, map with known
    lineage). entities and parameters: what the protection covers, each with its own fact; spared
    are entities that it is told to leave alone.
    unread: of what it writes, the fields made by a function of which nobody knows what it does.
    raw: of what an aggregate lets out, the fields that hold values as they came.
    digest: a map that is a hash without a key: whoever guesses a value can check the guess.
    written: where its id and the names of its datasets stand, if its reader knows.
    """

    id: str
    op: Operation
    fact: Fact
    inputs: tuple[str, ...]
    outputs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    all_fields: bool = False
    chooses: Callable[[str], bool] | None = None
    where: Predicate | None = None
    writes: dict[str, tuple[str, ...]] | None = None
    group_by: tuple[str, ...] = ()
    distinct: str | None = None
    join_on: tuple[str, ...] = ()
    join_kind: Literal["inner", "left", "unknown"] = "inner"
    entities: dict[str, Fact] = field(default_factory=dict)
    entities_known: bool = True
    spared: dict[str, Fact] = field(default_factory=dict)
    keeps_text: bool = False
    unread: frozenset[str] = frozenset()
    raw: frozenset[str] = frozenset()
    digest: bool = False
    parameters: dict[str, Setting] = field(default_factory=dict)
    runs: Setting | None = None
    partial: Fact | None = None
    on_error: OnError | None = None
    regions: tuple[str, ...] | None = None
    external: bool = False
    name: str = ""
    wired: Grade | None = None
    written: dict[str, Location] = field(default_factory=dict)

    def place(self, name: str) -> Location:
        """Where this step's id, or the name of a dataset that it reads or writes, stands."""
        return self.written.get(name, self.fact.location)

    @property
    def wiring(self) -> Grade:
        """How well its inputs and outputs are known: an overlay speaks of the effect alone."""
        return self.wired or self.fact.grade

    @property
    def opaque(self) -> bool:
        """Nothing is known of which input field reaches which output field."""
        return self.op in ("map", "call-model") and self.writes is None

    @property
    def grade(self) -> Grade:
        return self.fact.grade


@dataclass(slots=True, eq=False, repr=False)
class Pipeline:
    """All that the readers found, joined: one graph of the files listed. `unversioned` has the
    finding for each file whose tool has no known version."""

    datasets: dict[str, Dataset] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)  # path -> dataset id
    inputs: dict[str, bytes | None] = field(default_factory=dict)  # file -> what was read
    formats: dict[str, str] = field(default_factory=dict)  # file -> the reader that read it
    checkouts: dict[str, tuple[str, Path]] = field(default_factory=dict)  # file -> commit, itself
    findings: list[Finding] = field(default_factory=list)
    unversioned: dict[str, Finding] = field(default_factory=dict)

    def resolve(self, name: str) -> str | None:
        """The id of the dataset or step that `name` (an id, or a path) means."""
        if name in self.datasets or name in self.steps:
            return name
        return self.aliases.get(normal_path(name))

    def names(self) -> list[str]:
        return [*self.datasets, *self.steps]
