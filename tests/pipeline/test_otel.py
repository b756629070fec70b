"""What the processors of a collector are as steps: fields, entities, and what happens on errors."""

from __future__ import annotations

import pytest
from tests.pipeline.collectors import (
    DROPPED,
    KEPT,
    UNDECIDED,
    chain,
    chosen,
    logs,
    only,
    passes,
    read,
    told,
)

from aboveboard.pipeline.graph import UNKNOWN, Step

EMAIL = "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+"


def does(step: Step) -> object:
    assert step.on_error is not None
    return step.on_error.does.value


# -- attributes and resource -------------------------------------------------------------------


def action(text: str) -> Step:
    return only(logs(f"attributes:\n  actions: [{{{text}}}]"))


def test_delete_removes_a_key_of_the_record() -> None:
    step = action("key: user.email, action: DELETE")

    assert (step.op, step.fields, does(step), step.grade) == (
        "drop-field", ("attributes.user.email",), "fail", "observed")  # fmt: skip


def test_a_pattern_deletes_every_key_in_which_it_is_found() -> None:
    step = action('pattern: "^user\\\\.", action: delete')

    names = ("attributes.user.email", "attributes.enduser.id", "resource.user.id", "body")
    assert chosen(step, *names) == [True, False, False, False]


@pytest.mark.parametrize(
    ("version", "how"), [(None, "or SHA-1"), ("0.70.0", "SHA-1"), ("v0.135.0", "SHA-256")]
)
def test_hash_says_how_and_that_there_is_no_key(version: str | None, how: str) -> None:
    step = only(logs("attributes: {actions: [{key: id, action: hash}]}", version=version))

    assert (step.op, step.writes) == ("map", {"attributes.id": ("attributes.id",)})
    assert how in step.fact.text
    assert "without a key" in step.fact.text


@pytest.mark.parametrize("word", ["update", "upsert"])
def test_a_constant_leaves_nothing_of_the_old_value(word: str) -> None:
    step = action(f"key: id, value: x, action: {word}")

    assert (step.op, step.fields) == ("drop-field", ("attributes.id",))


def test_insert_leaves_an_old_value_alone() -> None:
    assert action("key: id, value: x, action: insert").writes == {
        "attributes.id": ("attributes.id",)
    }


def test_a_copy_leaves_the_old_value_where_its_source_is_missing() -> None:
    step = action("key: id, from_attribute: user, action: upsert")

    assert step.writes == {"attributes.id": ("attributes.user", "attributes.id")}


def test_what_a_request_says_comes_from_outside_the_record() -> None:
    step = action("key: ip, from_context: client.address, action: insert")

    assert step.writes == {"attributes.ip": ("request.client.address", "attributes.ip")}


def test_extract_makes_a_key_of_each_group() -> None:
    step = action('key: url, pattern: "u=(?P<user>.*)&(?P<page>.*)", action: extract')

    assert step.writes is not None
    assert step.writes["attributes.user"] == ("attributes.url", "attributes.user")
    assert sorted(step.writes) == ["attributes.page", "attributes.user"]


def test_on_some_records_only() -> None:
    part = logs("""
        attributes:
          include: {match_type: strict, services: [shop]}
          actions: [{key: id, action: delete}]
    """)

    assert only(part).partial is not None


def test_resource_acts_on_the_resource() -> None:
    part = logs("resource: {attributes: [{key: host.ip, action: delete}]}")

    assert only(part).fields == ("resource.host.ip",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("key: id, action: remove", "'remove' is no action"),
        ("action: delete", "'delete' needs a key"),
        ("key: id, action: upsert", "'upsert' needs a value"),
        ("key: id, actoin: delete", "an action has no key 'actoin'"),
        ('pattern: "(?=x)", action: delete', "no pattern that Go reads"),
    ],
)
def test_what_the_collector_refuses_is_told(text: str, message: str) -> None:
    part = logs(f"attributes: {{actions: [{{{text}}}]}}")

    assert any(message in said for _, _, said in told(part))
    assert only(part).opaque


