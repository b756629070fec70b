"""Small files of SQL, and what the SQL reader makes of them."""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from typing import Any

from aboveboard.findings import Location
from aboveboard.pipeline.graph import Dataset, Pipeline, Step
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Context, Entry, File, Part, Said
from aboveboard.pipeline.predicate import can_pass
from aboveboard.pipeline.readers import sql
from aboveboard.proof.flow import build
from aboveboard.source import Document

AT = Location("policy_data/policy.yml", 1)
KEPT, DROPPED, UNDECIDED = (True, True), (False, False), (False, True)


def read(text: str, dialect: str = "duckdb", name: str = "models/m.sql") -> Part:
    """What one file comes to."""
    return whole({name: text}, dialect)


def whole(files: dict[str, str], dialect: str = "duckdb") -> Part:
    """What several files come to, in one part."""
    entry = Entry((Said("models/*.sql", AT),), Said(dialect, AT))
    given = []
    for name, text in files.items():
        document = Document(name)
        document.data = dedent(text)
        assert sql.recognises(document)
        given.append(File(document, entry))
    found = Part()
    for part in sql.read(given, Context(date(2026, 12, 1))):
        for what in ("datasets", "steps", "findings"):
            getattr(found, what).extend(getattr(part, what))
        found.paths.update(part.paths)
    return found


def step(part: Part, name: str) -> Step:
    """A step by its id."""
    return {s.id: s for s in part.steps}[name]


def dataset(part: Part, name: str) -> Dataset:
    """A dataset by its id."""
    return {d.id: d for d in part.datasets}[name]


def of(part: Part, op: str) -> list[Step]:
    """The steps with an operation."""
    return [s for s in part.steps if s.op == op]


def passes(condition: str, field: str, value: Any, dialect: str = "duckdb") -> tuple[bool, bool]:
    """Whether a row passes WHERE: if doubt blocks, and if doubt lets pass."""
    filters = of(read(f"select a from t where {condition}", dialect), "filter")
    row = {field: value}
    return (
        all(can_pass(f.where, row, doubt_blocks=True) for f in filters if f.where),
        all(can_pass(f.where, row, doubt_blocks=False) for f in filters if f.where),
    )


def writes(part: Part) -> dict[str, set[str]]:
    """Field of `m` -> the fields of tables that nobody writes which reach it."""
    pipeline = Pipeline()
    join(pipeline, [part])
    flow = build(pipeline, {}, {})
    before: dict[int, set[int]] = {}
    for tail, head in zip(flow.graph.tails, flow.graph.heads, strict=True):
        before.setdefault(head, set()).add(tail)
    return {
        name: {
            f"{node}.{field}"
            for node, field in (flow.vertices[v] for v in _back(before, flow.index["m", name]))
            if node in pipeline.datasets and not flow.writers[node]
        }
        for name in flow.fields["m"]
    }


def _back(before: dict[int, set[int]], start: int) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        for tail in before.get(waiting.pop(), ()):
            if tail not in found:
                found.add(tail)
                waiting.append(tail)
    return found
