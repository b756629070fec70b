"""Fingerprints hold while nothing that they cover changes; records hold exactly what was signed."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aboveboard.load import load_project
from aboveboard.policy.load import REVIEWS
from aboveboard.review.signing import records
from aboveboard.review.signing.prints import Print
from aboveboard.review.signing.records import Record, Signed
from aboveboard.review.signing.statements import Published, published

ROOT = Path(__file__).parents[2]
DAY = date(2026, 12, 1)
DEMO = load_project(ROOT, DAY)
SAID = published(DEMO)
PRINTS = {id_: each.print for id_, each in SAID.items()}


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    for folder in ("policy_data", "pipeline"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def prints(root: Path) -> dict[str, Print]:
    project = load_project(root, DAY)
    assert project.loaded, project.findings
    return {id_: each.print for id_, each in published(project).items()}


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def changed(root: Path) -> set[str]:
    """The statements that are not as they were, by their ids."""
    now = prints(root)
    assert now.keys() == PRINTS.keys()
    return {id_ for id_, was in PRINTS.items() if now[id_].fingerprint != was.fingerprint}


# -- ids -----------------------------------------------------------------------------------------


def test_every_statement_has_an_id_that_people_can_type() -> None:
    assert len(SAID) > 500
    for id_ in SAID:
        assert re.fullmatch(r"[a-z0-9./_@~:-]+", id_), id_
    assert len({each.print.fingerprint for each in SAID.values()}) == len(SAID)


def test_an_id_survives_edits_of_other_text(demo: Path) -> None:
    file = demo / "policy_data" / "controls.yml"
    text = file.read_text("utf-8").replace("Search the web", "Look things up")
    assert text != file.read_text("utf-8")
    file.write_text(text, "utf-8")

    assert prints(demo).keys() == PRINTS.keys()
    assert all(id_.startswith("controls/search-switch") for id_ in changed(demo))


def test_an_id_survives_a_new_row_and_a_question_that_is_left_out(demo: Path) -> None:
    """Whatever stands elsewhere under a new id is signed all the same: its fingerprint is known."""
    edit(
        demo / "policy_data" / "questions.yml",
        "questions:\n",
        "questions:\n  used-for-training: {left-out: We say so elsewhere.}\n",
    )
    now = prints(demo)

    known = {each.fingerprint for each in PRINTS.values()}
    fresh = [id_ for id_, each in now.items() if each.fingerprint not in known]
    assert len(fresh) <= 2, fresh  # what counts the questions, if anything
    kept = [id_ for id_ in PRINTS if id_.partition("@")[2] != "questions/used-for-training"]
    assert len(set(kept) & now.keys()) > 0.98 * len(kept)


# -- what opens nothing again ----------------------------------------------------------------------


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6))
def test_blank_lines_and_comments_reopen_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    rng = random.Random(seed)
    root = tmp_path_factory.mktemp("demo")
    for folder in ("policy_data", "pipeline"):
        shutil.copytree(ROOT / folder, root / folder)
        for file in (root / folder).glob("*.yml"):
            lines = file.read_text("utf-8").split("\n")
            for _ in range(rng.randrange(4)):
                top = [n for n, line in enumerate(lines) if re.match(r"[a-z#-]|  [a-z-]+:", line)]
                lines.insert(rng.choice(top), rng.choice(["", "# moved", "  # so"]))
            file.write_text("\n".join(lines), "utf-8")

    assert changed(root) == set()


def test_files_that_are_joined_or_renamed_reopen_nothing(demo: Path) -> None:
    """All of the policy in one file; a bound file under another name."""
    texts = [file.read_text("utf-8") for file in sorted((demo / "policy_data").glob("*.yml"))]
    whole: dict[str, object] = {}
    for text in texts:
        for kind, value in yaml.safe_load(text).items():
            known = whole.setdefault(kind, {})
            assert isinstance(known, dict)
            known.update(value)
    shutil.rmtree(demo / "policy_data")
    (demo / "policy_data").mkdir()
    text = yaml.safe_dump(json.loads(json.dumps(whole, default=str)), sort_keys=False)
    (demo / "policy_data" / "all.yml").write_text(text, "utf-8")

    assert changed(demo) == set()


def test_steps_in_another_order_reopen_nothing(demo: Path) -> None:
    """In a native file the names of steps say what follows what, not their order."""
    file = demo / "pipeline" / "service.yml"
    data = yaml.safe_load(file.read_text("utf-8"))
    data["steps"] = data["steps"][::-1]
    data["datasets"] = dict(reversed(data["datasets"].items()))
    file.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")

    assert changed(demo) == set()


# -- what opens again ------------------------------------------------------------------------------


def resting_on(fact: str) -> set[str]:
    """The statements of the demo that rest on a fact."""
    claims = {
        id_ for id_, facts in DEMO.evidence.items() if any(fact in each.text for each in facts)
    }
    assert claims
    return {id_ for id_, each in SAID.items() if claims.intersection(each.claims)}


def test_another_k_reopens_exactly_what_rests_on_it(demo: Path) -> None:
    """Larger, so that every promise is still kept and no word changes."""
    edit(demo / "pipeline" / "statistics.sql", ">= 50", ">= 60")

    found = changed(demo)

    assert found == resting_on("at least 50 by count")
    now = prints(demo)
    for id_ in found:
        was = PRINTS[id_]
        assert now[id_].says == was.says and now[id_].claim == was.claim
        assert now[id_].evidence != was.evidence


def test_another_time_to_live_reopens_exactly_what_rests_on_it(demo: Path) -> None:
    edit(demo / "pipeline" / "overlay.yml", "/mnt/work/cache: {retention: P7D}",
         "/mnt/work/cache: {retention: P6D}")  # fmt: skip

    opened = changed(demo)
    assert opened and opened <= resting_on("keep P7D")
    assert all("work-files" in " ".join(SAID[id_].claims) for id_ in opened)


def test_a_filter_with_another_condition_is_other_evidence(demo: Path) -> None:
    """Its text in a report is the same word; the condition counts."""
    file = demo / "pipeline" / "service.yml"
    found = re.search(r"id: search-allowed.*?where: \{", file.read_text("utf-8"))
    assert found
    edit(file, found[0], found[0] + "lang: en, ")

    opened = changed(demo)
    assert opened and opened <= resting_on("filter")
    assert all(prints(demo)[id_].says == PRINTS[id_].says for id_ in opened)


def test_other_words_reopen_what_says_them(demo: Path) -> None:
    edit(
        demo / "policy_data" / "steps.yml",
        "limits: A count says that a group exists.",
        "limits: A count tells that there is a group.",
    )
    now = prints(demo)

    found = changed(demo)
    assert found == {id_ for id_ in SAID if id_.startswith("steps/count-people/limits@")}
    assert all(now[id_].claim == PRINTS[id_].claim for id_ in found)
    assert all(now[id_].evidence == PRINTS[id_].evidence for id_ in found)


SHORT = st.text("0123456789abcdef", min_size=16, max_size=16)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(SHORT, WORDS, SHORT, SHORT, WORDS, SHORT)
def test_any_part_that_differs_is_another_fingerprint(
    claim: str, words: str, evidence: str, claim2: str, words2: str, evidence2: str
) -> None:
    one = Print(claim, (("en", words),), evidence)
    other = Print(claim2, (("en", words2),), evidence2)

    assert (one.fingerprint == other.fingerprint) is (one == other)
    more = Print(claim, (("en", words), ("de", words2)), evidence)
    assert more.fingerprint != one.fingerprint
    turned = Print(claim, (("de", words2), ("en", words)), evidence)
    assert turned.fingerprint == more.fingerprint


def test_all_facts_count_not_only_the_first(tmp_path: Path) -> None:
    """A report shows twelve facts of a claim; the thirteenth is as good a reason."""
    steps = "".join(
        f"  - {{id: s{n}, in: notes, op: redact, fields: text, entities: email, on_error: drop, "
        "out: training_set}\n"
        for n in range(20)
    )
    shutil.copytree(ROOT / "tests/projects/claims/deidentified-before/declared", tmp_path / "a")
    for file in (tmp_path / "a" / "pipeline").glob("*"):
        file.unlink()
    pipeline = tmp_path / "a" / "pipeline" / "train.yml"
    head = "version: 1\ndatasets:\n  notes: {role: source, fields: {text: {}}}\n"
    pipeline.write_text(f"{head}  training_set: {{role: training-set}}\nsteps:\n{steps}")
    before = prints(tmp_path / "a")
    last = "id: s19, in: notes, op: redact, fields: "
    edit(pipeline, f"{last}text,", f"{last}[text, mood],")

    after = prints(tmp_path / "a")
    project = load_project(tmp_path / "a", DAY)
    assert max(len(facts) for facts in project.evidence.values()) >= 20
    assert before.keys() == after.keys() and before != after


# -- records ---------------------------------------------------------------------------------------


def record(says: str = "We keep it.", note: str = "read", name: str = "") -> Record:
    signed = Signed("uses/x@questions/y", Print("a" * 16, (("en", says),), "b" * 16))
    return Record("legal", DAY, note, (signed,), date(2027, 12, 1), name)


@given(WORDS, WORDS, WORDS)
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, says: str, note: str, name: str
) -> None:
    root = tmp_path_factory.mktemp("records")
    (root / REVIEWS).mkdir(parents=True)
    made = record(says, note, name)
    (root / REVIEWS / made.file).write_bytes(records.text(made).encode())

    (found,), damaged = records.load(root)

    assert damaged == []
    assert found._replace(signed=(), path="") == made._replace(signed=())
    assert [s.print for s in found.signed] == [s.print for s in made.signed]


Spoil = Callable[[str], str]


@pytest.mark.parametrize(
    ("spoil", "line", "message"),
    [
        (lambda t: t.replace('"legal"', '"security"'), 13, "was edited by hand: its digest"),
        (lambda t: t.replace("2027-12-01", "2037-12-01"), 13, "was edited by hand: its digest"),
        (lambda t: t.replace('note: "read"', 'note: "skimmed"'), 13, "was edited by hand: its digest"),
        (lambda t: t.replace("We keep it.", "We sell it."), 9, "fingerprint is of another sentence"),
        (lambda t: t.replace("uses/x@", "uses/z@"), 13, "was edited by hand: its digest"),
        (lambda t: t[: t.index("digest:")], 2, "'digest' is missing: the record is cut short"),
        (lambda t: t[: t.index("    claim:")], 2, "'digest' is missing: the record is cut short"),
        (lambda t: t.replace("    claim:", "    #"), 8, "'claim' is missing: the record is cut short"),
        (lambda t: t.replace("version: 1", "version: 2"), 2, "version 2 of a record is not known"),
        (lambda t: t.replace("role:", "rolle:"), 2, "'role' is missing"),
        (lambda t: t.replace('role: "legal"', "role: [a]"), 3, "'role' is not what a record holds"),
        (lambda t: t.replace("note:", "<<<<<<< HEAD\nnote:"), 6, "a merge conflict was left here"),
        (lambda t: "[]\n", 1, "it must be a mapping"),
        (lambda t: "", 1, "it must be a mapping"),
        (lambda t: t.replace('note: "read"', 'note: "read'), None, "cannot be read"),
    ],
)  # fmt: skip
def test_a_damaged_record_is_told_and_counts_as_not_there(
    tmp_path: Path, spoil: Spoil, line: int | None, message: str
) -> None:
    folder = tmp_path / REVIEWS
    folder.mkdir(parents=True)
    (folder / "one.yml").write_text(spoil(records.text(record())))
    (folder / "two.yml").write_text(records.text(record(note="another")))

    read, (found,) = records.load(tmp_path)

    assert [r.note for r in read] == ["another"]
    assert found.location and found.location.path == "policy_data/reviews/one.yml"
    assert message in found.message
    assert line is None or found.location.line == line


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text(records.text(record()))
    root = tmp_path / "project"
    (root / REVIEWS).mkdir(parents=True)
    (root / REVIEWS / "one.yml").symlink_to(outside)

    assert records.load(root) == ([], [])


def test_no_name_stands_in_a_record_that_nobody_gave(tmp_path: Path) -> None:
    assert "name:" not in records.text(record())
    assert 'name: "A. Lawyer"' in records.text(record(name="A. Lawyer"))


def test_the_statements_know_where_they_come_from() -> None:
    found: Published = SAID["steps/count-people/parameters/k@anonymisation"]

    assert found.source and found.source.path == "policy_data/steps.yml"
    assert found.kind == "steps" and "50" in found.text