def test_what_is_filled_in_later_is_unknown() -> None:
    step = action('key: "${env:KEY}", action: delete')

    assert step.opaque
    assert step.grade == "unknown"


# -- redaction -----------------------------------------------------------------------------------


def redaction(text: str, signal: str = "logs", version: str | None = "0.135.0") -> list[Step]:
    return chain(logs(f"redaction:\n{text}", signal=signal, version=version))


def test_without_a_list_every_key_is_removed() -> None:
    (step,) = redaction("  summary: silent")

    names = ("attributes.a", "resource.b", "scope.c", "body", "severity_text", "body.d")
    assert (step.op, chosen(step, *names)) == (
        "drop-field",
        [True, True, False, False, False, True],
    )


def test_listed_and_ignored_keys_are_kept() -> None:
    (step,) = redaction('  allowed_keys: [a]\n  ignored_keys: [b]\n  ignored_key_patterns: ["^c"]')

    names = [f"attributes.{key}" for key in ("a", "b", "ccc", "d", "redaction.masked.count")]
    assert chosen(step, *names) == [False, False, False, True, False]


def test_the_newest_version_looks_into_every_map_of_a_log() -> None:
    steps = redaction("  allowed_keys: [a]", version="0.164.0")

    assert [step.op for step in steps] == ["drop-field", "allow-fields"]
    assert chosen(steps[0], "scope.b", "attributes.b") == [True, True]
    assert {"body", "attributes.a", "resource.a", "scope.a"} < set(steps[1].fields)


def test_bodies_that_are_maps_are_looked_into_all_the_way_down() -> None:
    (gone,) = redaction("  allowed_keys: [user]\n  ignored_keys: [raw]", version="0.130.0")[:1]
    masked = redaction(
        f"  allow_all_keys: true\n  ignored_keys: [raw]\n  blocked_values: ['{EMAIL}']",
        version="0.139.0",
    )[0]

    names = ("body.user", "body.user.[id]", "body.raw.[id]", "body.x.[user]", "attributes.x.[user]")
    assert chosen(gone, *names) == [False, True, False, True, True]
    assert chosen(masked, *names) == [True, True, False, True, False]


def test_links_of_spans_are_never_looked_at() -> None:
    steps = redaction("  allowed_keys: [a]", signal="traces", version="0.164.0")

    assert [step.op for step in steps] == ["drop-field"]
    assert chosen(steps[0], "event.b", "link.b", "name") == [True, False, False]


def blocked(pattern: str, **more: str) -> list[Step]:
    lines = "".join(f"\n  {key}: {value}" for key, value in more.items())
    return redaction(f"  allow_all_keys: true\n  blocked_values: ['{pattern}']{lines}")


def test_values_are_masked_everywhere_but_under_ignored_keys() -> None:
    (step,) = blocked(EMAIL, ignored_keys="[note]")

    names = ("attributes.text", "resource.x", "body", "attributes.note", "severity_text", "name")
    assert chosen(step, *names) == [True, True, True, False, False, False]
    assert {name: fact.grade for name, fact in step.entities.items()} == {"email": "observed"}
    assert step.entities["email"].location.line == 6
    assert does(step) == "fail"


def test_old_versions_leave_bodies_alone_and_of_unknown_ones_nothing_is_claimed() -> None:
    text = f"  allow_all_keys: true\n  blocked_values: ['{EMAIL}']"

    (old,) = redaction(text, version="0.120.0")
    first, second = redaction(text, version=None)

    assert chosen(old, "attributes.a", "body") == [True, False]
    assert chosen(first, "attributes.a", "body") == [True, False]
    assert chosen(second, "body", "scope.a") == [True, True]
    assert second.runs is not None
    assert second.runs.value is UNKNOWN


