"""Which rules apply to whom: every reader in a row, every cell the answer of that reader."""

from itertools import product
from pathlib import Path

import pytest
from tests.answers.language import BANNED
from tests.answers.policies import BARE, CLOSED, DIFFERS, HEADER, PLAIN, project

from aboveboard.answers import matrix, rules
from aboveboard.answers.facts import Facts
from aboveboard.answers.matrix import Matrix
from aboveboard.answers.rules import Rules
from aboveboard.answers.wording import for_whom
from aboveboard.project import Project

USE = """
data: {notes: {name: your notes, origin: provided}}
controls:
  share: &switch
    name: sharing of your notes
    kind: switch
    how: {do: [Open Settings]}
    effect: {refusing: {future: stops, stored: stops, running: stops, trained: continues}}
    spreads-to: account
  other: {<<: *switch, name: counting of your words}
"""
AXES = """  axes:
    plan: {free: Free, pro: Pro, team: Team}
    region: {eu: Europe, us: the US}
    age: {adult: 18 or over, teen: Under 18}
"""
USES = """uses:
  train: {name: training, purpose: train-model, data: notes, applies: %s}
  count: {name: counting, purpose: analytics, data: notes, applies: %s}
"""


def made(folder: Path, train: str, count: str, header: str = "", more: str = "") -> Project:
    text = HEADER + AXES + header + USE.replace("<<: *switch, ", "").replace("&switch", "")
    other = "{name: counting of your words, kind: switch, how: {do: [Open]}, spreads-to: account, "
    other += "effect: {refusing: {future: stops, stored: stops, running: stops, trained: removed}}}"
    text = text.replace("other: {name: counting of your words}", f"other: {other}")
    return project(folder, text + USES % (train, count) + more)


def words(found: Matrix) -> dict[str, list[str]]:
    """The rows, each with what its cells say."""
    return {
        line.who: [" ".join(s.sentence.text for s in (*c.said, *c.open)) for c in line.cells]
        for line in found.lines
    }


def assert_right(made: Project, found: Rules) -> None:
    """Each cell of each space is in a row, and each row says what that cell's lines say."""
    facts = Facts.of(made)
    for each in found.uses:
        left = each.space.possible
        for line in each.lines:
            mask = each.space.box_mask(line.box)
            left &= ~mask
            for column, cell in zip(each.columns, line.cells, strict=True):
                lines = facts.ordinary(column.id).lines
                holding = {lines[n].state for n, m in enumerate(each.space.rows(lines)) if m & mask}
                assert holding == {cell.said[0].state}, (line.who, column.id)
        assert not left or each.more


def test_where_nothing_differs_there_is_no_matrix(tmp_path: Path) -> None:
    found = rules.rules(made(tmp_path, "{state: never}", "{state: always}"))
    assert (found.uses, found.picks, found.nobody) == ((), (), ())
    assert [c.said[0].sentence.text for _, c in found.same] == [
        "No.",
        "Yes, and no switch stops it.",
    ]


def test_rows_with_equal_answers_are_no_difference(tmp_path: Path) -> None:
    both = "[{scope: {plan: free}, state: never}, {scope: otherwise, state: never}]"
    assert not rules.rules(made(tmp_path, both, both)).uses


def test_one_axis_makes_a_row_for_each_answer(tmp_path: Path) -> None:
    train = "[{scope: {plan: [free, pro]}, state: opt-out, control: share}, {scope: otherwise, state: never}]"
    found = rules.rules(made(tmp_path, train, "{state: always}"))
    (uses,) = found.uses
    assert words(uses) == {"Free or Pro": ["Yes, unless you switch it off."], "Team": ["No."]}
    assert [line.id for line in uses.lines] == ["plan.free.pro", "plan.team"]
    assert [(p.axis, p.legend, [label for _, label in p.options]) for p in found.picks] == [
        ("plan", "Your plan", ["Free", "Pro", "Team"])
    ]
    assert [column.id for column, _ in found.same] == ["count"]


def test_three_axes_fold_into_the_fewest_boxes(tmp_path: Path) -> None:
    train = "[{scope: {plan: free, age: adult}, state: opt-out, control: share}, {scope: otherwise, state: never}]"
    count = (
        "[{scope: {region: eu}, state: opt-in, control: other}, {scope: otherwise, state: always}]"
    )
    each = made(tmp_path, train, count)
    found = rules.rules(each)
    (uses,) = found.uses
    assert uses.title == "Your plan, where you live and your age"
    assert list(words(uses)) == [
        "Free, Europe, 18 or over",
        "Free, the US, 18 or over",
        "Pro or Team, Europe",
        "Pro or Team, the US",
        "Europe, Under 18",
        "The US, Under 18",
    ]
    assert_right(each, found)


