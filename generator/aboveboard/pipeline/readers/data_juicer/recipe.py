"""A Data-Juicer recipe as the tool reads it: settings, operator calls, and what each rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from ....findings import Finding, Location
from ....source import Document, KeyPath
from ....values import did_you_mean, nearest
from ...graph import UNKNOWN, Fact, Grade, Setting
from ...part import fact_at
from .catalogue import FROM_SETTINGS, Catalogue, Operator

_PLACEHOLDER: Final = re.compile(r"\$\{|\{\{|\{%|\A\?\?\?\Z")
_PATH_PLACEHOLDER: Final = re.compile(r"\$\w|\{\w+\}|%[A-Z_]+%|\$\(")
# The tool reads YAML 1.1, where these plain words are no strings.
_WORDS: Final = {
    spelled: value
    for word, value in (("yes", True), ("on", True), ("no", False), ("off", False))
    for spelled in (word, word.capitalize(), word.upper())
}


def path_is_open(path: str) -> bool:
    """Whether a path names something that is filled in when the recipe runs."""
    return bool(_PATH_PLACEHOLDER.search(path))


def has_unknown(value: Any) -> bool:
    """Whether a value, or a part of it, cannot be read."""
    if isinstance(value, list):
        return any(has_unknown(item) for item in value)
    return value is UNKNOWN


def spelled(value: Any) -> str:
    """A value as a recipe would write it."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return repr(value) if value == "" else str(value)


@dataclass(slots=True, eq=False, repr=False)
class Recipe:
    """One recipe: its document, what its tool knows, and what was found wrong with it so far."""

    document: Document
    data: dict[str, Any]
    table: Catalogue
    findings: list[Finding] = field(default_factory=list)
    _warned: set[KeyPath] = field(default_factory=set)

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        name = PurePosixPath(self.document.path).name
        return re.sub(r"\.(ya?ml|json)\Z", "", name)

    def id(self, name: str) -> str:
        """The id of a step or store of this recipe."""
        return f"{self.stem}/{name}"

    def fact(self, path: KeyPath, text: str, grade: Grade = "observed") -> Fact:
        """A fact that stands at a key of the recipe."""
        return fact_at(self.document, path, text, grade, key=True)

    def default(self, text: str, path: KeyPath | None = None) -> Fact:
        """A fact that the tool's default makes true; it stands where the recipe starts."""
        first = next(iter(self.data), None)
        at = path if path is not None else ((first,) if first is not None else ())
        if not self.table.version:
            return self.fact(at, f"the version of Data-Juicer is not known: {text}", "unknown")
        return self.fact(at, f"{text}, default of {self.table.name}", "default")

    def find(
        self, path: KeyPath, message: str, rule: str = "unreadable-pipeline", hint: str = ""
    ) -> None:
        """Report a fault of the recipe; what the tool refuses to run is an error."""
        place = Location.at(self.document.path, self.document.position(path, key=True))
        severity: Any = "error" if rule == "unreadable-pipeline" else "warning"
        self.findings.append(Finding(rule, message, place, severity, hint))

    def at(self, path: KeyPath) -> Any:
        """The value at a key path as the tool reads it; what is filled in later is UNKNOWN."""
        node: Any = self.data
        for key in path:
            node = node[key]
        return self._as_read(node, path)

    def _as_read(self, node: Any, path: KeyPath) -> Any:
        if isinstance(node, list):
            return [self._as_read(item, (*path, i)) for i, item in enumerate(node)]
        if not isinstance(node, str):
            return node
        if node in _WORDS and self._is_plain(node, path):
            self._warn_of_word(node, path)
            return _WORDS[node]
        return UNKNOWN if _PLACEHOLDER.search(node) else node

    def _is_plain(self, node: str, path: KeyPath) -> bool:
        place = self.document.values.get(path)
        return place is not None and place.end_column - place.column == len(node)

    def _warn_of_word(self, node: str, path: KeyPath) -> None:
        if path in self._warned:
            return
        self._warned.add(path)
        place = Location.at(self.document.path, self.document.position(path))
        message = f"{self.table.name} reads the plain word {node} as {spelled(_WORDS[node])}"
        hint = f'write "{node}" for the word, {spelled(_WORDS[node])} for the truth value'
        self.findings.append(Finding("unreadable-pipeline", message, place, "warning", hint))

    def gives(self, name: str) -> KeyPath | None:
        """Where the recipe gives a setting such as `use_cache` or `checkpoint.enabled`."""
        node: Any = self.data
        parts = tuple(name.split("."))
        for key in parts:
            if not isinstance(node, dict) or key not in node:
                return None
            node = node[key]
        return parts

    def given(self, name: str) -> Any:
        """What the recipe gives for a setting that is empty in every version; None: nothing."""
        return self.setting(name).value if self.gives(name) else None

    def setting(self, name: str) -> Setting:
        """A setting of the recipe, or the tool's default."""
        path = self.gives(name)
        if path is None:
            return self.unset(name, self.table.settings.get(name))
        value = self.at(path)
        if has_unknown(value):
            return Setting(UNKNOWN, self.fact(path, f"{name} cannot be read", "unknown"))
        return Setting(value, self.fact(path, f"{name} is {spelled(value)}"))

    def unset(self, name: str, default: Any, path: KeyPath | None = None) -> Setting:
        """What a setting or parameter is where nobody gives it: a version's own default."""
        if not self.table.version:
            return Setting(UNKNOWN, self.default(f"{name} is not set", path))
        return Setting(default, self.default(f"{name} is {spelled(default)}", path))

    @property
    def strict(self) -> bool | None:
        """Whether the tool checks the recipe against the data first; None: cannot be read."""
        if not self.table.strict:
            return False
        value = self.flag("strict_preflight").value
        return value if isinstance(value, bool) else None

    def flag(self, name: str) -> Setting:
        """A setting that is true or false; anything else is UNKNOWN."""
        found = self.setting(name)
        if isinstance(found.value, bool) or not found.known:
            return found
        path = self.gives(name) or ()
        self.find(path, f"{name} must be true or false")
        return Setting(UNKNOWN, self.fact(path, f"{name} cannot be read", "unknown"))

    def may(self, name: str) -> bool:
        """Whether a switch is on, or cannot be read."""
        return self.flag(name).value is not False