def test_a_pattern_that_misses_forms_of_an_entity_is_unknown() -> None:
    (step,) = blocked(r"\b4[0-9]{15}\b")

    assert step.entities["card"].grade == "unknown"
    assert "misses" in step.entities["card"].text


def test_several_patterns_count_together() -> None:
    (step,) = redaction(r"""
  allow_all_keys: true
  blocked_values: ['\b(?:[0-9][ -]?){15,16}\b', '\b([0-9]{1,3}\.){3}[0-9]{1,3}\b', '[0-9a-f:]*::[0-9a-f:]+', '([0-9a-f]{4}:){7}[0-9a-f]{4}']
""")  # fmt: skip

    assert {n: f.grade for n, f in step.entities.items() if n in ("card", "ip-address")} == {
        "card": "observed",
        "ip-address": "observed",
    }


def test_what_finds_nothing_that_is_known_redacts_nobody_knows_what() -> None:
    (step,) = blocked("internal-[0-9]+")

    assert not step.entities_known


@pytest.mark.parametrize("how", ["sha1", "sha3", "md5", "hmac-sha256", "'${env:HOW}'"])
def test_a_hash_of_what_matches_takes_nothing_out(how: str) -> None:
    (step,) = blocked(EMAIL, hash_function=how)

    assert (step.op, step.writes) == ("map", {})


def test_allowed_values_let_others_past() -> None:
    (step,) = blocked(EMAIL, allowed_values="['.+@notewise.example']")

    assert step.partial is not None


def test_keys_that_match_are_masked_wholly() -> None:
    (step,) = redaction("  allow_all_keys: true\n  blocked_key_patterns: ['(?i)token']")

    assert (step.op, chosen(step, "attributes.api_TOKEN", "attributes.x", "body")) == (
        "drop-field", [True, False, False])  # fmt: skip


def test_keys_that_match_are_hashed_with_a_key() -> None:
    (step,) = redaction("""
  allow_all_keys: true
  hash_function: hmac-sha256
  hmac_key: "${env:KEY}"
  blocked_key_patterns: ['^enduser\\.id$']
""")

    assert (step.op, chosen(step, "attributes.enduser.id", "attributes.x")) == (
        "hash",
        [True, False],
    )


def test_an_unknown_key_says_what_is_meant() -> None:
    part = logs("redaction:\n  allow_all_keys: true\n  blocked_value_patterns: ['x']")

    (finding,) = part.findings
    assert (finding.rule, finding.severity) == ("unknown-setting", "error")
    assert finding.location is not None
    assert finding.location.line == 6
    assert "refuses to start" in finding.message
    assert finding.hint == "did you mean 'blocked_values'?"
    assert only(part).op == "copy"


def test_old_versions_redact_only_traces() -> None:
    part = logs("redaction: {allow_all_keys: true}", version="0.100.0")

    assert "only traces" in told(part)[0][2]


# -- transform -----------------------------------------------------------------------------------


def transform(
    *statements: str, version: str | None = None, more: str = "", key: str = "log"
) -> list[Step]:
    lines = "".join(f"\n    - '{statement}'" for statement in statements)
    signal = {"log": "logs", "trace": "traces", "metric": "metrics"}[key]
    return chain(
        logs(f"transform:{more}\n  {key}_statements:{lines}", version=version, signal=signal)
    )


def test_delete_key_has_no_errors_that_let_a_record_past() -> None:
    (step,) = transform('delete_key(log.attributes, "user.email")', more="\n  error_mode: ignore")

    assert (step.op, step.fields, does(step), step.partial) == (
        "drop-field", ("attributes.user.email",), "fail", None)  # fmt: skip


def test_asking_whether_the_field_is_there_is_no_condition() -> None:
    (plain,) = transform('delete_key(attributes, "a") where attributes["a"] != nil')
    (other,) = transform('delete_key(attributes, "a") where attributes["b"] != nil')
    (more,) = transform('delete_key(attributes, "a") where attributes["a"] != nil and name == "x"')

    assert (plain.partial, does(plain)) == (None, "fail")
    assert other.partial is not None
    assert more.partial is not None


