"""Data-Juicer filters: which rows they keep."""

from textwrap import dedent

import pytest
from tests.pipeline.recipes import DROPPED, KEPT, UNDECIDED, passes, read, step

from aboveboard.pipeline.predicate import MISSING, Measured, Other, Unreadable, can_pass


@pytest.mark.parametrize(
    ("params", "value", "answer"),
    [
        ("target_value: [false]", False, KEPT),
        ("target_value: [false]", True, DROPPED),
        ("target_value: [false]", MISSING, DROPPED),
        ("target_value: [false, null]", MISSING, KEPT),
        ("target_value: [true], reversed_range: true", True, DROPPED),
        ("target_value: [true], reversed_range: true", MISSING, KEPT),
        ("target_value: []", True, KEPT),
        ("reversed_range: true", True, KEPT),
        ("target_value: ['${X}']", True, UNDECIDED),
        ("target_value: [true], reversed_range: '${X}'", True, UNDECIDED),
        ("target_value: no", False, UNDECIDED),
        ("target_value: [no]", False, KEPT),
        ("target_value: ['no']", False, DROPPED),
    ],
)
def test_specified_field_filter(params: str, value: object, answer: tuple[bool, bool]) -> None:
    text = f"process: [{{specified_field_filter: {{field_key: optout, {params}}}}}]"
    assert passes(text, "optout", value) == answer


def test_a_field_filter_without_a_field_drops_every_row() -> None:
    text = "process: [{specified_field_filter: {target_value: [free]}}]"
    assert passes(text, "plan", "free") == DROPPED


def test_a_plain_word_is_what_yaml_1_1_makes_of_it() -> None:
    part = read("process: [{specified_field_filter: {field_key: country, target_value: [NO, SE]}}]")
    assert [(f.severity, f.message) for f in part.findings] == [
        ("warning", "Data-Juicer 1.6.1 reads the plain word NO as false")
    ]
    assert str(step(part, "specified_field_filter").where) == "country is SE, false"


def test_a_single_value_is_no_list() -> None:
    part = read("process: [{specified_field_filter: {field_key: plan, target_value: free}}]")
    assert [(f.rule, f.severity) for f in part.findings] == [("unreadable-pipeline", "error")]
    assert isinstance(step(part, "specified_field_filter").where, Unreadable)


@pytest.mark.parametrize(
    ("condition", "field", "value", "answer"),
    [
        ("optout == False", "optout", False, KEPT),
        ("optout == False", "optout", MISSING, DROPPED),
        ("optout != True", "optout", MISSING, DROPPED),
        ("optout != True", "optout", Other(frozenset({True})), KEPT),
        ("age in ['adult']", "age", Other(frozenset({"adult"})), DROPPED),
        ("age in ['adult', 'teen']", "age", Other(frozenset({"adult"})), KEPT),
        ("age not in ['teen']", "age", Other(frozenset({"adult"})), KEPT),
        ("not optout", "optout", MISSING, KEPT),
        ("not optout", "optout", True, DROPPED),
        ("not optout == True", "optout", MISSING, KEPT),
        ("optout", "optout", "yes", KEPT),
        ("True == optout", "optout", False, DROPPED),
        ("meta.plan in ['free', 'pro']", "meta.plan", "free", KEPT),
        ("meta.plan in ['free', 'pro']", "meta.plan", "team", DROPPED),
        ("meta.plan not in ['team']", "meta.plan", MISSING, KEPT),
        ("meta.plan not in ['team']", "meta.plan", "team", DROPPED),
        ("plan == 'free' and age >= 18", "plan", "team", DROPPED),
        ("plan == 'free' and age >= 18", "age", 12, KEPT),
        ("plan == 'free' or age >= 18", "plan", "team", KEPT),
        ("plan == None", "plan", MISSING, DROPPED),
        ("plan is None", "plan", MISSING, DROPPED),
        ("len(plan) > 2", "plan", "team", UNDECIDED),
        ("'a' in tags", "tags", "a", UNDECIDED),
        ("plan in 'freepro'", "plan", "free", UNDECIDED),
        ("1 < n <= -3", "n", 5, KEPT),
        ("plan == other", "plan", "x", UNDECIDED),
        ("plan not in ['a'] not in ['b']", "plan", "x", UNDECIDED),
        ("", "plan", "x", KEPT),
    ],
)
def test_general_field_filter(
    condition: str, field: str, value: object, answer: tuple[bool, bool]
) -> None:
    text = f'process: [{{general_field_filter: {{filter_condition: "{condition}"}}}}]'
    assert passes(text, field, value) == answer


