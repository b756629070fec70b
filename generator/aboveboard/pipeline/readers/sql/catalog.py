"""The tables and views that the files speak of, and the steps that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from ....findings import Location
from ...graph import Dataset, Fact, OnError, Operation, Role, Setting, Step
from ...part import Part

MAX_VIEWS = 12  # that read one another before their columns are taken as unknown
_FALLIBLE = frozenset({"redact", "mask", "hash", "encrypt", "noise", "generalise"})


class Default(NamedTuple):
    """What stands in a column for a missing value: `coalesce(refused, false) as refused`. or_null:
    a later outer join leaves it missing where a row has no partner. field: where a table also has
    the value as it came; "": in the column itself."""

    value: Any
    or_null: bool = False
    field: str = ""


class Relation(NamedTuple):
    """Rows that a node gives: their columns, whether there are no others, and defaults of some."""

    node: str
    columns: tuple[str, ...] = ()
    complete: bool = False
    defaults: Mapping[str, Default] = MappingProxyType({})

    def source(self, column: str) -> str:
        """The field that holds a column's values as they came."""
        default = self.defaults.get(column)
        return default.field or column if default else column


@dataclass(slots=True, eq=False, repr=False)
class Table:
    """A table or view; `define` makes its rows known, once; again: something else fills it, too."""

    id: str
    columns: tuple[str, ...] = ()
    complete: bool = False
    is_view: bool = False
    define: Callable[[], Relation] | None = None
    relation: Relation | None = None
    busy: bool = False
    again: bool = False
    fields: dict[str, Fact] = field(default_factory=dict)


class Catalog:
    """Tables by every name that the files give them."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self.names: dict[str, str] = {}  # as SQL writes it -> id
        self.datasets: dict[str, Dataset] = {}
        self.steps: dict[str, Step] = {}
        self.depth = 0

    def table(self, id_: str, *names: str) -> Table:
        """The table with this id, known by these names too."""
        for name in (id_, *names):
            self.names.setdefault(name, id_)
        return self.tables.setdefault(id_, Table(id_))

    def find(self, name: str) -> Table | None:
        """The table of a name, if any file says what it is."""
        return self.tables.get(self.names.get(name, ""))

    def read(self, name: str) -> Relation:
        """The rows of a table as a query sees them."""
        table = self.find(name) or self.table(name)
        ready = table.define is not None and not table.busy and self.depth < MAX_VIEWS
        if table.relation is None and table.define is not None and ready:
            table.busy, self.depth = True, self.depth + 1
            try:
                table.relation = table.define()
            finally:
                table.busy, self.depth = False, self.depth - 1
        if table.relation is not None and not table.again:
            return table.relation
        return Relation(table.id, table.columns, table.complete)


class Builder:
    """Collects what one file is made of."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog, self.part = catalog, Part()
        self.reading: dict[str, Location] = {}  # where a node was read last

    def dataset(self, id_: str, fact: Fact, role: Role = "intermediate") -> Dataset:
        """The dataset with this id, which some file may have told of already."""
        known = self.catalog.datasets.get(id_)
        if known is None:
            known = self.catalog.datasets[id_] = Dataset(id_, fact, role)
            self.part.datasets.append(known)
        elif known.role == "intermediate":
            known.role = role
        return known

    def step(self, id_: str, op: Operation, fact: Fact, *inputs: str, **more: Any) -> Step:
        """A new step; its id gets a number if there is one by this name."""
        count, name = 1, id_
        while name in self.catalog.steps:
            count += 1
            name = f"{id_}-{count}"
        step = self.catalog.steps[name] = Step(name, op, fact, tuple(dict.fromkeys(inputs)), **more)
        if op == "join":
            step.inputs = inputs
        step.written = {n: self.reading[n] for n in step.inputs if n in self.reading}
        if op in _FALLIBLE:
            stops = Fact("an error stops the statement", "default", fact.location)
            step.on_error = OnError(Setting("fail", stops))
        self.part.steps.append(step)
        return step

    def store(self, relation: Relation, table: str, fact: Fact, name: str) -> Relation:
        """The rows of a table once these are written to it: by the last step that made them, if
        nothing else has it."""
        relation = self._with_defaults(relation, fact, name)
        last = self.catalog.steps.get(relation.node)
        if last is None or not last.id.startswith(f"{name}/"):
            last = self.step(f"{name}/write", "copy", fact, relation.node)
        if table not in last.outputs:
            last.outputs = (*last.outputs, table)
        return relation._replace(node=table)

    def _with_defaults(self, relation: Relation, fact: Fact, name: str) -> Relation:
        """Rows that others than queries may read: there a column with a default is not what it was
        made of, which has a field beside it."""
        if not relation.defaults:
            return relation
        beside = {c: f"{c} as it came" for c in relation.defaults}
        writes = {new: (relation.source(c),) for c, new in beside.items()}
        kept = {c: (c,) for c in relation.defaults}
        node = self.step(f"{name}/kept", "rename", fact, relation.node, writes=writes | kept).id
        node = self.step(f"{name}/defaults", "map", fact, node, writes=kept).id
        defaults = {c: d._replace(field=beside[c]) for c, d in relation.defaults.items()}
        return relation._replace(node=node, defaults=defaults)
