"""Tables hold every cell exactly once, and scopes name only what exists."""

from typing import Any

import pytest

from aboveboard.findings import Finding
from aboveboard.policy.choices import Control, Retention
from aboveboard.policy.entities import Header, Use
from aboveboard.policy.model import Policy
from aboveboard.policy.tables import findings
from aboveboard.source import parse_yaml

MODELS: dict[str, Any] = {"uses": Use, "controls": Control, "retention": Retention}
HEADER = """\
policy:
  service: S
  version: 1
  effective: 2026-01-01
  controllers: [{name: C, contact: c@example.org}]
  axes:
    plan: {free: Free, pro: Pro, team: Team, paid: {name: Paid plans, of: [pro, team]}}
    region: {eea: EEA, other: Elsewhere}
"""
CONTROL = """\
controls:
  training:
    name: training on your chats
    kind: switch
    how: [{do: Settings}]
    effect: {refusing: {future: stops, stored: stops, running: stops, trained: continues}}
    spreads-to: account
"""


def policy(*files: str, header: str = HEADER) -> Policy:
    """Each text is a file of its own: `0.yml` is the header."""
    built = Policy()
    for number, text in enumerate((header, *files)):
        document = parse_yaml(
            text.replace("version: 1\n", "version: '1'\n").encode(), f"{number}.yml"
        )
        assert not document.problems
        for kind, content in document.data.items():
            if kind == "policy":
                built.header = Header.model_validate(content)
                built.documents["policy", ""] = document
                continue
            for id_, entity in content.items():
                built.entities(kind)[id_] = MODELS[kind].model_validate(entity)
                built.documents[kind, id_] = document
    return built


def use(*rows: str) -> str:
    """A use whose first row stands on line 6, at column 7."""
    head = "uses:\n  train:\n    name: training\n    purpose: train-model\n    data: chats\n"
    return head + "    applies:\n" + "".join(f"      - {r}\n" for r in rows)


def found(built: Policy) -> list[tuple[str, str, str]]:
    return [(f.rule, str(f.location), f.message) for f in findings(built)]


def only(built: Policy) -> Finding:
    (finding,) = findings(built)
    return finding


@pytest.mark.parametrize(
    "rows",
    [
        ["{state: never}"],
        ["{scope: {plan: free}, state: always}", "{scope: otherwise, state: never}"],
        ["{scope: otherwise, state: never}", "{scope: {plan: free}, state: always}"],
        ["{scope: {plan: [free, pro]}, state: always}", "{scope: {plan: team}, state: never}"],
        ["{scope: {plan: free}, state: always}", "{scope: {not: {plan: free}}, state: never}"],
        [
            "{scope: {collected: {before: 2023-03-01}}, state: never}",
            "{scope: {collected: {from: 2023-03-01}}, state: always}",
        ],
    ],
)
def test_a_table_that_holds_every_cell_once_is_clean(rows: list[str]) -> None:
    assert found(policy(use(*rows))) == []


def test_a_gap_is_named() -> None:
    finding = only(policy(use("{scope: {plan: [free, pro]}, state: never}")))
    assert (finding.rule, str(finding.location)) == ("table-gap", "1.yml:6:5")
    assert finding.message == "No row covers Team."
    assert "otherwise" in finding.hint


def test_a_gap_in_time_is_named() -> None:
    rows = (
        "{scope: {collected: {before: 2023-03-01}}, state: never}",
        "{scope: {collected: {from: 2024-01-01}}, state: always}",
    )
    message = "No row covers collected from 1 March 2023 and before 1 January 2024."
    assert only(policy(use(*rows))).message == message


def test_an_overlap_points_at_both_rows() -> None:
    rows = ("{scope: {plan: paid}, state: never}", "{scope: {region: eea}, state: never}")
    finding = next(findings(policy(use(*rows))))
    assert (finding.rule, str(finding.location)) == ("table-overlap", "1.yml:8:17")
    assert finding.message == "This row covers Paid plans, EEA; so does an earlier row."
    assert [(str(r), r.message) for r in finding.related] == [
        ("1.yml:7:17", "covers Paid plans, EEA too")
    ]


