"""Tables hold every cell exactly once: no gap, no overlap, no row without a reader.

Tables are: `applies` of a use or route; `policy.controllers`; and all retention without `when`
of one data category in one copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..findings import Finding, Location
from ..values import listed
from . import mentions
from .cells import Space, Spaces, TooManyCells
from .entities import Header
from .mentions import Place
from .model import Policy
from .scope import OTHERWISE, Scope, Scoped

# So many boxes are "few words"; a message that names more is not read.
MOST = 3

Row = tuple[Place, Scoped]


class Table(NamedTuple):
    """Rows of which each reader finds exactly one; `row` is what a message calls one of them."""

    place: Place
    rows: tuple[Row, ...]
    row: str = "row"
    whole: bool = True  # False: a row of it could not be read, so that a gap says nothing


def findings(policy: Policy) -> Iterator[Finding]:
    """What is wrong with the scopes of a policy, and with the tables that they make."""
    written = list(mentions.scopes(policy))
    yield from mentions.findings(policy, written)
    if policy.header is None:
        return
    all_tables = list(tables(policy, policy.header))
    yield from _stray_rests(policy, all_tables, written)
    names = {id_: control.name for id_, control in policy.controls.items()}
    spaces = Spaces(policy.header, names)
    search = mentions.Search(policy, policy.header)
    if any(search.faulty(Place("policy", ""), scope) for scope in policy.header.impossible):
        return  # who exists at all cannot be told
    for table in all_tables:
        if not any(search.faulty(place, scope) for place, row in table.rows for scope in row.scope):
            yield from check_table(policy, table, spaces)


# -- which tables there are ----------------------------------------------------------------


def tables(policy: Policy, header: Header) -> Iterator[Table]:
    """Every table of a policy."""
    yield _table(Place("policy", "", ("controllers",)), header.controllers)
    for id_, use in policy.uses.items():
        yield _table(Place("uses", id_, ("applies",)), use.applies)
        for route_id, route in use.also.items():
            yield _table(Place("uses", id_, ("also", route_id, "applies")), route.applies)
    yield from _retention(policy)


def _table(place: Place, rows: Sequence[Scoped]) -> Table:
    return Table(place, tuple((place.below(n), row) for n, row in enumerate(rows)))


def _retention(policy: Policy) -> Iterator[Table]:
    """One table per copy and set of rows; the data categories that share it are named together."""
    by_cell: dict[tuple[str, str], list[str]] = {}
    for id_, retention in policy.retention.items():
        for data in dict.fromkeys(retention.data) if retention.when is None else ():
            by_cell.setdefault((retention.copy_, data), []).append(id_)
    shared: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (copy, data), ids in by_cell.items():
        shared.setdefault((copy, tuple(ids)), []).append(data)
    whole = all(id_ in policy.retention for kind, id_ in policy.documents if kind == "retention")
    for (copy, found), categories in shared.items():
        rows = tuple((Place("retention", id_), policy.retention[id_]) for id_ in found)
        named = listed(f"'{data}'" for data in categories)
        yield Table(rows[0][0], rows, f"retention of {named} in '{copy}'", whole)


# -- what can be wrong with one ------------------------------------------------------------


def check_table(policy: Policy, table: Table, spaces: Spaces) -> Iterator[Finding]:
    """Gaps, overlaps and rows that hold nobody."""
    try:
        space = spaces.of(scope for _, row in table.rows for scope in row.scope)
    except TooManyCells as error:
        yield Finding("table-too-large", f"This table tells apart {error}.", _place(policy, table))
        return
    masks = space.rows(row for _, row in table.rows)
    yield from _overlaps(policy, table, space, masks)
    yield from _unreachable(policy, table, space, masks)
    left = space.possible
    for mask in masks:
        left &= ~mask
    if left and table.whole:
        yield Finding(
            "table-gap",
            f"No {table.row} covers {space.words(left, MOST)}.",
            _place(policy, table),
            hint="add a row for them, or give one row 'scope: otherwise'",
        )


def _overlaps(policy: Policy, table: Table, space: Space, masks: list[int]) -> Iterator[Finding]:
    """One finding per later row, with every earlier row that holds some of its cells."""
    yield from _second_rests(policy, table)
    seen = 0
    for index, (place, _) in enumerate(table.rows):
        mask = masks[index]
        if mask & seen:
            earlier = [
                (table.rows[n][0].below("scope"), mask & masks[n])
                for n in range(index)
                if mask & masks[n]
            ]
            yield Finding(
                "table-overlap",
                f"This {table.row} covers {space.words(mask & seen, MOST)}; "
                f"so {'does an earlier row' if len(earlier) == 1 else 'do earlier rows'}.",
                place.below("scope").at(policy),
                hint="take them out of one row: the order of rows means nothing",
                related=tuple(
                    place.at(policy)._replace(message=f"covers {space.words(cells, MOST)} too")
                    for place, cells in earlier
                ),
            )
        seen |= mask


def _second_rests(policy: Policy, table: Table) -> Iterator[Finding]:
    rests = [place.below("scope").at(policy) for place, row in table.rows if row.is_rest]
    for later in rests[1:]:
        yield Finding(
            "table-overlap",
            f"A second {table.row} takes the rest; 'otherwise' stands in a table at most once.",
            later,
            hint="say whom this row is for, or remove it",
            related=(rests[0]._replace(message="takes the rest already"),),
        )


def _unreachable(policy: Policy, table: Table, space: Space, masks: list[int]) -> Iterator[Finding]:
    rests = 0
    for (place, row), mask in zip(table.rows, masks, strict=True):
        rests += row.is_rest
        if mask or (row.is_rest and rests > 1):
            continue
        why = "the other rows leave nobody" if row.is_rest else "its scope holds nobody"
        yield Finding(
            "table-unreachable",
            f"This {table.row} covers nobody: {why}.",
            place.below("scope").at(policy),
            hint="remove the row" if row.is_rest else "see 'not' and 'policy.impossible'",
        )


def _stray_rests(
    policy: Policy, all_tables: list[Table], written: list[tuple[Place, Scope]]
) -> Iterator[Finding]:
    """`otherwise` where there are no other rows to leave a rest."""
    inside = {place.below("scope", 0) for table in all_tables for place, _ in table.rows}
    for place, scope in written:
        if scope is OTHERWISE and place not in inside:
            yield Finding(
                "stray-otherwise",
                "'otherwise' takes the rest of a table, and this is not a row of one",
                place.at(policy),
                hint="list the values, or leave out 'scope' for everyone",
            )


def _place(policy: Policy, table: Table) -> Location:
    return table.place.at(policy, key=True)
