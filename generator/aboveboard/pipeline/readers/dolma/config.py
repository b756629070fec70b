"""A Dolma config as the tool reads it: groups of settings, and what each rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from ....findings import Finding, Location
from ....source import Document, KeyPath
from ....values import nearest, normal_path
from ...graph import UNKNOWN, Dataset, Fact, Grade, Role, Setting, Step
from ...part import Part, fact_at
from .. import shape
from .catalogue import Catalogue

_OPEN: Final = re.compile(r"\$\w|\$\{|\{\{|\{\w+\}|\$\(|\A\?\?\?\Z")


class Config:
    """One file, the part that is made of it, and what was found wrong with it."""

    def __init__(self, document: Document, table: Catalogue) -> None:
        self.document, self.table = document, table
        self.part = Part()
        self.say = shape.Shape(document, self.part.findings)

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return re.sub(r"\.(ya?ml|json)\Z", "", PurePosixPath(self.document.path).name)

    def top(self, kind: str) -> Group:
        """The settings at the top of the file."""
        return Group(self, (), kind, self.document.data)

    def fact(self, path: KeyPath, text: str, grade: Grade = "observed") -> Fact:
        """A fact that stands at a key path of the file; without one, where the file starts."""
        return fact_at(self.document, path, text, grade, key=bool(path))

    def default(self, path: KeyPath, text: str) -> Fact:
        """A fact that the tool's default makes true."""
        if not self.table.version:
            return self.fact(path, f"the version of Dolma is not known: {text}", "unknown")
        return self.fact(path, f"{text}, default of {self.table.name}", "default")

    def warn(self, path: KeyPath, message: str, hint: str = "") -> None:
        """Report what the tool refuses or leaves undone."""
        place = Location.at(self.document.path, self.document.position(path, key=True))
        self.part.findings.append(Finding("unknown-setting", message, place, "warning", hint))

    def place(self, path: Any, at: KeyPath, role: Role, what: str, **more: Any) -> str:
        """A dataset at a path or pattern of the config; its id is the path, if that can be read."""
        if not isinstance(path, str) or not path or _OPEN.search(path):
            name = f"{self.stem}: unknown {what}"
            fact = self.fact(at, f"{what} cannot be read", "unknown")
        else:
            name = normal_path(path)
            fact = self.fact(at, f"{what} is {path}")
            self.part.paths[name] = name
            if is_pattern(name):
                self.part.globs[name] = name
        if all(known.id != name for known in self.part.datasets):
            self.part.datasets.append(Dataset(name, fact, role, **more))
        return name

    def step(self, step: Step) -> Step:
        """Adds a step, and gives it back."""
        self.part.steps.append(step)
        return step


def is_pattern(path: str) -> bool:
    """Whether a path has a wildcard."""
    return bool(re.search(r"[*?\[]", path))


class Group(NamedTuple):
    """A mapping of the config: what it gives, and the tool's defaults for the rest."""

    config: Config
    path: KeyPath
    kind: str
    data: Any

    @property
    def given(self) -> dict[str, Any]:
        """What is given, if it is a mapping at all."""
        return self.data if isinstance(self.data, dict) else {}

    def check(self) -> None:
        """Report keys for which the tool refuses the file, and what is missing from it."""
        if not isinstance(self.data, dict):
            self.config.say.fault(self.path, f"'{_name(self.path)}' must be a mapping")
            return
        table = self.config.table
        known = table.keys(self.kind)
        for key in self.data:
            if key not in known and "\0" not in key:
                near = nearest(key, known)
                hint = f"did you mean '{near}'?" if near else f"known: {', '.join(sorted(known))}"
                message = f"{table.name} has no setting '{key}' here"
                self.config.warn((*self.path, key), message, hint)
        for key in sorted(table.required[self.kind] - self.data.keys()):
            self.config.say.fault(self.path, f"'{key}' is missing", f"add '{key}:'")

    def setting(self, key: str) -> Setting:
        """What is given for a key, or the tool's default."""
        if key not in self.given:
            default = self.config.table.defaults[self.kind].get(key)
            fact = self.config.default(self.path, f"{key} is {_spelled(default)}")
            return Setting(default if self.config.table.version else UNKNOWN, fact)
        value, path = self.given[key], (*self.path, key)
        if isinstance(value, str) and _OPEN.search(value):
            return Setting(UNKNOWN, self.config.fact(path, f"{key} cannot be read", "unknown"))
        return Setting(value, self.config.fact(path, f"{key} is {_spelled(value)}"))

    def of_type(self, key: str, types: type | tuple[type, ...], words: str) -> Setting:
        """A setting of a type, or null; anything else is reported, and UNKNOWN."""
        found = self.setting(key)
        fits = isinstance(found.value, types) and not (
            isinstance(found.value, bool) and types is not bool
        )
        if found.value is None or not found.known or fits:
            return found
        self.config.say.fault((*self.path, key), f"'{key}' must be {words}")
        return Setting(UNKNOWN, found.fact._replace(grade="unknown"))

    def group(self, key: str, kind: str) -> Group:
        """The settings below a key; none are given if the key is not there."""
        value = self.given.get(key)
        found = Group(self.config, (*self.path, key), kind, {} if value is None else value)
        if value is not None:
            found.check()
        return found

    def texts(self, key: str) -> list[tuple[Any, KeyPath]]:
        """The texts of a list, each with its place; what cannot be read is UNKNOWN."""
        value, at = self.given.get(key), (*self.path, key)
        if value is None:
            return []
        if not isinstance(value, list):
            if not isinstance(value, str) or not _OPEN.search(value):
                self.config.say.fault(at, f"'{key}' must be a list of texts")
            return [(UNKNOWN, at)]
        return [(self._text(text, (*at, n)), (*at, n)) for n, text in enumerate(value)]

    def _text(self, value: Any, at: KeyPath) -> Any:
        if not isinstance(value, str):
            self.config.say.fault(at, f"'{_name(at)}' must be text")
            return UNKNOWN
        return UNKNOWN if _OPEN.search(value) else value

    def items(self, key: str, kind: str) -> Iterator[Group]:
        """The mappings of a list, each checked."""
        value = self.given.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.config.say.fault((*self.path, key), f"'{key}' must be a list")
            return
        for n, item in enumerate(value):
            found = Group(self.config, (*self.path, key, n), kind, item)
            found.check()
            yield found


def _name(path: KeyPath) -> str:
    return str(next((step for step in reversed(path) if isinstance(step, str)), "this file"))


def _spelled(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return repr(value) if value == "" else str(value)