class Call(NamedTuple):
    """One entry of `process`: an operator with the parameters that it runs with.

    `earlier` holds the parameters of calls of the same operator before this one: the tool merges
    them into this call, where it does not give its own.
    """

    recipe: Recipe
    id: str
    name: str
    path: KeyPath
    params: dict[str, Any]
    earlier: dict[str, KeyPath]

    @property
    def operator(self) -> Operator | None:
        """The operator, if the catalogue has it."""
        return self.recipe.table.operators.get(self.name)

    def fact(self, text: str, grade: Grade = "observed") -> Fact:
        """A fact that stands where the operator is called."""
        return self.recipe.fact(self.path, text, grade)

    def default(self, text: str) -> Fact:
        """A fact of this call that the tool's default makes true."""
        return self.recipe.default(text, self.path)

    def setting(self, param: str) -> Setting:
        """A parameter as this call runs with it."""
        if param in self.params and not (param in FROM_SETTINGS and self.params[param] is None):
            return self._given(param, (*self.path, param), "")
        if param in FROM_SETTINGS:
            return self.recipe.setting(FROM_SETTINGS[param])
        if param in self.earlier:
            return self._given(param, self.earlier[param], f", kept from an earlier {self.name}")
        table = self.recipe.table
        if self.operator and param not in table.params(self.name):  # in no version has it any
            return Setting(None, self.fact(f"{self.name} has no {param}"))
        return self.recipe.unset(param, table.default(self.name, param), self.path)

    def _given(self, param: str, path: KeyPath, note: str) -> Setting:
        value = self.recipe.at(path)
        if has_unknown(value):
            return Setting(UNKNOWN, self.recipe.fact(path, f"{param} cannot be read", "unknown"))
        return Setting(value, self.recipe.fact(path, f"{param} is {spelled(value)}{note}"))

    def place(self, param: str) -> KeyPath:
        """Where a parameter stands, or the call if it has none of its own."""
        if param in self.params:
            return (*self.path, param)
        return self.earlier.get(param, self.path)

    def flag(self, param: str) -> Setting:
        """A parameter that is true or false; anything else is UNKNOWN."""
        found = self.setting(param)
        if isinstance(found.value, bool) or not found.known:
            return found
        return Setting(UNKNOWN, found.fact._replace(grade="unknown"))

    def key(self, param: str) -> Setting:
        """The field that a key parameter names; of several text keys the tool uses the first."""
        found = self.setting(param)
        value = found.value
        if isinstance(value, list) and value:
            text = f"{param} is {value[0]}, the first of text_keys"
            value, found = value[0], Setting(value[0], found.fact._replace(text=text))
        if isinstance(value, str) and value:
            return found
        return Setting(UNKNOWN, found.fact._replace(grade="unknown"))

    def keys(self, *params: str) -> tuple[str, ...]:
        """The fields that key parameters name, those that can be read."""
        found = (self.key(param).value for param in params)
        return tuple(dict.fromkeys(name for name in found if isinstance(name, str)))

    def check(self) -> None:
        """Report an operator that the tool does not have, or parameters that this one has not."""
        if self.operator is None:
            self._check_name()
            return
        table = self.recipe.table
        known = table.params(self.name)
        does = "ignores" if self.recipe.strict is False else "stops at"
        for param in self.params:
            if param not in known and "\0" not in param:  # given twice: the parser reports it
                message = f"{self.name} has no parameter '{param}': {table.name} {does} it"
                hint = did_you_mean(param, known - table.base.keys() | {"text_key"})
                self.recipe.find((*self.path, param), message, "unknown-setting", hint)

    def _check_name(self) -> None:
        if self.recipe.gives("custom_operator_paths"):
            return
        message = f"{self.recipe.table.name} has no operator '{self.name}'"
        near = nearest(self.name, self.recipe.table.operators)
        hint = f"did you mean '{near}'?" if near else "name its code in custom_operator_paths"
        self.recipe.find(self.path, message, "unknown-setting", hint)
