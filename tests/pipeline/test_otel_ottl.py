"""OTTL: the examples of its documentation are read, and what is no OTTL is refused where it ends."""

import pytest

from aboveboard.pipeline.readers.otel_collector.ottl import (
    MAX_DEPTH,
    Call,
    Compare,
    Literal,
    OttlError,
    Path,
    Symbol,
    Truth,
    condition,
    paths,
    statement,
)

# From the documentation of the transform processor, of pkg/ottl and of ottlfuncs.
STATEMENTS = [
    'keep_keys(span.attributes, ["service.name", "service.namespace", "cloud.region"])',
    r'replace_pattern(span.attributes["process.command_line"], "password\\=[^\\s]*(\\s?)", "password=***")',
    "limit(span.attributes, 100, [])",
    "truncate_all(resource.attributes, 4096)",
    'set(metric.description, "Sum") where metric.type == "Sum"',
    'convert_sum_to_gauge() where metric.name == "system.processes.count"',
    'convert_gauge_to_sum("cumulative", false) where metric.name == "prometheus_metric"',
    'set(log.severity_text, "FAIL") where log.body == "request failed"',
    'replace_all_matches(log.attributes, "/user/*/list/*", "/user/{userId}/list/{listId}")',
    r'replace_all_patterns(log.attributes, "value", "/account/\\d{4}", "/account/{accountId}")',
    'set(log.body, log.attributes["http.route"])',
    'set(span.status.code, 1) where span.attributes["http.path"] == "/health"',
    'set(attributes["test"], "pass") where not (attributes["a"] == 1 and name != "b") or true',
    'merge_maps(log.cache, ParseJSON(log.body), "upsert") where IsMatch(log.body, "^\\\\{")',
    'set(log.attributes["x"], Concat([attributes["a"], "b", trace_id.string], ": "))',
    'set(log.attributes["x"], log.body["a"]["b"][0])',
    'set(span.attributes["x"], Split(attributes["a"], ",")[1])',
    'replace_pattern(name, "(\\\\d+)", "$$1", SHA256, "user/%s")',
    'delete_matching_keys(attributes, pattern="(?i).*password.*")',
    "set(time_unix_nano, observed_time_unix_nano) where time_unix_nano == 0",
    'set(attributes["n"], 1 + 2 * (attributes["m"] - 3.5))',
    'set(attributes["n"], attributes["m"] -1)',
    'set(attributes["m"], {"a": 1, "b": [true, nil], })',
    "set(span_id, SpanID(0x0000000000000000))",
    "set(span.kind, SPAN_KIND_INTERNAL) where span.kind == SPAN_KIND_UNSPECIFIED",
    'set_semconv_span_name("1.37.0", "original_span_name")',
]


@pytest.mark.parametrize("text", STATEMENTS)
def test_the_examples_of_the_documentation_are_read(text: str) -> None:
    assert statement(text).editor.function == text.partition("(")[0]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("Set(attributes)", 0),
        ("set attributes", 4),
        ('set(attributes["a"], "b"', 24),
        ('set(attributes["a"] "b")', 20),
        ('set(attributes["a"], "b") where', 31),
        ('set(attributes["a"], "b") where name', 36),
        ('set(attributes["a"], "b") when name == "c"', 26),
        ('set(attributes["a"], "b") where name == "c" and', 47),
        ("set(attributes[\"a\"], 'b')", 21),
        (r'set(name, "\d")', 11),
        ('set(name, "b") where name = "c"', 26),
        ("set(name, name.)", 15),
        ("set(name, {1: 2})", 11),
        ('set(name, "b")[0]', 0),
        ("set(name, and)", 10),
    ],
)
def test_what_is_no_statement_is_refused_where_it_stops_being_one(text: str, offset: int) -> None:
    with pytest.raises(OttlError) as caught:
        statement(text)

    assert caught.value.offset == offset


def test_and_binds_more_than_or() -> None:
    found = condition("a == 1 or b == 2 and not c == nil")

    assert isinstance(found, Truth)
    assert found.kind == "or"
    assert [part.kind for part in found.parts if isinstance(part, Truth)] == ["and"]


def test_paths_are_found_wherever_they_stand() -> None:
    found = condition('IsMatch(Concat([attributes["a"], log.body["x"]], ""), "y") and name != resource.attributes["b"]')  # fmt: skip

    assert [path.segments[-1] for path in paths(found)] == [
        ("attributes", ("a",)),
        ("body", ("x",)),
        ("name", ()),
        ("attributes", ("b",)),
    ]


def test_a_computed_key_is_not_read() -> None:
    found = condition('attributes[Concat(["a", "b"], "")] == "x"')

    assert isinstance(found, Compare)
    assert found.left == Path((("attributes", (None,)),))


def test_arguments_by_name_and_by_place() -> None:
    call = statement('replace_pattern(name, "a", replacement="b", function=SHA256)').editor

    assert call.arg(1, "regex") == Literal("a")
    assert call.arg(9, "replacement") == Literal("b")
    assert call.arg(9, "function") == Symbol("SHA256")
    assert Call("x", ()).arg(0, "target") is None


def test_texts_are_read_as_go_reads_them() -> None:
    call = statement(r'set(name, "a\\b\"c\n\x41é\101")').editor

    assert call.arg(1, "value") == Literal('a\\b"c\nAéA')


@pytest.mark.parametrize("mark", ["(", "[", "not ("])
def test_what_is_nested_too_deeply_is_refused(mark: str) -> None:
    with pytest.raises(OttlError):
        condition(mark * 100_000)
    with pytest.raises(OttlError):
        condition("(" * (MAX_DEPTH + 1) + "a == 1" + ")" * (MAX_DEPTH + 1))
