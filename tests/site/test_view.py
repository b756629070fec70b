"""Answers as the site shows them: statements, their numbers and their lines."""

from pathlib import Path

import pytest

from aboveboard.answers.model import Answer, Items, Paragraph, Sentence, Table
from aboveboard.load import load_project
from aboveboard.project import Project
from aboveboard.site import worker
from aboveboard.site.evidence import anchor, compared
from aboveboard.site.label import label
from aboveboard.site.view import Board, Grid, show

from . import projects
from .projects import BINDINGS, DAY


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return load_project(projects.write(tmp_path_factory.mktemp("view")), DAY)


def test_each_statement_has_one_number(project: Project) -> None:
    claim = next(iter(project.proof.judged))
    said = Sentence("We use it.", (claim,), lead="Yes.")
    cells = (Sentence("Free"), Sentence("yes", (claim,)), Sentence("a year"))
    answer = Answer(
        "?",
        (said,),
        Items("Open:", (Sentence("ratings"),)),
        (Paragraph((said, Sentence("More."))), Table("By plan", ("a", "b", "c"), (cells,))),
    )
    shown = show(project, lambda judged: compared(project, judged), answer, "q")
    texts = ["Yes. We use it.", "ratings", "More.", "Free: yes", "Free: a year"]
    assert [pair.text for pair in shown.pairs] == texts
    assert [pair.id for pair in shown.pairs] == [f"q-{n}" for n in range(1, 6)]
    assert len(shown.said.pieces) == 2
    grid = shown.details[1]
    assert isinstance(grid, Grid) and grid.rows[0][0].text == "Free"
    assert shown.pairs[1].verdict == "declared" and not shown.pairs[1].compared
    assert [one.anchor for one in shown.pairs[0].compared] == [anchor(claim)]


def test_a_line_tells_its_verdicts() -> None:
    assert Board(("proved",)).words == [("proved", "Matches settings")]
    assert not Board(("proved", "proved")).spoken
    mixed = Board(("proved", "declared", "proved"))
    assert mixed.words == [("proved", "Matches settings: 2"), ("declared", "Stated: 1")]
    assert mixed.spoken.startswith("Statement 1: matches settings. Statement 2: stated.")
    assert mixed.covers == "3 statements above"
    assert Board(("violated", "proved")).weakest == "violated"
    whole = Board(("proved", "proved", "proved", "declared")).runs
    assert whole == [("proved", "0.00%", "75.00%"), ("declared", "75.00%", "100.00%")]


def test_evidence_is_an_allow_list(tmp_path: Path, project: Project) -> None:
    judged = next(j for j in project.proof.judged.values() if j.evidence)
    private = compared(project, judged)
    assert not private.settings and private.withheld and len(private.digest) == 12
    bound = BINDINGS + "  publish: [pipeline/*.yml]\n"
    open_project = load_project(projects.write(tmp_path, bindings=bound), DAY)
    public = compared(open_project, open_project.proof.judged[judged.claim.id])
    assert public.settings and public.settings[0].place.startswith("pipeline/pipeline.yml, line ")
    assert "@" not in anchor(judged.claim.id) and "train" not in anchor(judged.claim.id)


def test_the_label_sorts_by_who_decides(project: Project) -> None:
    shown = label(project)
    assert shown.title == "What trains our models"
    assert [(row.sentence.text, row.switch) for row in shown.yours] == [
        ("What you write in notes", "On")
    ]
    assert [row.sentence.text for row in shown.never] == [
        "Data of Team",
        "Your name and e-mail address",
    ]
    assert shown.finding == "Each way to train on your data has a switch. One is yours to decide."


def test_the_label_says_by_which_way_data_that_is_left_out_trains_all_the_same() -> None:
    shown = label(load_project(Path(__file__).parents[2], DAY))
    texts = [row.sentence.text for row in shown.excepted]
    assert texts == ["Data of Enterprise; or Under 18, except when our safety checks flag a chat"]
    assert not any("except" in row.sentence.text for row in shown.never)


def test_an_engine_that_dies_is_told() -> None:
    with worker.started() as engine:
        engine._process.kill()
        engine._process.wait()
        with pytest.raises(worker.Ended, match="ended without an answer"):
            engine.build(Path("nowhere"), Path("nowhere"), DAY, Path("nowhere"))
