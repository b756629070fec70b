"""A configuration with anything wrong in it: findings, never a traceback, and never a long wait."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pipeline.hostile import mutants

from aboveboard.findings import Location
from aboveboard.pipeline.graph import Fact, Pipeline, Setting
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Context, Entry, File, Part, Said
from aboveboard.pipeline.readers import otel_collector
from aboveboard.pipeline.readers.otel_collector import ottl
from aboveboard.pipeline.readers.otel_collector.patterns import BadPattern, covered
from aboveboard.pipeline.readers.otel_collector.versions import TOOL
from aboveboard.source import Document, parse_yaml

PLACE = Location("bindings.yml", 1)
RICH: Any = {
    "receivers": {"otlp": {}, "filelog": {"include": ["a.log"], "storage": "file_storage"}},
    "processors": {
        "attributes": {
            "include": {"match_type": "strict", "services": ["x"]},
            "actions": [
                {"key": "a", "action": "delete"},
                {"pattern": "^b", "action": "hash"},
                {"key": "c", "from_attribute": "d", "action": "upsert"},
                {"key": "e", "pattern": "(?P<f>.*)", "action": "extract"},
            ],
        },
        "resource": {"attributes": [{"key": "a", "value": 1, "action": "insert"}]},
        "redaction": {
            "allow_all_keys": False,
            "allowed_keys": ["a"],
            "ignored_key_patterns": ["b"],
            "blocked_values": ["[^@]+@.*"],
            "blocked_key_patterns": ["token"],
            "allowed_values": ["x"],
        },
        "transform": {
            "error_mode": "ignore",
            "log_statements": [
                {
                    "context": "log",
                    "conditions": ["true"],
                    "statements": ['set(attributes["a"], SHA256(body)) where body != nil'],
                }
            ],
            "trace_statements": ['replace_pattern(span.name, "a", "b")'],
        },
        "filter": {
            "logs": {"log_record": ['attributes["a"] == "b"'], "exclude": {"bodies": ["x"]}},
            "log_conditions": [{"context": "log", "conditions": ["body == nil"]}],
        },
        "groupbyattrs": {"keys": ["a"]},
        "span": {"name": {"from_attributes": ["a"]}},
        "mystery": {"a": 1},
    },
    "connectors": {
        "span_metrics": {"dimensions": [{"name": "a"}], "exemplars": {"enabled": True}},
        "count": {"logs": {"n": {"attributes": [{"key": "a"}]}}},
        "forward": {},
        "routing": {
            "default_pipelines": ["logs/2"],
            "table": [{"context": "log", "condition": "body == nil", "pipelines": ["logs/2"]}],
        },
    },
    "exporters": {
        "otlphttp": {"endpoint": "https://h", "sending_queue": {"storage": "file_storage"}},
        "debug": {"verbosity": "detailed"},
        "kafka": {"brokers": ["b:9092"], "logs": {"topic": "t"}},
        "file": {"path": "x.json"},
    },
    "extensions": {"file_storage": {"directory": "/var"}},
    "service": {
        "telemetry": {"logs": {"level": "debug", "processors": [{"batch": {}}]}},
        "pipelines": {
            "logs": {
                "receivers": ["otlp", "filelog"],
                "processors": ["attributes", "resource", "redaction", "transform", "filter"],
                "exporters": ["otlphttp", "debug", "kafka", "count", "forward", "routing"],
            },
            "logs/2": {"receivers": ["forward", "routing"], "exporters": ["file"]},
            "traces": {
                "receivers": ["otlp"],
                "processors": ["span", "groupbyattrs", "redaction", "transform", "mystery"],
                "exporters": ["span_metrics", "otlphttp"],
            },
            "metrics": {"receivers": ["span_metrics", "count"], "exporters": ["otlphttp"]},
        },
    },
}


def read(*datas: Any, version: str | None = "0.164.0") -> list[Part]:
    """What the reader, and the join behind it, make of plain data."""
    entry = Entry((Said("x.yml", PLACE),), merged=Said("true", PLACE))
    files = [File(Document(f"x{n}.yml", data), entry) for n, data in enumerate(datas)]
    pinned = Setting(version, Fact("", "observed", PLACE))
    parts = list(otel_collector.read(files, Context(date(2026, 12, 1), {TOOL: pinned})))
    for part in parts:
        assert all(finding.location for finding in part.findings)
    join(Pipeline(), parts)
    return parts


def test_the_rich_one_is_read_without_a_fault() -> None:
    (part,) = read(RICH)

    assert part.findings == []
    assert len(part.steps) > 30


def test_any_one_value_may_be_wrong() -> None:
    started = time.process_time()
    count = 0
    for mutant in mutants(RICH):
        if otel_collector.recognises(Document("x.yml", mutant)):
            read(mutant)
            count += 1

    assert count > 1000
    assert time.process_time() - started < 60


def test_any_one_value_may_be_wrong_in_a_later_file() -> None:
    for mutant in islice(mutants({"service": RICH["service"]}), 0, None, 3):
        read(RICH, mutant)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
KEYS = st.sampled_from(
    ["service", "pipelines", "processors", "receivers", "exporters", "connectors", "logs", "traces",
     "otlp", "redaction", "transform", "filter", "attributes", "actions", "log_statements",
     "statements", "blocked_values", "forward", "spec", "config", "kind", "telemetry", "x/y", ""]
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=40,
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, ANYTHING, max_size=6))
def test_any_data_that_is_recognised_is_read(data: dict[str, Any]) -> None:
    document = Document("x.yml", data)

    if otel_collector.recognises(document):
        read(data)


PIECES = st.sampled_from(
    ["set", "delete_key", "(", ")", "[", "]", "{", "}", ",", ".", '"a"', '"\\d"', "attributes", "nil",
     "where", "and", "or", "not", "==", "!=", "1", "-1", "1.5", "0x1F", "true", "SHA256", "body",
     " ", "\n", "'", "=", "+", "*", ":", "é"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_statement_or_refused_within_it(text: str) -> None:
    for read_ in (ottl.statement, ottl.condition):
        try:
            list(ottl.paths(read_(text)))
        except ottl.OttlError as error:
            assert 0 <= error.offset <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab01@.*+?()[]{}|\\^$-dswbPi<>:,é", max_size=30), st.text(max_size=9))
def test_any_pattern_is_run_or_refused(pattern: str, put: str) -> None:
    with suppress(BadPattern):
        covered(((pattern, put),))


SLOW = "(a*)*" * 30 + "(x+x+)+y"


@pytest.mark.parametrize(
    "text",
    [
        "processors: {redaction: {blocked_values: [" + ", ".join(f"'{n}{SLOW}'" for n in range(500)) + "]}}",
        "processors: {transform: {log_statements: [" + ", ".join(f"'replace_pattern(log.body, \"{n}.*\", \"x\")'" for n in range(20_000)) + "]}}",
        "processors: {transform: {log_statements: ['set(a, " + "(" * 200_000 + "']}}",
        "processors: {transform: {log_statements: ['set(a, \"" + "\\\\" * 200_000 + "']}}",
        "processors: {filter: {logs: {log_record: ['" + "not " * 200_000 + "']}}}",
        "processors: {filter: {logs: {log_record: ['" + " and ".join(["body == 1"] * 20_000) + "']}}}",
        "processors: {batch: {}, " + ", ".join(f"b{n}: {{}}" for n in range(20_000)) + "}",
        "receivers: {" + ", ".join(f"r{n}: {{}}" for n in range(20_000)) + "}\nprocessors: {batch: {}}",
        "connectors: {" + ", ".join(f"forward/{n}: {{}}" for n in range(10_000)) + "}\nprocessors: {batch: {}}",
    ],
    ids=["slow", "many", "deep", "escapes", "nots", "ands", "processors", "receivers", "connectors"],
)  # fmt: skip
def test_large_ones_take_seconds_at_most(text: str) -> None:
    data = parse_yaml(text.encode(), "x.yml").data
    names = {role: list(data.get(role, ())) for role in ("receivers", "processors", "connectors")}
    pipelines: dict[str, Any] = {
        "logs": {
            "receivers": names["receivers"] or ["otlp"],
            "processors": names["processors"],
            "exporters": [*names["connectors"], "otlphttp"],
        }
    }
    for name in names["connectors"]:
        pipelines[f"logs/{name}"] = {"receivers": [name], "exporters": ["otlphttp"]}
    data["service"] = {"pipelines": pipelines}
    data["exporters"] = {"otlphttp": {"endpoint": "h"}}
    data["receivers"] = data.get("receivers") or {"otlp": {}}

    started = time.process_time()
    read(data)

    assert time.process_time() - started < 20
