"""Events of OpenLineage, cut to what matters."""

from __future__ import annotations

import json
from typing import Any

from tests.pipeline.plans import DAY

from aboveboard.findings import Location
from aboveboard.pipeline.part import Context, Entry, File, Part, Said
from aboveboard.pipeline.readers import openlineage
from aboveboard.source import parse_yaml
from aboveboard.source.lines import is_lines, parse_lines

Values = dict[str, Any]
TIME = "2026-11-30T03:00:00Z"
DATABASE = "postgres://db:5432"


def column(field: str, *ways: str, name: str = "app.users") -> Values:
    """An input field; a way is `IDENTITY`, `HASH!` (masking), or `-FILTER` (indirect)."""
    transformations = [
        {
            "type": "INDIRECT" if way.startswith("-") else "DIRECT",
            "subtype": way.strip("-!"),
            "masking": way.endswith("!"),
        }
        for way in ways
    ]
    return {"namespace": DATABASE, "name": name, "field": field, "transformations": transformations}


def lineage(*decides: Values, **made: list[Values]) -> Values:
    fields = {name: {"inputFields": sources} for name, sources in made.items()}
    return {"columnLineage": {"fields": fields, "dataset": list(decides)}}


def event(
    state: str = "COMPLETE",
    facets: Values | None = None,
    *,
    time: str | None = TIME,
    run: str = "r1",
    columns: tuple[str, ...] = ("id", "email", "refused"),
) -> Values:
    schema = {"fields": [{"name": name, "type": "text"} for name in columns]}
    return {
        "eventType": state,
        "eventTime": time,
        "run": {"runId": run},
        "job": {"namespace": "jobs", "name": "export"},
        "inputs": [{"namespace": DATABASE, "name": "app.users", "facets": {"schema": schema}}],
        "outputs": [{"namespace": "s3://lake", "name": "users", "facets": facets or {}}],
        "producer": "https://example.org",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
    }


def file(text: str, max_age: str | None = None) -> File:
    raw = text.encode()
    document = (parse_lines if is_lines(raw) else parse_yaml)(raw, "pipeline/runs.json")
    said = Said(max_age, Location("policy_data/bindings.yml", 3)) if max_age else None
    return File(document, Entry((), max_age=said))


def read(*events: Values, max_age: str | None = None, lines: bool = False) -> Part:
    """What the reader makes of a file with these events."""
    text = "\n".join(map(json.dumps, events)) if lines else json.dumps(list(events), indent=1)
    one = file(text, max_age)
    assert not one.document.problems
    assert openlineage.recognises(one.document)
    return next(openlineage.read([one], Context(DAY)))


def steps(part: Part) -> list[tuple[str, str]]:
    return [(step.id, step.op) for step in part.steps]
