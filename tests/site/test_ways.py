"""The pictures of ways and of what a refusal changes show what is compared, and no more."""

from dataclasses import replace
from pathlib import Path

import pytest

from aboveboard.answers import choices
from aboveboard.answers.entities import control_answer
from aboveboard.answers.facts import Facts
from aboveboard.answers.model import Sentence
from aboveboard.load import load_project
from aboveboard.site.book import Book, make
from aboveboard.site.pictures.effects import effects
from aboveboard.site.pictures.seeing import _crowded
from aboveboard.site.pictures.threads import CHOICE, NEVER, WHO, Threads, threads
from aboveboard.site.text import host

from ..answers.policies import BARE, CLOSED, PLAIN, project
from . import projects


@pytest.fixture(scope="module")
def book() -> Book:
    return make(load_project(projects.ROOT, projects.DAY))


@pytest.fixture(scope="module")
def drawn(book: Book) -> Threads:
    return threads(book)


def of(tmp_path: Path, text: str, *, proved: bool = True) -> Book:
    return make(project(tmp_path, text, proved=proved))


def cells(drawn: Threads, name: str) -> dict[str, str]:
    (row,) = (row for row in drawn.rows if row.name.text == name)
    return dict(zip(drawn.head, (cell.text for _, cell in row.cells), strict=True))


def test_each_way_has_its_protections_at_their_place(drawn: Threads) -> None:
    asked = "What you ask and write in chats and the answers that you get"
    assert cells(drawn, asked) == {
        "Never taken": "–",
        "People left out": "Passes",
        "Your choice": "Passes",
        "Replace e-mail and network addresses, phone and ID numbers, and passwords": "Passes",
        "Remove chats that repeat": "Passes",
        "Delete the account number": "Passes",
        "Detach flagged chats from your account": "–",
        "In the end": "Reaches a model",
    }
    flagged = cells(drawn, f"{asked}, when our safety checks flag a chat")
    assert flagged["Your choice"] == flagged["People left out"] == "–"
    assert flagged["Detach flagged chats from your account"] == "Passes"


def test_what_is_never_used_stops_before_the_model(drawn: Threads) -> None:
    row = cells(drawn, drawn.rows[0].name.text)
    assert row["Never taken"] == "Stops here" and row["In the end"] == "Never arrives"
    assert drawn.finding == "11 kinds of data set out for our models. Eight reach one."


def test_there_is_a_square_for_each_protection_that_data_passes(drawn: Threads) -> None:
    passed = sum(cell.text == "Passes" for row in drawn.rows for _, cell in row.cells)
    assert drawn.picture.count('class="gate ') == passed > 10
    assert drawn.picture.count('class="gate proved"') == passed
    said = projects.prose(drawn.picture.split("<desc")[1].split("</desc>")[0])
    for gate in drawn.gates:
        assert gate.name in said, gate.name
    assert {NEVER, WHO, CHOICE} <= {gate.id for gate in drawn.gates}


def test_a_protection_that_is_only_stated_is_open(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(book.project.proof), "verdict", lambda *_: "declared")
    stated = threads(book)
    assert 'class="gate proved"' not in stated.picture and 'class="gate declared"' in stated.picture
    assert {gate.verdict for gate in stated.gates} == {"declared"}


def test_nothing_is_drawn_where_nothing_trains(tmp_path: Path) -> None:
    assert threads(of(tmp_path / "a", CLOSED)).picture == ""
    assert threads(of(tmp_path / "b", BARE)).picture == ""


def test_where_a_claim_is_not_made_no_square_stands(tmp_path: Path) -> None:
    bare = of(tmp_path, PLAIN, proved=False)
    assert "gate proved" not in threads(bare).picture


