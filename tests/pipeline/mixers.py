"""Small configs of Dolma, and what the reader makes of them.

What is expected of the mixer was seen in runs of its releases 0.9.4, 1.1.0 and 1.2.1.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from aboveboard.findings import Location
from aboveboard.pipeline.graph import Fact, Pipeline, Setting, Step
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Context, Entry, File, Part
from aboveboard.pipeline.readers import dolma
from aboveboard.source import parse_yaml

PLACE = Location("p.yml", 1)
EMAIL = "$.attributes.pii__pii_regex_with_counts_fast_v2__EMAIL_ADDRESS"
PHONE = "$.attributes.pii__pii_regex_with_counts_fast_v2__PHONE_NUMBER"
TAG = {
    "documents": ["in/documents/*.json.gz"],
    "taggers": ["pii_regex_with_counts_fast_v2"],
    "experiment": "pii",
}
TOKENS = {
    "documents": ["out/documents/*.json.gz"],
    "destination": "tokens",
    "tokenizer": {"name_or_path": "x"},
}


def stream(**more: Any) -> dict[str, Any]:
    """A stream of forum posts; `output` adds to its folder."""
    output = {"path": "out/documents", **more.pop("output", {})}
    return {"name": "forum", "documents": ["in/documents/*.json.gz"], "output": output, **more}


def replaced(span: str = EMAIL, **more: Any) -> dict[str, Any]:
    """A replacement of what a span holds."""
    return {"span": span, "min_score": 0.5, "replacement": "|||", **more}


def mixer(*streams: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"streams": list(streams), **more}


def read(*configs: dict[str, Any], version: str = "1.2.1") -> list[Part]:
    """The parts of some configs; version "": not known."""
    files = []
    for number, config in enumerate(configs):
        document = parse_yaml(json.dumps(config).encode(), f"pipeline/c{number}.json")
        assert not document.problems
        assert dolma.recognises(document)
        files.append(File(document, Entry(())))
    said = {"dolma": Setting(version, Fact("", "declared", PLACE))} if version else {}
    if not version:
        files = [f._replace(entry=Entry((_said(),))) for f in files]
    return list(dolma.read(files, Context(date(2026, 12, 1), said)))


def _said() -> Any:
    from aboveboard.pipeline.part import Said

    return Said("pipeline/*.json", PLACE)


def steps(*configs: dict[str, Any], version: str = "1.2.1") -> dict[str, Step]:
    """The steps by their ids, the file's name left out."""
    found = [s for part in read(*configs, version=version) for s in part.steps]
    return {s.id.partition("/")[2]: s for s in found}


def joined(*configs: dict[str, Any]) -> Pipeline:
    """All configs as one graph, in which nothing may be wrong."""
    pipeline = Pipeline()
    parts = read(*configs)
    join(pipeline, parts)
    assert not [f for part in parts for f in part.findings]
    assert not pipeline.findings
    return pipeline


def told(*configs: dict[str, Any], version: str = "1.2.1") -> list[tuple[str, str, str]]:
    """Rule, message and hint of each finding."""
    found = [f for part in read(*configs, version=version) for f in part.findings]
    return [(f.rule, f.message, f.hint) for f in found]
