"""What a reader meets first says what it counts, for whom it is, and which version holds."""

from datetime import date
from pathlib import Path

from aboveboard.answers.entities import control_answer
from aboveboard.answers.model import Items
from aboveboard.answers.questions import used_for_training
from aboveboard.load import load_project
from aboveboard.project import Project
from aboveboard.site.book import make

from . import projects


def on(day: date) -> Project:
    return load_project(projects.ROOT, day)


def test_before_its_first_day_a_version_is_not_in_force_and_the_one_before_holds() -> None:
    held = make(on(date(2026, 11, 30))).held
    assert held and held.version == "0.9.0"
    assert make(on(date(2026, 12, 1))).held is None


def test_home_counts_every_statement(demo_site: Path) -> None:
    book = make(on(projects.DAY))
    home = projects.prose((demo_site / "index.html").read_text("utf-8"))
    described = book.line.count("declared") - book.beyond
    assert described > 0
    assert book.line.count("proved") + book.beyond + described == len(book.line.pieces)
    assert f"Of the others, {book.beyond} are about people" in home
    assert f"and {described} agree with our own description." in home


def test_exceptions_to_an_answer_that_differs_say_for_whom_they_are() -> None:
    answer = used_for_training.answer(on(projects.DAY))
    assert answer.exceptions
    starts = [s.text.partition(": ")[0] for s in answer.exceptions.sentences if not s.follows]
    assert starts == ["Free or Pro, 18 or over", "Everyone"]


def test_the_way_to_a_choice_stands_before_what_it_does_not_stop(demo_site: Path) -> None:
    page = (demo_site / "controls/training-switch/index.html").read_text("utf-8")
    assert page.index("Open this choice") < page.index("The switch does not stop this")


def test_copies_that_a_choice_does_not_change_are_one_sentence() -> None:
    answer = control_answer(on(projects.DAY), "training-switch")
    (kept,) = (
        b for b in answer.details if isinstance(b, Items) and b.title == "How long we keep data"
    )
    same = [s.text for s in kept.sentences if "does not change" in s.text]
    assert len(same) == 1 and same[0].startswith(
        "It does not change how long we keep data in these places: your chat history, "
    )
    assert "export" not in same[0]  # there it does