def test_nobody_is_in_impossible_combinations(tmp_path: Path) -> None:
    train = "[{scope: {plan: free, age: teen}, state: never}, {scope: otherwise, state: opt-out, control: share}]"
    header = "  impossible: [{plan: [pro, team], age: teen}, {plan: team, region: us}]\n"
    each = made(tmp_path, train, "{state: always}", header)
    found = rules.rules(each)
    (uses,) = found.uses
    # nobody under 18 is on another plan, so that "Under 18" needs no plan beside it
    assert list(words(uses)) == ["18 or over", "Under 18"]
    assert found.nobody == ()  # plan is none of the choices
    count = "[{scope: {plan: team}, state: never}, {scope: otherwise, state: always}]"
    second = rules.rules(made(tmp_path / "2", train, count, header))
    assert [text for text, _ in second.nobody] == ["Pro or Team, Under 18"]


def test_choices_and_times_are_axes(tmp_path: Path) -> None:
    train = "[{scope: {choice: {other: refused}}, state: never}, {scope: otherwise, state: opt-out, control: share}]"
    count = "[{scope: {collected: {before: 2026-01-01}}, state: never}, {scope: otherwise, state: always}]"
    each = made(tmp_path, train, count)
    found = rules.rules(each)
    (uses,) = found.uses
    assert [p.axis for p in found.picks] == ["choice:other", "collected"]
    assert found.picks[0].options == (("allowed", "Allowed"), ("refused", "Refused"))
    assert "With counting of your words refused, collected before 1 January 2026" in words(uses)
    assert "choice.other.refused_collected.--2026-01-01" in [line.id for line in uses.lines]
    assert_right(each, found)


def test_what_stays_open_stands_beside_the_no_of_those_to_whom_it_is_open(tmp_path: Path) -> None:
    train = (
        "[{scope: {plan: free}, state: opt-out, control: share}, {scope: otherwise, state: never}]"
    )
    more = """
    also:
      rated: {when: rated, applies: [{scope: {plan: [free, pro]}, state: always}, {scope: otherwise, state: never}]}
  tune: {name: tuning, purpose: train-model, data: notes, applies: [{scope: {plan: pro}, state: always}, {scope: otherwise, state: never}]}
events: {rated: {name: you rate an answer, by: you, takes: {data: notes}}}
"""
    text = (
        HEADER
        + AXES
        + USE.split("  other:", maxsplit=1)[0].replace("&switch", "")
        + "uses:\n  train:\n    name: training\n    purpose: train-model\n    data: notes\n"
        + f"    applies: {train}"
        + more
    )
    (uses,) = rules.rules(project(tmp_path, text)).uses
    rated = "When you rate an answer: yes, and no switch stops it."
    assert words(uses) == {
        "Free": [f"Yes, unless you switch it off. {rated}",
                 "No. Training: yes, unless you switch it off. "
                 "When you rate an answer, training: yes, and no switch stops it."],
        "Pro": [f"No. {rated} Tuning: yes, and no switch stops it.", "Yes, and no switch stops it."],
        "Team": ["No.", "No."],
    }  # fmt: skip


RETENTION = """
copies: {servers: {name: our servers}, log: {name: the log}}
retention:
  refused: {data: notes, copy: servers, scope: {choice: {share: refused}}, keep: P30D}
  allowed: {data: notes, copy: servers, scope: otherwise, keep: P5Y}
  log: {data: notes, copy: log, keep: P7D}
"""


def test_times_to_keep_are_shown_where_they_differ(tmp_path: Path) -> None:
    each = made(tmp_path, "{state: never}", "{state: never}", more=RETENTION)
    (kept,) = rules.rules(each).kept
    assert [column.title for column in kept.columns] == ["Our servers"]
    stays = "If you delete it: stays to the end of that time."
    assert words(kept) == {
        "With sharing of your notes allowed": [f"5 years. {stays}"],
        "With sharing of your notes refused": [f"30 days. {stays}"],
    }
    assert [line.id for line in kept.lines] == [
        "kept_choice.share.allowed",
        "kept_choice.share.refused",
    ]


