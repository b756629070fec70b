"""One data contract: its tables, their columns and place, and how long they say to keep things.

A contract executes nothing, so everything in it is `described`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ....source import Document, KeyPath
from ....values import Duration, did_you_mean
from ...graph import UNKNOWN, Dataset, Fact, Lifetime, Setting
from ...part import Part, fact_at
from .. import shape
from . import keys
from .servers import Place, places

# What a unit of a service level is in ISO 8601; "m" is a minute to some and a month to others.
UNITS = {
    "PT{}S": "s sec second seconds",
    "PT{}M": "min minute minutes",
    "PT{}H": "h hr hour hours",
    "P{}D": "d day days",
    "P{}W": "w wk week weeks",
    "P{}M": "mo mon month months",
    "P{}Y": "y yr year years",
}
ISO = {unit: form for form, units in UNITS.items() for unit in units.split()}


class Table(NamedTuple):
    """A table of the contract: its name there, and in the database."""

    name: str
    physical: str
    fact: Fact
    fields: dict[str, Fact] | None


def read_file(document: Document) -> Part:
    """The tables of a contract, each once a server that holds it."""
    return _Contract(document).part


class _Contract:
    def __init__(self, document: Document) -> None:
        self.document, self.part = document, Part()
        self.say = shape.Shape(document, self.part.findings)
        self.data: dict[str, Any] = document.data
        self.is_old = "dataset" in self.data and "schema" not in self.data
        if not self.is_old:
            self._known((), self.data, keys.TOP)
        tables = list(self._tables())
        kept, others = self._kept({table.name for table in tables})
        tables += [Table(name, name, kept[name][0].keep.fact, None) for name in others]
        servers: list[Place | None] = [*places(document, self.part.findings)]
        for table in tables:
            for place in servers or [None]:
                self._add(table, place, kept, alone=len(servers) < 2)

    def _add(
        self, table: Table, place: Place | None, kept: dict[str, list[Lifetime]], *, alone: bool
    ) -> None:
        """A table on one server; on the only one it is known by its plain name too."""
        path = place.path(table.physical) if place else None
        id_ = path or table.physical
        if not path and place and not alone:
            id_ = f"{place.name}: {table.physical}"
        lives = (*kept.get(table.name, ()), *kept.get("", ()))
        self.part.overlay_datasets.append(
            Dataset(
                id_,
                table.fact,
                "store",
                fields=table.fields,
                regions=place.regions if place else None,
                lifetimes=lives[:1],
            )
        )
        names = (table.physical, table.name) if alone else ()
        lower = (id_.lower(),) if path and "://" not in id_ else ()
        self.part.names[id_] = tuple(dict.fromkeys((*names, *lower)))

    # -- tables ------------------------------------------------------------------------------

    def _tables(self) -> Iterator[Table]:
        key = "dataset" if self.is_old else "schema"
        for path, raw in self._mappings((key,), self.data.get(key)):
            if not self.is_old:
                self._known(path, raw, keys.OBJECT)
            name = raw.get("table" if self.is_old else "name")
            if not isinstance(name, str) or not name:
                self.say.fault(path, "a table needs a name")
                continue
            physical = raw.get("physicalName")
            fact = self._fact((*path, "table" if self.is_old else "name"), self._told(name))
            fields = self._fields(path, raw)
            yield Table(name, physical if isinstance(physical, str) else name, fact, fields)

    def _told(self, name: str) -> str:
        """A table with the roles that the contract lets at it."""
        raw = self.data.get("roles")
        found = [
            r.get("role") for r in (raw if isinstance(raw, list) else ()) if isinstance(r, dict)
        ]
        roles = [role for role in found if isinstance(role, str)]
        return f"table {name}" + (f", for the roles {', '.join(roles)}" if roles else "")

    def _fields(self, path: KeyPath, raw: dict[str, Any]) -> dict[str, Fact] | None:
        key, name_key = ("columns", "column") if self.is_old else ("properties", "name")
        if key not in raw:
            return None
        found: dict[str, Fact] = {}
        for here, column in self._mappings((*path, key), raw[key]):
            if not self.is_old:
                self._known(here, column, keys.PROPERTY)
            name = column.get(name_key)
            physical = column.get("physicalName")
            if not isinstance(name, str) or not name:
                self.say.fault(here, "a column needs a name")
                continue
            known = physical if isinstance(physical, str) and physical else name
            found[known] = self._fact((*here, name_key), _column(name, column))
        return found

    # -- retention ---------------------------------------------------------------------------

    def _kept(self, tables: set[str]) -> tuple[dict[str, list[Lifetime]], list[str]]:
        """The lifetimes by table, "" for all; and the tables that only a lifetime names."""
        found: dict[str, list[Lifetime]] = {}
        others: list[str] = []
        for path, raw in self._mappings(("slaProperties",), self.data.get("slaProperties")):
            if not self.is_old:
                self._known(path, raw, keys.LEVEL)
            if str(raw.get("property")).lower() != "retention":
                continue
            life = Lifetime(self._period(path, raw))
            for name in self._elements(raw):
                found.setdefault(name, []).append(life)
                if name and name not in tables and tables:
                    at = (*path, "column" if self.is_old else "element")
                    hint = did_you_mean(name, tables)
                    self.say.fault(at, f"no table of this contract is called '{name}'", hint)
                elif name and name not in tables and name not in others:
                    others.append(name)
        return found, others

    def _elements(self, raw: dict[str, Any]) -> list[str]:
        """The tables that a service level is about: `orders`, `orders.placed_at`, or several."""
        said = raw.get("element", raw.get("column"))
        default = self.data.get("slaDefaultElement", self.data.get("slaDefaultColumn"))
        text = said if isinstance(said, str) else default
        if not isinstance(text, str) or not text.strip():
            return [""]
        return list(dict.fromkeys(part.strip().split(".")[0] for part in text.split(",")))

    def _period(self, path: KeyPath, raw: dict[str, Any]) -> Setting:
        at = (*path, "value")
        value, unit = raw.get("value"), raw.get("unit")
        duration = self._duration(path, value, unit)
        grade: Any = "unknown" if duration is UNKNOWN else "described"
        said = " ".join(str(part) for part in (value, unit) if part is not None)[:60]
        return Setting(duration, fact_at(self.document, at, f"retention: {said}", grade))

    def _duration(self, path: KeyPath, value: Any, unit: Any) -> Any:
        if shape.unreadable(value) or shape.unreadable(unit):
            return UNKNOWN
        if isinstance(value, str) and value.startswith("P"):
            return self.say.period((*path, "value"), value)
        digits = str(value)
        if isinstance(value, bool) or not digits.isdecimal() or len(digits) > 9:
            hint = "write a whole number with a unit, or a duration such as P30D"
            self.say.fault((*path, "value"), "'value' of a retention is no time", hint)
            return UNKNOWN
        form = ISO.get(str(unit).lower())
        if form is None:
            hint = did_you_mean(str(unit), ("day", "week", "month", "year", "hour", "minute"))
            self.say.fault((*path, "unit"), f"'{unit}' is no unit of time", hint)
            return UNKNOWN
        return Duration.parse(form.format(digits))

    # -- shapes ------------------------------------------------------------------------------

    def _mappings(self, path: KeyPath, raw: Any) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
        """The mappings of a list; what is none is told."""
        if raw is not None and not isinstance(raw, list):
            self.say.fault(path, f"'{path[-1]}' must be a list")
            return
        for index, item in enumerate(raw or ()):
            if isinstance(item, dict):
                yield (*path, index), item
            else:
                self.say.fault((*path, index), f"an item of '{path[-1]}' must be a mapping")

    def _known(self, path: KeyPath, raw: dict[str, Any], known: frozenset[str]) -> None:
        for key in raw:
            if key not in known:
                hint = did_you_mean(str(key), known)
                self.say.fault((*path, key), f"unknown key '{key}'", hint, key=True)

    def _fact(self, path: KeyPath, text: str) -> Fact:
        return fact_at(self.document, path, text, "described")


def _column(name: str, raw: dict[str, Any]) -> str:
    """A column with what the contract says of it."""
    said = [str(raw["classification"])] if isinstance(raw.get("classification"), str) else []
    said += ["primary key"] * (raw.get("primaryKey", raw.get("isPrimaryKey")) is True)
    critical = raw.get("criticalDataElement", raw.get("criticalDataElementStatus"))
    said += ["critical"] * (critical is True)
    said += ["made by logic that is not read"] * bool(raw.get("transformLogic"))
    return f"field {name}" + (f": {', '.join(said)}" if said else "")
