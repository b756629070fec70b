"""What the rules about reach and retention share: the rows of a data category, their readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..policy.choices import Retention
from ..policy.scope import Scope
from ..project import Project
from ..proof.claims.doors import Door
from .sense import Part, Rows, left_out


class Rowed(NamedTuple):
    """One row of the table of a data category in one copy."""

    id: str
    row: Retention
    table: Sequence[Retention]

    @property
    def readers(self) -> Part:
        """Whose data it holds."""
        alone = not self.row.is_rest
        return self.row.scope if alone else Rows(self.table, (self.table.index(self.row),))


def rows_of(project: Project) -> dict[str, list[Rowed]]:
    """The retention rows of each data category, those of an event left aside."""
    tables: dict[tuple[str, str], dict[str, Retention]] = {}
    for id_, row in project.policy.retention.items():
        for data in row.data if row.when is None else ():
            tables.setdefault((data, row.copy_), {})[id_] = row
    found: dict[str, list[Rowed]] = {}
    for (data, _), rows in tables.items():
        table = list(rows.values())
        found.setdefault(data, []).extend(Rowed(i, row, table) for i, row in rows.items())
    return found


def not_kept(row: Retention) -> bool:
    """Whether a row says that the data is not stored at all."""
    return row.keep is not None and row.keep.longest == ["not-kept"]


def reach_of(project: Project, door: Door, id_: str) -> str | None:
    """How long a route reaches back for some data, if that is a duration."""
    if not door.route:
        return door.use.reach
    event = project.policy.events.get(door.use.also[door.route].when)
    reaches = [take.reach for take in (event.takes if event else ()) if id_ in take.data]
    return next((reach for reach in reaches if reach.startswith("P")), None)


def too_short(project: Project, door: Door, enough: Sequence[Rowed]) -> str | None:
    """Who enters a route although no row keeps their data long enough; None for nobody.

    Whoever refused is not taken, so that their rows may be shorter.
    """
    ways: list[list[Part]] = [[row.readers] for row in enough]
    for index, line in enumerate(door.lines):
        if line.state == "never":
            continue
        mine: Part = Rows(door.lines, (index,)) if line.is_rest else line.scope
        allowed = [Scope.model_construct(choice={id_: "allowed"}) for id_ in line.control]
        who = left_out(project, [mine, *([scope] for scope in allowed)], ways)
        if who:
            return who
    return None