def test_keep_keys_removes_all_other_keys_of_that_map() -> None:
    (step,) = transform('keep_keys(log.attributes, ["a"])')

    assert chosen(step, "attributes.a", "attributes.b", "resource.b") == [False, True, False]


def test_matching_keys() -> None:
    (gone,) = transform('delete_matching_keys(resource.attributes, "(?i)^user")')
    (kept,) = transform('keep_matching_keys(log.attributes, "^http")')

    assert chosen(gone, "resource.User.id", "attributes.user") == [True, False]
    assert chosen(kept, "attributes.http.route", "attributes.user") == [False, True]


def test_set_of_a_constant_and_of_nothing() -> None:
    (constant,) = transform('set(log.attributes["a"], "gone")')
    part = logs("transform:\n  log_statements: ['set(log.attributes[\"a\"], nil)']")

    assert (constant.op, constant.fields) == ("drop-field", ("attributes.a",))
    assert only(part).op == "copy"
    assert "set does nothing with nil" in told(part)[0][2]


def test_set_of_another_field_keeps_the_old_value_where_that_is_missing() -> None:
    (step,) = transform(
        'set(log.attributes["b"], Concat([log.body, resource.attributes["c"]], "-"))'
    )

    assert step.writes == {"attributes.b": ("body", "resource.c", "attributes.b")}


def test_a_hash_has_no_key_and_can_fail() -> None:
    (ignored,) = transform(
        'set(attributes["a"], SHA256(attributes["a"]))', more="\n  error_mode: ignore"
    )
    (dropped,) = transform(
        'set(attributes["a"], SHA256(attributes["a"]))', more="\n  error_mode: propagate"
    )

    assert (ignored.op, ignored.writes) == ("map", {"attributes.a": ("attributes.a",) * 2})
    assert (does(ignored), does(dropped)) == ("pass", "drop")
    assert "without a key" in ignored.fact.text


@pytest.mark.parametrize(
    ("version", "expected"),
    [(None, UNKNOWN), ("0.120.0", "drop"), ("0.153.0", UNKNOWN), ("0.157.0", "pass")],
)
def test_errors_by_version(version: str | None, expected: object) -> None:
    (step,) = transform('set(attributes["a"], SHA256(attributes["a"]))', version=version)

    assert does(step) == expected


def test_a_pattern_that_is_replaced() -> None:
    (step,) = transform(f'replace_pattern(log.body, "{EMAIL}", "***")')
    (kept,) = transform(f'replace_pattern(log.body, "({EMAIL})", "<$$1>")')

    assert (step.op, step.fields, sorted(step.entities)) == ("redact", ("body",), ["email"])
    assert not kept.entities_known


@pytest.mark.parametrize(
    ("pattern", "put", "op"),
    [
        ("(?:[0-9][ -]*){11,12}([0-9]{4})", "****$$1", "mask"),
        ("(?:[0-9][ -]*){13,16}", "****", "redact"),
        ("^[0-9]{4}-[0-9]{4}-[0-9]{4}-", "****-", "redact"),
        ("[0-9]([0-9]+)", "*$$1", "redact"),
    ],
)
def test_a_pattern_that_leaves_the_last_digits_masks(pattern: str, put: str, op: str) -> None:
    (step,) = transform(f'replace_pattern(log.body, "{pattern}", "{put}")')

    assert step.op == op
    assert ("card" in step.entities) == (op == "mask" or put == "****")


def test_every_value_of_a_map_is_looked_through() -> None:
    (step,) = transform(f'replace_all_patterns(log.attributes, "value", "{EMAIL}", "***")')
    (names,) = transform(f'replace_all_patterns(log.attributes, "key", "{EMAIL}", "***")')

    assert (step.op, chosen(step, "attributes.a", "resource.a", "body")) == (
        "redact", [True, False, False])  # fmt: skip
    assert names.opaque