def test_a_later_row_that_overlaps_several_is_one_finding() -> None:
    rows = [f"{{scope: {{plan: {p}}}, state: never}}" for p in ("free", "pro", "team")]
    finding = only(policy(use(*rows, "{scope: {region: eea}, state: always}")))
    assert finding.message == "This row covers EEA; so do earlier rows."
    assert [r.message for r in finding.related] == [
        f"covers {p}, EEA too" for p in ("Free", "Pro", "Team")
    ]


def test_otherwise_stands_at_most_once() -> None:
    finding = only(policy(use(*["{scope: otherwise, state: never}"] * 2)))
    assert (finding.rule, str(finding.location)) == ("table-overlap", "1.yml:8:17")
    assert "at most once" in finding.message
    assert str(finding.related[0]) == "1.yml:7:17"


def test_an_otherwise_for_which_nothing_is_left_is_unreachable() -> None:
    rows = (
        "{scope: {plan: free}, state: always}",
        "{scope: {plan: paid}, state: never}",
        "{scope: otherwise, state: never}",
    )
    finding = only(policy(use(*rows)))
    assert (finding.rule, str(finding.location)) == ("table-unreachable", "1.yml:9:17")
    assert finding.message == "This row covers nobody: the other rows leave nobody."


def test_a_row_of_impossible_cells_is_unreachable() -> None:
    impossible = HEADER + "  impossible: [{plan: free, region: eea}]\n"
    rows = ("{scope: {plan: free, region: eea}, state: always}", "{scope: otherwise, state: never}")
    finding = only(policy(use(*rows), header=impossible))
    assert (finding.rule, str(finding.location)) == ("table-unreachable", "1.yml:7:17")


def test_impossible_cells_need_no_row() -> None:
    impossible = HEADER + "  impossible: [{plan: team, region: eea}]\n"
    rows = (
        "{scope: {plan: [free, pro]}, state: always}",
        "{scope: {plan: team, region: other}, state: never}",
    )
    assert found(policy(use(*rows), header=impossible)) == []


def test_a_route_and_the_controllers_are_tables_too() -> None:
    route = "    also: {rated: {when: thumbs, applies: {scope: {plan: free}, state: always}}}\n"
    controllers = HEADER.replace("c@example.org}", "c@example.org, scope: {region: eea}}")
    assert found(policy(use("{state: never}") + route, header=controllers)) == [
        ("table-gap", "0.yml:5:3", "No row covers Elsewhere."),
        ("table-gap", "1.yml:8:34", "No row covers Paid plans."),
    ]


# -- retention -----------------------------------------------------------------------------


def test_retention_of_one_category_in_one_copy_is_a_table() -> None:
    rows = """\
retention:
  kept: {data: [chats, files], copy: store, scope: otherwise, keep: P5Y}
  refused: {data: chats, copy: store, scope: {choice: {training: refused}}, keep: P30D}
  elsewhere: {data: chats, copy: backup, keep: P30D}
"""
    assert [(f.rule, f.message) for f in findings(policy(CONTROL, rows))] == []


def test_a_gap_in_retention_says_of_what() -> None:
    rows = """\
retention:
  refused: {data: [chats, files], copy: store, scope: {choice: {training: refused}}, keep: P30D}
"""
    finding = only(policy(CONTROL, rows))
    assert (finding.rule, str(finding.location)) == ("table-gap", "2.yml:2:3")
    assert finding.message == (
        "No retention of 'chats' and 'files' in 'store' covers with training on your chats allowed."
    )


def test_retention_rows_overlap_across_files() -> None:
    one = "retention: {a: {data: chats, copy: store, keep: P1Y}}\n"
    two = "retention: {b: {data: chats, copy: store, scope: {plan: free}, keep: P30D}}\n"
    finding = only(policy(one, two))
    assert str(finding.location).startswith("2.yml:1:")
    assert [str(r) for r in finding.related] == ["1.yml:1:13"]
    assert finding.message.startswith("This retention of 'chats' in 'store' covers Free; so does")


