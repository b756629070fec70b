"""The columnLineage facet: which output column is made from which input columns, and how.

By the spec 1-2-0 of the facet: DIRECT columns reach the output, as they are (IDENTITY) or changed;
INDIRECT ones only decide on rows, by FILTER, JOIN, GROUP_BY, SORT, WINDOW or CONDITIONAL.
`masking` says that values are not as they were, and not how: a hash, a mask or a count.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from .datasets import name_of
from .events import Spot


class Column(NamedTuple):
    """An input column that an output column is made from."""

    output: str
    input: str
    as_it_is: bool
    masked: bool
    spot: Spot


class Lineage(NamedTuple):
    """Of one output: by input dataset, the columns that reach it and those that decide on it, each
    with the kinds of decision."""

    outputs: tuple[str, ...]
    direct: dict[str, list[Column]]
    indirect: dict[str, dict[str, set[str]]]


def lineage_of(output: Spot) -> Lineage | None:
    """None if the event does not tell of columns."""
    facet = output["facets"]["columnLineage"]
    if not isinstance(facet["fields"].value, dict):
        return None
    direct: dict[str, list[Column]] = defaultdict(list)
    indirect: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for made in facet["fields"].items():
        was_masked = made["transformationType"].text.upper() == "MASKED"
        for source in made["inputFields"].items():
            _add(str(made.path[-1]), source, was_masked, direct, indirect)
    for source in facet["dataset"].items():
        _add("", source, False, direct, indirect)
    outputs = tuple(str(made.path[-1]) for made in facet["fields"].items())
    return Lineage(outputs, direct, indirect)


def _add(
    output: str,
    source: Spot,
    was_masked: bool,
    direct: dict[str, list[Column]],
    indirect: dict[str, dict[str, set[str]]],
) -> None:
    name, field = name_of(source), source["field"].text
    if name is None or not field:
        return
    ways = [way for way in source["transformations"].items() if isinstance(way.value, dict)]
    reaching = [way for way in ways if way["type"].text.upper() != "INDIRECT"]
    for way in ways:
        if way["type"].text.upper() == "INDIRECT":
            indirect[name.id][field].add(way["subtype"].text.upper() or "unsaid")
    if not output or (ways and not reaching):
        if not ways and not output:
            indirect[name.id][field].add("unsaid")
        return
    as_it_is = bool(reaching) and all(w["subtype"].text.upper() == "IDENTITY" for w in reaching)
    masked = was_masked or (bool(reaching) and all(w["masking"].value is True for w in reaching))
    direct[name.id].append(Column(output, field, as_it_is and not masked, masked, source))