def test_a_function_that_hashes_the_matches_takes_nothing_out() -> None:
    (step,) = transform(f'replace_pattern(log.body, "{EMAIL}", "$$0", SHA256)')

    assert (step.op, step.writes) == ("map", {"body": ("body",)})


def test_groups_of_statements_have_a_context_and_conditions() -> None:
    (step,) = chain(logs("""
        transform:
          error_mode: propagate
          trace_statements:
            - context: spanevent
              error_mode: silent
              conditions: ['name == "x"']
              statements: ['delete_key(attributes, "a")']
    """, signal="traces"))  # fmt: skip

    assert step.fields == ("event.a",)
    assert step.partial is not None


def test_keys_inside_values_are_no_keys_of_the_map() -> None:
    first, second = transform(
        'delete_key(log.attributes["user"], "email")', 'delete_key(log.body, "x")'
    )

    assert first.fields == ("attributes.user.[email]",)
    assert second.fields == ("body.x",)
    assert does(first) == does(second) == UNKNOWN


def test_the_cache_ends_with_its_group() -> None:
    steps = transform('set(log.cache["m"], log.body)', 'set(log.attributes["m"], log.cache["m"])')

    assert (steps[-1].op, steps[-1].fields) == ("drop-field", ("cache.m",))


@pytest.mark.parametrize(
    "text",
    ['merge_maps(log.attributes, ParseJSON(log.body), "upsert")', 'set(log.attributes, ParseJSON(log.body))',
     'set(log.attributes[log.body], "x")', 'flatten(log.attributes)',
     'set(log.attributes["a"], Mystery(log.body))'],
)  # fmt: skip
def test_what_may_change_any_field_is_opaque(text: str) -> None:
    (step,) = transform(text)

    assert step.opaque


def test_what_cannot_be_read_is_opaque_and_told() -> None:
    part = logs(
        "transform:\n  log_statements: ['delete_key(attributes \"a\")', 'delet_key(attributes, \"a\")']"
    )

    assert [step.opaque for step in chain(part)] == [True, True]
    first, second = part.findings
    assert "cannot be read at character 23" in first.message
    assert second.hint == "did you mean 'delete_key'?"


def test_statements_for_other_signals_do_nothing() -> None:
    part = logs("transform:\n  trace_statements: ['delete_key(span.attributes, \"a\")']")

    assert only(part).op == "copy"


# -- filter --------------------------------------------------------------------------------------


def filtered(text: str, signal: str = "logs", version: str | None = None) -> Step:
    return only(logs(f"filter:\n{text}", signal=signal, version=version))


def test_what_matches_is_dropped_and_a_missing_value_matches_nothing() -> None:
    step = filtered(
        '  logs: {log_record: [\'attributes["opted_out"] == true\', \'resource.attributes["plan"] == "team"\']}'
    )

    assert passes(step, attributes__opted_out=True) == DROPPED
    assert passes(step, attributes__opted_out=False) == KEPT
    assert passes(step, resource__plan="team") == DROPPED
    assert does(step) == "fail"


def test_a_missing_value_is_unequal() -> None:
    from aboveboard.pipeline.predicate import MISSING

    unequal = filtered('  logs: {log_record: [\'attributes["consent"] != "yes"\']}')
    equal = filtered('  logs: {log_record: [\'attributes["consent"] == "no"\']}')
    nil = filtered("  logs: {log_record: ['attributes[\"consent\"] == nil']}")

    assert passes(unequal, attributes__consent=MISSING) == DROPPED
    assert passes(equal, attributes__consent=MISSING) == KEPT
    assert passes(nil, attributes__consent=MISSING) == DROPPED
    assert passes(nil, attributes__consent="yes") == KEPT


