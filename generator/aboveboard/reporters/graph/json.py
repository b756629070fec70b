"""The graph as JSON, as the schema `graph` describes it. The same input gives the same bytes."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from ... import __version__
from ...findings import Location
from ...pipeline.graph import UNKNOWN, Dataset, Fact, Lifetime, Setting, Step
from ...pipeline.ways import edges, unknown
from ...values import Duration
from ..json import checkout_of
from . import Shown

VERSION = 1
Json = dict[str, Any]


def render(shown: Shown) -> str:
    """One JSON object; what cannot be read is `{"unknown": true}`, and said in `unknown` too."""
    pipeline = shown.pipeline
    called: dict[str, list[str]] = defaultdict(list)
    for path, id_ in pipeline.aliases.items():
        if path != id_:
            called[id_].append(path)
    whole = {
        "version": VERSION,
        "tool": f"aboveboard {__version__}",
        "revision": shown.revision,
        "root": shown.root,
        "part": shown.part,
        "inputs": [
            {
                "path": path,
                "format": pipeline.formats.get(path),
                "sha256": shown.digests.get(path, ""),
                **checkout_of(path, pipeline.checkouts),
            }
            for path in sorted(pipeline.inputs)
        ],
        "datasets": [
            _dataset(d, sorted(called[d.id])) for _, d in sorted(pipeline.datasets.items())
        ],
        "steps": [_step(step) for _, step in sorted(pipeline.steps.items())],
        "edges": [
            {"from": edge.start, "to": edge.end, "kind": edge.kind}
            for edge in sorted(edges(pipeline))
        ],
        "unknown": [
            {"node": node.id, "message": text, **_place(node.fact.location)}
            for node, text in sorted(unknown(pipeline), key=lambda said: (said[0].id, said[1]))
        ],
        "findings": [
            {
                "rule": f.rule,
                "severity": f.severity,
                "message": f.message,
                "location": _place(f.location) if f.location else None,
            }
            for f in sorted(pipeline.findings, key=lambda f: f.sort_key())
        ],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _place(place: Location) -> Json:
    return {"path": place.path, "line": place.line, "column": place.column}


def _fact(fact: Fact) -> Json:
    return {"text": fact.text, "grade": fact.grade, **_place(fact.location)}


def _value(value: object) -> object:
    """A value as JSON has it."""
    if value is UNKNOWN:
        return {"unknown": True}
    if isinstance(value, Duration):
        return value.text
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)


def _setting(setting: Setting) -> Json:
    return {"value": _value(setting.value), "fact": _fact(setting.fact)}


def _life(life: Lifetime) -> Json:
    """A row of retention; null is without limit."""
    return {
        "keep": _value(life.keep.value),
        "where": None if life.where is None else str(life.where),
        "fact": _fact(life.keep.fact),
    }


def _facts(facts: dict[str, Fact]) -> list[Json]:
    return [{"name": name, "fact": _fact(fact)} for name, fact in facts.items()]


def _regions(regions: tuple[str, ...] | None) -> list[str] | None:
    return None if regions is None else list(regions)


def _dataset(dataset: Dataset, called: list[str]) -> Json:
    return {
        "id": dataset.id,
        "also-called": called,
        "role": dataset.role,
        "person": dataset.person,
        "fields": None if dataset.fields is None else _facts(dataset.fields),
        "regions": _regions(dataset.regions),
        "retention": [_life(life) for life in dataset.lifetimes],
        "fact": _fact(dataset.fact),
    }


def _step(step: Step) -> Json:
    does = step.on_error
    writes = step.writes
    return {
        "id": step.id,
        "name": step.name,
        "op": step.op,
        "opaque": step.opaque,
        "inputs": list(step.inputs),
        "outputs": list(step.outputs),
        "fields": "*" if step.all_fields else list(step.fields),
        "writes": None if writes is None else {new: list(old) for new, old in writes.items()},
        "where": None if step.where is None else str(step.where),
        "group-by": list(step.group_by),
        "distinct": step.distinct,
        "join": {"on": list(step.join_on), "kind": step.join_kind} if step.op == "join" else None,
        "entities": _facts(step.entities),
        "spared": _facts(step.spared),
        "keeps-text": step.keeps_text,
        "parameters": [
            {"name": name, **_setting(setting)} for name, setting in step.parameters.items()
        ],
        "runs": _setting(step.runs) if step.runs else None,
        "partial": _fact(step.partial) if step.partial else None,
        "on-error": {**_setting(does.does), "to": does.to} if does else None,
        "external": step.external,
        "regions": _regions(step.regions),
        "fact": _fact(step.fact),
    }
