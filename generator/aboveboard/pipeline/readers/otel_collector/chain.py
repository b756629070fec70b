"""The chain of steps that one pipeline of the service is, as it grows processor by processor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ....source import KeyPath
from ....values import Duration
from ...graph import UNKNOWN, Dataset, Fact, Lifetime, OnError, Operation, Setting, Step
from ...part import Part
from .config import Config
from .fields import MAPS


class Component(NamedTuple):
    """A receiver, processor, exporter or connector that a pipeline names: `redaction/cards` is of
    the kind `redaction`, which is also written with underscores."""

    id: str
    section: str

    @property
    def kind(self) -> str:
        return kind_of(self.id)

    @property
    def path(self) -> KeyPath:
        return (self.section, self.id)


def kind_of(id_: str) -> str:
    """The type of a component in one spelling: `resource_detection/x` is `resourcedetection`."""
    return id_.partition("/")[0].strip().replace("_", "")


@dataclass(slots=True, eq=False, repr=False)
class Chain:
    """The steps so far; `before` are the datasets or steps that the next one reads."""

    config: Config
    part: Part
    pipeline: str
    before: tuple[str, ...]
    taken: set[str]
    steps: list[Step] = field(default_factory=list)

    @property
    def signal(self) -> str:
        return self.pipeline.partition("/")[0]

    def path(self, role: str) -> KeyPath:
        """Where the pipeline lists its receivers, processors or exporters."""
        return ("service", "pipelines", self.pipeline, role)

    @property
    def maps(self) -> tuple[str, ...]:
        """The maps of attributes that a record of this signal has."""
        return MAPS.get(self.signal, ())

    def add(self, name: str, op: Operation, fact: Fact, **said: Any) -> Step:
        """The next step; its id ends in `name`, with a number if that is taken."""
        step = Step(self.id(name), op, fact, self.before, name=name, **said)
        if step.on_error is None:
            does = Setting("fail", fact._replace(text=f"{name} has no errors that let data pass"))
            step.on_error = OnError(does)
        self.steps.append(step)
        self.part.steps.append(step)
        self.before = (step.id,)
        return step

    def id(self, name: str) -> str:
        return unique(f"{self.config.stem}/{self.pipeline}/{name}", self.taken)

    def opaque(self, name: str, fact: Fact) -> Step:
        """A step of which nobody knows what it does."""
        does = Setting(UNKNOWN, fact._replace(grade="unknown"))
        return self.add(name, "map", fact, on_error=OnError(does))


def first(chain: Chain, name: str) -> bool:
    """Whether a dataset is named for the first time."""
    known = name in chain.taken
    chain.taken.add(name)
    return not known


def unique(name: str, taken: set[str]) -> str:
    """A name that nothing else has."""
    found, n = name, 1
    while found in taken:
        n += 1
        found = f"{name}-{n}"
    taken.add(found)
    return found


def passing(fact: Fact) -> tuple[Lifetime, ...]:
    """How long the collector keeps what it is sent: it hands it on."""
    said = fact._replace(text="the collector keeps nothing of what it receives", grade="default")
    return (Lifetime(Setting(Duration.parse("PT0S"), said)),)


def store(part: Part, id_: str, fact: Fact, role: Any, path: object = None, lives: Any = ()) -> str:
    """A dataset; a path by which other files know it is given if it can be read."""
    part.datasets.append(Dataset(id_, fact, role, lifetimes=lives))
    if isinstance(path, str) and path:
        part.paths[id_] = path
    return id_


Rule = Callable[[str], bool]