def test_both_sides_of_and_have_to_match() -> None:
    step = filtered('  log_conditions: [\'log.attributes["a"] == 1 and log.attributes["b"] == 2\']')

    assert passes(step, attributes__a=1) == KEPT
    assert passes(step, attributes__a=1, attributes__b=2) == DROPPED


def test_patterns_and_unreadable_conditions_decide_nothing() -> None:
    step = filtered('  logs: {log_record: [\'IsMatch(attributes["a"], "x")\']}')

    assert passes(step, attributes__a="x") == UNDECIDED
    assert passes(step, attributes__b="x") == KEPT


@pytest.mark.parametrize(
    ("version", "expected"), [("0.149.0", "drop"), ("0.157.0", "pass"), (None, UNKNOWN)]
)
def test_a_condition_that_can_fail(version: str | None, expected: object) -> None:
    step = filtered("  logs: {log_record: ['Int(attributes[\"a\"]) == 1']}", version=version)

    assert does(step) == expected


def test_events_of_spans_go_without_their_span() -> None:
    step = filtered("  traces: {spanevent: ['attributes[\"a\"] == 1']}", signal="traces")

    assert passes(step, event__a=1) == KEPT


def test_include_keeps_and_exclude_drops() -> None:
    included = filtered(
        "  logs: {include: {match_type: strict, record_attributes: [{Key: a, Value: x}]}}"
    )
    excluded = filtered(
        "  spans: {exclude: {match_type: strict, attributes: [{key: a, value: x}]}}",
        signal="traces",
    )

    assert passes(included, attributes__a="x") == KEPT
    assert passes(included, attributes__a="y") == DROPPED
    assert passes(excluded, attributes__a="x") == DROPPED


def test_a_sample_keeps_nobody_out() -> None:
    for name in (
        "probabilistic_sampler: {sampling_percentage: 1}",
        "tail_sampling: {policies: []}",
    ):
        assert passes(only(logs(name, signal="traces")), attributes__a=1) == KEPT


# -- others --------------------------------------------------------------------------------------


def test_a_processor_that_is_not_known_is_opaque() -> None:
    step = only(logs("mystery/1: {a: b}"))

    assert step.opaque
    assert step.fact.text == "mystery/1 is not in our catalogue"


def test_keys_move_to_the_resource() -> None:
    step = only(logs("groupbyattrs: {keys: [host.name]}"))

    assert step.writes == {"resource.host.name": ("attributes.host.name", "resource.host.name")}
    assert step.op == "rename"


def test_an_empty_configuration_says_so() -> None:
    assert told(read("receivers: {otlp: {}}"))[0][2].startswith("no pipeline")


def test_a_span_is_named_by_its_attributes() -> None:
    (step,) = transform('set_semconv_span_name("1.37.0", "old")', key="trace")

    assert step.writes is not None
    assert step.writes["attributes.old"] == ("name", "attributes.old")
    assert {"attributes.http.route", "name"} < set(step.writes["name"])
    assert does(step) == "fail"


# -- traps of transform --------------------------------------------------------------------------


def test_statements_that_run_for_each_event_leave_spans_without_events_alone() -> None:
    grouped = chain(logs("""
        transform:
          trace_statements:
            - statements:
                - 'delete_key(span.attributes, "a")'
                - 'delete_key(spanevent.attributes, "b")'
    """, signal="traces"))  # fmt: skip
    plain = transform(
        'delete_key(span.attributes, "a")', 'delete_key(spanevent.attributes, "b")', key="trace"
    )

    assert [step.partial is None for step in grouped] == [False, True]
    assert [step.runs is None for step in plain] == [False, True]


def test_braces_in_keys_are_no_format() -> None:
    steps = transform(
        'keep_keys(log.attributes, ["{x}", "{}"])', 'delete_matching_keys(log.body, "{1}{0}")'
    )

    assert chosen(steps[0], "attributes.{x}", "attributes.x") == [False, True]