def test_a_cell_names_few_of_many_ways_and_counts_the_rest(tmp_path: Path) -> None:
    train = (
        "[{scope: {plan: free}, state: opt-out, control: share}, {scope: otherwise, state: never}]"
    )
    more = "".join(
        f"  more-{n}: {{name: making {n}, purpose: train-model, data: notes, applies: {{state: always}}}}\n"
        for n in range(5)
    )
    found = rules.rules(made(tmp_path, train, "{state: never}", more=more))
    cells = [line.cells[0] for line in found.uses[0].lines]
    assert [(len(cell.open), cell.more) for cell in cells] == [(3, 2), (3, 2)]


def _large(values: int) -> str:
    """Two uses that differ value by value, each on an axis of its own."""
    axes = "".join(
        f"    {axis}: {{{', '.join(f'v{n}: {axis} {n}' for n in range(values))}}}\n"
        for axis in ("one", "two")
    )
    controls = "".join(
        f"  c{n}: {{name: permission {n}, kind: switch, how: {{do: [Open]}}, spreads-to: account, effect: "
        "{refusing: {future: stops, stored: stops, running: stops, trained: removed}}}\n"
        for n in range(values)
    )
    uses = "".join(
        f"  use-{axis}:\n    name: using {axis}\n    purpose: analytics\n    data: notes\n    applies:\n"
        + "".join(
            f"      - {{scope: {{{axis}: v{n}}}, state: opt-{'out' if n % 2 else 'in'}, control: c{n}}}\n"
            for n in range(values)
        )
        for axis in ("one", "two")
    )
    start = HEADER + "  axes:\n" + axes + "data: {notes: {name: your notes, origin: provided}}\n"
    return f"{start}controls:\n{controls}uses:\n{uses}"


def test_uses_that_differ_apart_get_matrices_of_their_own(tmp_path: Path) -> None:
    """Not ten times ten rows, that nobody reads, but ten and ten."""
    first, second = rules.rules(project(tmp_path, _large(10))).uses
    assert [line.id for line in first.lines] == [f"use-one_one.v{n}" for n in range(10)]
    assert [line.id for line in second.lines] == [f"use-two_two.v{n}" for n in range(10)]


def test_what_a_page_cannot_hold_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    each = project(tmp_path, _large(10))
    monkeypatch.setattr(matrix, "MOST_ROWS", 1)
    assert [(len(m.lines), m.more) for m in rules.rules(each).uses] == [(1, 9), (1, 9)]
    monkeypatch.setattr(matrix, "MOST_GROUPS", 1)
    assert [column.id for column in rules.rules(each).untold] == ["use-one", "use-two"]


def test_ids_are_made_of_values_and_never_collide() -> None:
    boxes = [
        dict(pairs)
        for pairs in product(
            [("a", ("b", "c")), ("a-b", ("c",)), ("a", ("b-c",)), ("choice:a", ("b",))],
            [("collected", ("..2026-01-01",)), ("collected", ("2026-01-01..",)), ("d", ("e",))],
        )
    ]
    ids = [matrix.row_id(box) for box in boxes]
    assert len(set(ids)) == len(ids)
    assert matrix.row_id({}) == "everyone"
    assert not any(c in id_ for id_ in ids for c in " =&#:")


@pytest.mark.parametrize("text", [PLAIN, DIFFERS, CLOSED, BARE])
def test_statements_know_true_claims_and_read_well(text: str, tmp_path: Path) -> None:
    each = project(tmp_path, text)
    found = rules.rules(each)
    cells = [c for m in found.matrices for line in m.lines for c in line.cells]
    for cell in (*cells, *(cell for _, cell in found.same)):
        for statement in (*cell.said, *cell.open):
            said = statement.sentence
            assert set(said.claims) <= each.proof.judged.keys()
            assert said.text[0] == said.text[0].upper() and said.text.endswith(".")
            assert not BANNED.search(said.text) and ".." not in said.text
    assert_right(each, found)


def test_the_training_of_models_comes_first(tmp_path: Path) -> None:
    found = rules.rules(project(tmp_path, DIFFERS))
    assert [c.id for c in found.uses[0].columns] == ["train", "count", "ads"]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("Free or Pro", "for Free or Pro"),
        ("with counting refused", "with counting refused"),
        ("collected before 1 March 2024", "collected before 1 March 2024"),
    ],
)
def test_a_choice_and_a_day_need_no_for(who: str, said: str) -> None:
    assert for_whom(who) == said


def test_a_time_that_depends_on_a_choice_is_said_without_for(tmp_path: Path) -> None:
    told = rules.rules(project(tmp_path, PLAIN))
    names = {s.about for m in told.kept for line in m.lines for c in line.cells for s in c.said}
    assert any(name.endswith(", with use of your notes for training refused") for name in names)
    assert not [name for name in names if ", for with" in name]