def test_an_empty_text_is_told_as_one() -> None:
    part = read("process: [{general_field_filter: {filter_condition: not optout}}]")
    assert str(step(part, "general_field_filter").where) == 'not (not (optout is "", false))'


def test_a_condition_that_is_no_expression() -> None:
    part = read("process: [{general_field_filter: {filter_condition: 'a ='}}]")
    assert [(f.rule, f.severity) for f in part.findings] == [("unreadable-pipeline", "error")]
    assert isinstance(step(part, "general_field_filter").where, Unreadable)


SECOND = """
    process:
      - general_field_filter: {filter_condition: plan == 'free'}
      - general_field_filter: {filter_condition: optout == False}
"""


@pytest.mark.parametrize("condition", ["not optout", "plan == 'free' and age > -1"])
def test_before_1_6_1_a_row_that_meets_not_fails(condition: str) -> None:
    text = f'process: [{{general_field_filter: {{filter_condition: "{condition}"}}}}]'
    part = read(text, version="1.6.0")

    assert isinstance(step(part, "general_field_filter").where, Unreadable)
    assert [(f.rule, f.severity, f.message) for f in part.findings] == [
        ("unknown-setting", "warning",
         "Data-Juicer 1.6.0 fails at 'not' and at signs in a filter_condition")
    ]  # fmt: skip
    assert not read(text, version="1.6.1").findings


def test_a_second_general_field_filter_has_no_effect() -> None:
    part = read(SECOND)
    where = step(part, "general_field_filter-2").where
    assert where is not None and can_pass(where, {"optout": True}, doubt_blocks=True)
    assert "has no effect" in part.findings[0].message


def test_fusion_leaves_open_which_general_field_filter_decides() -> None:
    part = read(dedent(SECOND) + "op_fusion: true")
    for name in ("general_field_filter", "general_field_filter-2"):
        assert isinstance(step(part, name).where, Unreadable)
        assert "op_fusion may reorder it" in step(part, name).fact.text


@pytest.mark.parametrize(
    ("operator", "value", "answer"),
    [
        ("specified_numeric_field_filter: {field_key: f, min_value: 1, max_value: 1}", 1, KEPT),
        (
            "specified_numeric_field_filter: {field_key: f, min_value: 1, max_value: 1}",
            True,
            UNDECIDED,
        ),
        ("specified_numeric_field_filter: {field_key: f, min_value: 1, max_value: 1}", 2, DROPPED),
        ("specified_numeric_field_filter: {field_key: f, min_value: 1}", 0, KEPT),
        ("tags_specified_field_selector: {field_key: f, target_tags: [a]}", "b", DROPPED),
        ("tags_specified_field_selector: {field_key: f, target_tags: [a]}", MISSING, DROPPED),
        ("tags_specified_field_selector: {target_tags: [a]}", "b", KEPT),
        ("tags_specified_field_selector: {field_key: f}", "b", UNDECIDED),
        ("range_specified_field_selector: {field_key: f}", "b", KEPT),
        ("random_selector: {select_ratio: 0.1}", "b", KEPT),
    ],
)
def test_other_filters(operator: str, value: object, answer: tuple[bool, bool]) -> None:
    assert passes(f"process: [{{{operator}}}]", "f", value) == answer


def test_a_suffix_filter_reads_the_suffix_of_the_file() -> None:
    text = "process: [{suffix_filter: {suffixes: .txt}}]"
    assert passes(text, "__dj__suffix__", ".txt") == KEPT
    assert passes(text, "__dj__suffix__", ".md") == DROPPED


def test_filters_on_measures_and_deduplicators() -> None:
    part = read("""
        process:
          - text_length_filter: {min_len: 3, text_key: body}
          - image_text_similarity_filter:
          - document_deduplicator:
    """)
    assert step(part, "text_length_filter").where == Measured(
        "what it measures on body", frozenset({"body"})
    )
    where = step(part, "image_text_similarity_filter").where
    assert isinstance(where, Measured) and {"images", "text"} <= where.fields
    dedup = step(part, "document_deduplicator")
    assert (dedup.op, dedup.fields) == ("deduplicate", ("text",))
