"""Which documents a mixer's filter keeps; each answer was seen in runs of Dolma 1.2.1."""

from __future__ import annotations

import pytest

from aboveboard.pipeline.predicate import MISSING, Measured, Unreadable, can_pass, parts_of
from aboveboard.pipeline.readers.dolma.conditions import condition, expression

KEPT, DROPPED, UNDECIDED = (True, True), (False, False), (False, True)
FIELD = "metadata.out"


def passes(include: str, exclude: str, syntax: str, value: object) -> tuple[bool, bool]:
    """Whether a document passes: when doubt counts as blocking, and when as passing."""
    where = condition([include] if include else [], [exclude] if exclude else [], syntax)
    row = {FIELD: value}
    return (can_pass(where, row, doubt_blocks=True), can_pass(where, row, doubt_blocks=False))


@pytest.mark.parametrize(
    ("syntax", "text", "true", "false", "missing"),
    [
        ("jsonpath", "$.metadata[?(@.out == true)]", KEPT, DROPPED, DROPPED),
        ("jsonpath", "$@.metadata[?(@.out == true)]", KEPT, DROPPED, DROPPED),
        ("jsonpath", "$.metadata[?(@.out != true)]", DROPPED, KEPT, KEPT),
        ("jsonpath", "$.metadata[?(!(@.out == true))]", DROPPED, KEPT, KEPT),
        ("jsonpath", "$.metadata[?(@.out == true || @.out == 'x')]", KEPT, DROPPED, DROPPED),
        ("jsonpath", "$.metadata[?(@.out in ['y', 'x'])]", DROPPED, DROPPED, DROPPED),
        ("jsonpath", "$.metadata[?(@.out in [true, 'x'])]", UNDECIDED, UNDECIDED, UNDECIDED),
        ("jsonpath", "$.metadata[?(@.out)]", KEPT, KEPT, UNDECIDED),
        ("jsonpath", "$.metadata.out", KEPT, KEPT, UNDECIDED),
        ("jsonpath", "$.metadata[?(!@.out)]", DROPPED, DROPPED, UNDECIDED),
        ("jsonpath", "$[?(@.metadata.out == true)]", UNDECIDED, UNDECIDED, UNDECIDED),
        ("jq", ".metadata.out == true", KEPT, DROPPED, DROPPED),
        ("jq", ".metadata?.out? == true", KEPT, DROPPED, DROPPED),
        ("jq", '.metadata["out"] == true', KEPT, DROPPED, DROPPED),
        ("jq", ".metadata.out != true", DROPPED, KEPT, KEPT),
        ("jq", "select(.metadata.out == true)", KEPT, DROPPED, DROPPED),
        ("jq", '(.metadata.out == true) or (.metadata.out == "x")', KEPT, DROPPED, DROPPED),
        ("jq", ".metadata.out == null", DROPPED, DROPPED, KEPT),
        ("jq", ".metadata.out", UNDECIDED, UNDECIDED, UNDECIDED),
        ("jq", ".metadata.out | not", UNDECIDED, UNDECIDED, UNDECIDED),
    ],
)
def test_include_and_exclude(
    syntax: str,
    text: str,
    true: tuple[bool, bool],
    false: tuple[bool, bool],
    missing: tuple[bool, bool],
) -> None:
    turned = {KEPT: DROPPED, DROPPED: KEPT, UNDECIDED: UNDECIDED}
    for value, expected in ((True, true), (False, false), (MISSING, missing)):
        assert passes(text, "", syntax, value) == expected, value
        assert passes("", text, syntax, value) == turned[expected], value


def test_a_document_needs_one_of_those_included_and_none_of_those_excluded() -> None:
    where = condition(
        ["$.metadata[?(@.a == 1)]", "$.metadata[?(@.b == 1)]"],
        ["$.metadata[?(@.c == 1)]"],
        "jsonpath",
    )

    def kept(**row: object) -> bool:
        return can_pass(where, {f"metadata.{k}": v for k, v in row.items()}, doubt_blocks=False)

    assert kept(a=1, b=0, c=0)
    assert kept(a=0, b=1, c=0)
    assert not kept(a=0, b=0, c=0)
    assert not kept(a=1, b=1, c=1)


def test_what_is_measured_may_be_anything() -> None:
    text = "$.attributes[?(@.g__words && @.g__words[0] && @.g__words[0][2] < 50)]"
    atoms = list(parts_of(expression(text, "jsonpath")))

    assert [type(a) for a in atoms][1:] == [Measured, Measured]
    assert {f for a in atoms if isinstance(a, Measured) for f in a.fields} == {
        "attributes.g__words"
    }


@pytest.mark.parametrize(
    "text",
    ["", "$", "$.", "$.a[?(", "$.a[?(@.b =~ 'x')]", "$..a", "$.a[*].b", "$.a[?(@.b == )]", "(" * 500,
     "$.a[?(" + "(" * 300 + "@.b == 1" + ")" * 300 + ")]", "$.a[?(@.b == 1)].c", "\x00"],
)  # fmt: skip
def test_what_is_not_read_is_said_to_be_so(text: str) -> None:
    assert isinstance(expression(text, "jsonpath"), Unreadable)
    assert isinstance(expression(text, "jq"), Unreadable)
