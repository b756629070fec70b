"""`unanswered-question`: one warning for each question that lacks a fact, at the policy's header."""

from pathlib import Path

from tests.answers.policies import BARE, PLAIN, project

from aboveboard.answers.compose import compose
from aboveboard.checks import unanswered_question
from aboveboard.findings import Finding
from aboveboard.project import Project
from aboveboard.reporters.model import Report
from aboveboard.reporters.text import render


def told(made: Project) -> list[Finding]:
    return list(unanswered_question.check(made))


def test_each_question_is_named_with_its_missing_fact(tmp_path: Path) -> None:
    made = project(tmp_path, PLAIN)
    open_ = {q.id: q.answer.missing for q in compose(made) if q.answer.missing}
    assert len(open_) > 5
    assert {f.message for f in told(made)} == {
        f"question '{id_}' lacks a fact: {fact}" for id_, fact in open_.items()
    }


def test_it_stands_at_the_header_and_stops_nothing(tmp_path: Path) -> None:
    found = told(project(tmp_path, PLAIN))
    lines = (tmp_path / "policy_data/policy.yml").read_text("utf-8").split("\n")
    assert {(f.rule, f.severity) for f in found} == {("unanswered-question", "warning")}
    assert {lines[f.location.line - 1] for f in found if f.location} == {"policy:"}


def test_a_supplied_fact_ends_it(tmp_path: Path) -> None:
    lacking = "question 'what-changed' lacks a fact: `policy.told-by`"
    assert lacking in {f.message for f in told(project(tmp_path / "a", PLAIN))}
    text = PLAIN.replace("  controllers:", "  told-by: site\n  controllers:")
    assert lacking not in {f.message for f in told(project(tmp_path / "b", text))}


def test_nothing_is_told_of_a_policy_that_could_not_be_read(tmp_path: Path) -> None:
    made = project(tmp_path, BARE)
    assert told(made)
    made.findings.append(Finding("invalid-yaml", "a fault"))
    assert told(made) == []


def text_of(made: Project, found: list[Finding]) -> str:
    return render(Report(found, made.proof, made.as_of, {}, None, ".", lambda *_: "policy:", {}))


def test_a_few_are_told_one_by_one_with_their_place_once(tmp_path: Path) -> None:
    made = project(tmp_path, BARE)
    text = text_of(made, told(made)[:3])
    assert text.count("warning[unanswered-question]") == 3
    assert text.count("-->") == text.count("= help:") == 1


def test_many_are_one_line_behind_all_else(tmp_path: Path) -> None:
    made = project(tmp_path, BARE)
    found = told(made)
    assert len(found) > 30
    ids = [unanswered_question.question_of(one) for one in found]
    other = Finding("scope-leak", "not kept", found[0].location)
    lines = text_of(made, [*found, other]).split("\n")
    assert lines[0] == "error[scope-leak] not kept"
    assert lines[-4:-2] == [
        f"warning[unanswered-question] {len(found)} questions lack a fact: {', '.join(ids[:3])} "
        f"and {len(found) - 3} more; `aboveboard explain unanswered-question` says what to do",
        "",
    ]
    assert f"1 error, 1 warning about {len(found)} things; " in lines[-2]
