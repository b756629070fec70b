"""A policy in the making: entities by kind, and what is to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ...values import Duration
from ..start.kinds import template
from ..start.shapes import Ids
from ..start.texts import flow, scalar

ORDER = ("data", "uses", "copies", "retention", "recipients", "rights")
ABOUT = {
    "data": "what there is",
    "uses": "what it is used for, and who decides",
    "copies": "where it lies",
    "retention": "how long it is kept there",
    "recipients": "who else gets it",
    "rights": "what people can ask for",
}


@dataclass(slots=True)
class Draft:
    """What is known of a policy. `header` has the values of `policy:` that a document gives;
    `datasets` are those of a native pipeline file."""

    header: dict[str, Any] = field(default_factory=dict)
    entities: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    bindings: dict[str, Any] = field(default_factory=dict)
    confirm: dict[str, str] = field(default_factory=dict)
    datasets: dict[str, Any] = field(default_factory=dict)
    _ids: dict[str, Ids] = field(default_factory=dict)
    _by_name: dict[tuple[str, str], str] = field(default_factory=dict)

    def named(self, kind: str, name: str, question: str, /, **content: Any) -> str:
        """The id of the entity of a kind that has this name; a new one is to be confirmed."""
        key = (kind, name.casefold())
        if key not in self._by_name:
            id_ = self._ids.setdefault(kind, Ids()).new(name[:60])
            self._by_name[key] = id_
            self.entities.setdefault(kind, {})[id_] = content
            self.confirm[f"{kind}/{id_}"] = question
        return self._by_name[key]

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """The entities of a kind, by id."""
        return self.entities.setdefault(kind, {})

    def append(self, kind: str, id_: str, key: str, value: Any) -> None:
        """Adds a value to a list of an entity, once."""
        values = self.of(kind)[id_].setdefault(key, [])
        if value not in values:
            values.append(value)

    def files(self) -> dict[str, str]:
        """The files of `policy_data/`, and the pipeline if the documents describe datasets."""
        asked = [f"    {scalar(path)}: {scalar(said)}" for path, said in self.confirm.items()]
        files = {
            "policy_data/policy.yml": template("imported/policy.yml") + _lines(self._policy()),
            "policy_data/to-confirm.yml": template("common/to-confirm.yml") + _lines(asked),
        }
        if self.datasets:
            rows = [f"  {scalar(name)}: {flow(value)}" for name, value in self.datasets.items()]
            files["pipeline/imported.yml"] = template("imported/pipeline.yml") + _lines(rows)
        return files

    def _policy(self) -> Iterator[str]:
        yield "policy:"
        yield from (f"  {key}: {flow(value)}" for key, value in self.header.items())
        for kind in ORDER:
            if self.of(kind):
                yield f"\n{kind}: # {ABOUT[kind]}"
            yield from (f"  {id_}: {flow(content)}" for id_, content in self.of(kind).items())
        if self.bindings:
            yield "\nbindings: # where the pipeline keeps it"
        for kind, value in self.bindings.items():
            yield f"  {kind}:" if isinstance(value, dict) else f"  {kind}: {flow(value)}"
            inner = value.items() if isinstance(value, dict) else ()
            yield from (f"    {scalar(id_)}: {flow(places)}" for id_, places in inner)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def period(text: str) -> str | None:
    """A duration that a text says, such as "2 years" or `P2Y`; None if it says none, or several."""
    words = text.strip().rstrip(".")
    if found := re.fullmatch(r"(?:\d{4}-[\dT:. +-]*?)?(P(?=[\dT])[\dA-Z]{1,40})", words):
        try:
            return Duration.parse(found[1]).text
        except ValueError:
            return None
    found = re.fullmatch(r"(?:up to )?(\d{1,5}) ?(year|month|week|day|hour)s?", words.lower())
    if not found:
        return None
    number, unit = found[1], found[2][0].upper()
    return f"PT{number}H" if unit == "H" else f"P{number}{unit}"