def test_retention_with_an_event_is_no_table() -> None:
    rows = (
        "retention: {a: {data: chats, copy: store, when: hold, scope: {plan: free}, keep: P1Y}}\n"
    )
    assert found(policy(rows)) == []


def test_a_row_that_could_not_be_read_silences_gaps() -> None:
    built = policy("retention: {a: {data: chats, copy: s, scope: {plan: free}, keep: P1Y}}\n")
    built.documents["retention", "broken"] = built.documents["retention", "a"]
    assert found(built) == []


# -- names ---------------------------------------------------------------------------------


def test_unknown_names_are_found_where_they_stand() -> None:
    rows = (
        "{scope: {plna: free}, state: never}",
        "{scope: {plan: [free, tema]}, state: never}",
        "{scope: {plan: fre, not: {region: [eea, uk]}}, state: never}",
    )
    assert found(policy(use(*rows))) == [
        ("unknown-axis", "1.yml:7:18", "'plna' is not an axis of this policy"),
        ("unknown-value", "1.yml:8:31", "'tema' is not a value of 'plan'"),
        ("unknown-value", "1.yml:9:24", "'fre' is not a value of 'plan'"),
        ("unknown-value", "1.yml:9:49", "'uk' is not a value of 'region'"),
    ]


def test_the_nearest_spelling_is_offered() -> None:
    built = policy(
        use("{scope: {plna: free}, state: never}", "{scope: {plan: tema}, state: never}")
    )
    assert [f.hint for f in findings(built)] == ["did you mean 'plan'?", "did you mean 'team'?"]


def test_an_unknown_control_in_choice_is_found() -> None:
    rows = "retention: {a: {data: c, copy: s, scope: {choice: {trainign: refused}}, keep: P1Y}}\n"
    finding = only(policy(CONTROL, rows))
    assert (finding.rule, str(finding.location)) == ("unknown-reference", "2.yml:1:52")
    assert finding.hint == "did you mean 'training'?"


def test_scopes_outside_tables_are_read_too() -> None:
    control = CONTROL.replace("how: [{do: Settings}]", "how: {do: Settings, scope: {plan: fee}}")
    assert found(policy(control)) == [
        ("unknown-value", "1.yml:5:39", "'fee' is not a value of 'plan'")
    ]


def test_otherwise_outside_a_table_has_no_meaning() -> None:
    control = CONTROL.replace("    kind", "    scope: otherwise\n    kind")
    assert [(rule, at) for rule, at, _ in found(policy(control))] == [
        ("stray-otherwise", "1.yml:4:12")
    ]


def test_the_header_is_held_to_its_own_axes() -> None:
    header = HEADER.replace("of: [pro, team]", "of: [pro, tema, paid]") + (
        "    collected: {a: A}\n  impossible: {plan: nobody}\n"
    )
    assert [(rule, message) for rule, _, message in found(policy(header=header))] == [
        ("unknown-value", "'tema' is not a value of 'plan'"),
        ("unknown-value", "'paid' is itself a group"),
        (
            "reserved-axis",
            "'collected' cannot be an axis: in a scope this key has a meaning of its own",
        ),
        ("unknown-value", "'nobody' is not a value of 'plan'"),
    ]


def test_a_table_of_too_many_cells_is_a_finding() -> None:
    axes = "".join(
        f"    x{n}: {{{', '.join(f'v{m}: V{m}' for m in range(20))}}}\n" for n in range(5)
    )
    row = "{scope: {" + ", ".join(f"x{n}: v1" for n in range(5)) + "}, state: never}"
    finding = only(policy(use(row), header=HEADER + axes))
    assert finding.rule == "table-too-large"
    assert "3,200,000 combinations" in finding.message


def test_without_a_header_there_is_nothing_to_hold_against() -> None:
    assert list(findings(Policy())) == []