def test_nothing_is_drawn_beside_a_correction(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = next(
        id_ for id_, j in book.project.proof.judged.items() if j.claim.use == "train-safety"
    )
    monkeypatch.setitem(vars(book.project), "corrected", {claim: "x"})
    assert threads(book).picture == ""


def test_a_refusal_is_drawn_as_it_is_told(book: Book) -> None:
    drawn = effects(book, "training-switch")
    assert drawn.finding == "Two things stop. Two things go on."
    said = projects.prose(drawn.picture.split("<desc")[1].split("</desc>")[0])
    assert said.endswith(
        "You switch it off. New data: stops. Data that we hold: stops. Training under way: goes on. "
        "Trained models: stays."
    )
    assert drawn.picture.count("bar proved end") == 2
    assert drawn.picture.count("bar declared end") == 2


def test_each_effect_that_a_policy_can_name_has_its_word(tmp_path: Path) -> None:
    book = of(tmp_path, PLAIN)
    counting, reading = effects(book, "counting"), effects(book, "reading")
    assert counting.finding == "Three things stop. One thing goes on."
    assert "Removed</text>" in counting.picture and "Erased</text>" in reading.picture
    assert reading.finding == "Four things stop."


def test_a_control_without_effects_has_no_picture(tmp_path: Path) -> None:
    effect = "    effect: {refusing: {future: stops, stored: continues, running: stops, trained: removed}}\n"
    assert PLAIN.count(effect) == 1
    book = of(
        tmp_path,
        PLAIN.replace(effect, "").replace(
            "counting of your words\n    kind: switch", "counting of your words\n    kind: prompt"
        ),
    )
    assert effects(book, "counting").picture == ""


def test_what_a_correction_stands_for_is_not_drawn(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = choices.effects

    def corrected(facts: Facts, control: str) -> list[tuple[str, Sentence]]:
        return [(what, replace(said, correction="x")) for what, said in whole(facts, control)]

    monkeypatch.setattr(choices, "effects", corrected)
    assert effects(book, "training-switch").picture == ""


def test_names_that_find_no_room_are_numbered() -> None:
    assert _crowded(("Example Cloud", "Example Search", "Example Watch", "Reviewers"))
    assert not _crowded(("Cloud", "Readers")) and not _crowded(())


def test_the_pages_have_the_pictures_and_their_twins(demo_site: Path) -> None:
    home = (demo_site / "index.html").read_text("utf-8")
    assert home.count('class="ab-pic"') == 2 and "The label in words" in home
    assert 'class="ab-gates"' in home and "This picture as a table" in home
    assert 'href="check/#flow"' in home
    control = (demo_site / "controls" / "training-switch" / "index.html").read_text("utf-8")
    assert (
        control.count('class="ab-pic"') == 1
        and control.count("<caption>What stops, and what goes on") == 1
    )
    who = (demo_site / "recipients" / "index.html").read_text("utf-8")
    assert who.count('class="ab-numbers"') == 1 and "b narrow" in who


def test_what_follows_a_statement_stands_in_one_item_with_it(book: Book, demo_site: Path) -> None:
    shown = book.show(book.answer(control_answer, "training-switch"), "training-switch")
    whole = [[pair.sentence for pair in item] for item in shown.open_items]
    assert sum(map(len, whole)) == len(shown.exceptions) > len(whole) == 2
    assert all(not first.follows and all(s.follows for s in rest) for first, *rest in whole)
    page = (demo_site / "controls" / "training-switch" / "index.html").read_text("utf-8")
    listed = page.split('class="ab-except"')[1].split("</ul>")[0]
    assert listed.count("<li>") == 2


def test_an_answer_for_everyone_leads_to_the_rules_where_plans_differ(
    book: Book, demo_site: Path
) -> None:
    assert book.differs == "Was this about your plan?"
    page = (demo_site / "questions" / "my-choices" / "index.html").read_text("utf-8")
    assert 'rules/">Was this about your plan?</a>' in page


def test_an_answer_leads_nowhere_where_all_have_the_same(tmp_path: Path) -> None:
    assert of(tmp_path, PLAIN).differs == ""


def test_steps_lead_to_the_place_where_they_are_taken(demo_site: Path) -> None:
    page = (demo_site / "rights" / "index.html").read_text("utf-8")
    assert 'href="https://example.org/settings/data">Open this at example.org</a>' in page
    assert host("https://example.org/x") == "example.org"
    assert host("tel:+15550100") == host("/here") == host("") == ""
