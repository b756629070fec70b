"""`import`: what is taken, what is told as left, and what becomes of files that are no documents."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from tests.commands.imports import FIDES, TILT, TILT_TEXT
from tests.commands.test_init import DAY, call, tree

from aboveboard.load import load_project
from aboveboard.policy.model import Policy
from aboveboard.project import Project

ROOT = Path(__file__).parents[2]


def imported(
    tmp_path: Path, *texts: str, suffix: str = "yml", more: tuple[str, ...] = ()
) -> Result:
    files = [tmp_path / f"in{n}.{suffix}" for n in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, "utf-8")
    return call("import", *files, "--output", tmp_path / "new", "--as-of", DAY.isoformat(), *more)


def project(tmp_path: Path) -> Project:
    found = load_project(tmp_path / "new", DAY)
    assert not [f for f in found.findings if f.severity == "error"], found.findings
    return found


def policy(tmp_path: Path) -> Policy:
    return project(tmp_path).policy


def left(said: Result) -> dict[str, tuple[int, str]]:
    """What was not taken, by its path: the line, and why."""
    rows = re.findall(r"^Not taken: \S+?:(\d+):\d+: (\S+): (.+)$", said.stdout, re.MULTILINE)
    return {name: (int(line), why) for line, name, why in rows}


# -- Fides ---------------------------------------------------------------------------------------


def test_fides_gives_uses_data_and_retention(tmp_path: Path) -> None:
    said = imported(tmp_path, FIDES)
    assert said.exit_code == 0, said.stderr
    found = policy(tmp_path)
    assert found.header and (found.header.service, found.header.controllers[0].contact) == ("Notewise", "privacy@notewise.example")  # fmt: skip
    purposes = {use.name: use.purpose for use in found.uses.values()}
    assert purposes == {
        "using data in Trainer (Train the helper)": "train-model",
        "using data in Trainer (Show adverts)": "advertising",
        "using data in Trainer (Hire people)": "provide-service",
    }
    train, adverts, _ = found.uses.values()
    assert [b.basis for b in train.basis] == ["consent"] and train.data == ["content", "health-and-medical"]  # fmt: skip
    assert found.data["health-and-medical"].special and found.data["behavior"].origin == "observed"
    assert found.recipients[adverts.recipients[0]].name == "Adserver Inc."
    kept = {row.data[0]: row.keep.default for row in found.retention.values() if row.keep}
    assert kept == {"content": "P2Y", "health-and-medical": "P2Y"}


def test_fides_datasets_become_a_pipeline_that_is_bound(tmp_path: Path) -> None:
    imported(tmp_path, FIDES)
    bound = project(tmp_path).policy.bindings
    assert bound
    assert bound.sources == {"content": ["app.notes.text"], "unique-id": ["app.notes.owner"], "location": ["app.notes.place.city"]}  # fmt: skip
    assert bound.not_personal == ["app.notes.saved_at"]  # and not "mood", of which nothing is said
    # What nobody has answered is left to the rules.
    told = call("check", "--project", tmp_path / "new", "--as-of", DAY.isoformat())
    assert told.exit_code == 1
    assert "::: pipeline/imported.yml:" in told.stdout and "error[overstated-use]" in told.stdout


def test_what_fides_says_and_we_do_not_take_is_told_with_its_line(tmp_path: Path) -> None:
    rows = left(imported(tmp_path, FIDES))
    lines = FIDES.split("\n")
    for name, (line, _) in rows.items():
        key = [part for part in name.split(".") if not part.isdigit()][-1]
        assert key in lines[line - 1] or key in ("data_subjects", "dataset_references"), name
    start = "system.0.privacy_declarations"
    assert rows[f"{start}.0.data_subjects.1"][1].startswith("it is not about readers")
    assert rows[f"{start}.0.special_category_legal_basis"]
    assert rows[f"{start}.1.dataset_references.0"][1].startswith("no file that was given")
    assert rows[f"{start}.1.retention_period"][1] == "it is no duration such as P2Y"
    assert rows["dataset.0.collections.0.fields.3.name"][1].startswith("it has no data category")
    assert "system.0.system_type" in rows and "organization.0.controller.address" in rows
    assert f"{start}.0.retention_period" not in rows and f"{start}.0.legal_basis_for_processing" not in rows  # fmt: skip


def test_the_page_shows_what_is_printed(tmp_path: Path) -> None:
    page = (ROOT / "docs/how-to/import.md").read_text("utf-8")
    shown = re.findall(r"^Not taken: fides.yml(.+)$", page, re.MULTILINE)
    said = imported(tmp_path, FIDES).stdout
    assert len(shown) == 2 and all(f"in0.yml{line}\n" in said for line in shown)


def test_a_data_use_without_a_word_is_asked(tmp_path: Path) -> None:
    imported(tmp_path, FIDES)
    review = policy(tmp_path).review
    assert review and "no word here for 'employment.recruitment'" in review.to_confirm["uses/trainer-hire-people"]  # fmt: skip


def test_several_files_are_one_manifest(tmp_path: Path) -> None:
    head, datasets, systems = re.split(r"^(?=dataset:|system:)", FIDES, flags=re.MULTILINE)
    apart = imported(tmp_path, head, datasets, systems)
    assert apart.exit_code == 0
    once = tmp_path / "once"
    once.mkdir()
    imported(once, FIDES)
    for name in ("policy_data/policy.yml", "pipeline/imported.yml"):
        assert (tmp_path / "new" / name).read_text() == (once / "new" / name).read_text()


# -- TILT ----------------------------------------------------------------------------------------


def test_tilt_gives_what_the_articles_ask_for(tmp_path: Path) -> None:
    said = imported(tmp_path, TILT_TEXT, suffix="json")
    assert said.exit_code == 0, said.stderr
    found = policy(tmp_path)
    header = found.header
    assert header and (header.service, header.version, header.effective.isoformat()) == ("Notewise", "3", "2026-11-01")  # fmt: skip
    assert (header.controllers[0].name, header.controllers[0].contact) == ("Notewise Ltd", "dpo@notewise.example")  # fmt: skip
    assert header.documents[0].url == "https://notewise.example/privacy"
    assert {u.name: u.purpose for u in found.uses.values()} == {
        "using data for Newsletter": "advertising",
        "using data for Delivering your orders": "provide-service",
        "using data for Quux": "provide-service",
        "using data for Fraud prevention": "safety-and-abuse",
    }
    news = found.uses["newsletter"]
    assert {(b.basis, b.interest) for b in news.basis} == {("consent", None), ("legitimate-interests", "People like news.")}  # fmt: skip
    assert [found.recipients[r].name for r in news.recipients] == ["Post Ltd (Carrier)", "Tax offices"]  # fmt: skip
    assert found.data["credit-score"].origin == "third-party"
    kept = {row.data[0]: row.keep.default for row in found.retention.values() if row.keep}
    assert kept == {"e-mail-address": "P3Y6M", "credit-score": "P10D"}  # the longest, the shortest
    assert {r.right for r in found.rights.values()} == {"access", "port", "correct", "erase", "withdraw", "complain"}  # fmt: skip
    review = found.review
    assert review and "Nothing in these words says so" in review.to_confirm["uses/quux"]


def test_what_tilt_says_and_we_do_not_take_is_told(tmp_path: Path) -> None:
    rows = left(imported(tmp_path, TILT_TEXT, suffix="json"))
    start = "dataDisclosed.0"
    assert rows[f"{start}.legalBases.1.reference"][1] == "no word for this basis"
    assert rows[f"{start}.storage.0.temporal.2.ttl"][1] == "it is no duration such as P2Y"
    assert rows[f"{start}.storage.0.purposeConditional"][1].startswith("write it as `until`")
    assert rows["thirdCountryTransfers"] and rows[f"{start}.nonDisclosure"]
    assert rows["rightToDataPortability"][1] == "it says that there is no such right"
    assert rows["rightToRectificationOrDeletion.url"][1].startswith("it is no link")
    assert rows["meta._hash"] and rows["controller.address"] and rows["rightToComplain.supervisoryAuthority"]  # fmt: skip


def _leaves(value: Any, path: tuple[str, ...] = ()) -> dict[str, Any]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {k: v for key, item in items for k, v in _leaves(item, (*path, str(key))).items()}
    return {} if value is None or value == "" or value is False else {".".join(path): value}


@pytest.mark.parametrize("text", [FIDES, TILT_TEXT], ids=["fides", "tilt"])
def test_nothing_is_dropped_in_silence(text: str, tmp_path: Path) -> None:
    """Each value is in the files that were written, or below something that is told as left."""
    said = imported(tmp_path, text)
    written = "\n".join(raw.decode() for raw in tree(tmp_path / "new").values())
    told = left(said)
    quiet = {"train_ai_system", "marketing.advertising.serving", "Consent", "2 years", "GDPR-6-1-a", "P2Y", "P1M", "2020-08-09T18:31:42P3Y6M", "2026-11-01T10:00:00.0", "max", "min", "active", "customer", "app", "trainer", "system.operations"}  # fmt: skip
    for name, value in _leaves(yaml.safe_load(text)).items():
        parts = name.split(".")
        if any(".".join(parts[:n]) in told for n in range(1, len(parts) + 1)) or value in quiet:
            continue
        words = str(value).rstrip(".").removeprefix("user.")
        assert value is True or words in written or words.replace("_", " ") in written, (name, value)  # fmt: skip


# -- what goes wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this is no document of Fides or TILT"),
        ("[]", "this is no document of"),
        ("a: 1\n", "this is no document of"),
        ("system: [{fides_key: a\n", ":1:10: '{' opens here"),
        ("system:\n  - fides_key: a\n fides_key: b\n", ":3:"),
        ("system: [{fides_key: a, fides_key: b}]\n", "in0.yml:1:"),
        (TILT_TEXT[:700], "in0.yml:"),
        ("system: &a [*a]\n", "in0.yml:1:"),
        ("\x00", "in0.yml:1:"),
        ("{" * 200_000, "in0.yml:"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, words: str, tmp_path: Path) -> None:
    said = imported(tmp_path, text)
    assert said.exit_code == 1, said.output
    assert "error: " in said.stderr and words in said.stderr and "Nothing was written." in said.stderr  # fmt: skip
    assert not (tmp_path / "new").exists()


def test_the_faults_of_all_files_are_told_in_one_run(tmp_path: Path) -> None:
    said = imported(tmp_path, "a: 1\n", FIDES, "b: [\n")
    assert "in0.yml" in said.stderr and "in2.yml" in said.stderr


ODD: list[Any] = [None, True, 7, 1.5, "", " ", "x", "a\u202eb\n\tc", "{{ x }} <b> @SERVICE@ # [y]: - 'z' \"q\"", [], {}, [None, 1, "x", {}], {"a": {}}, "x" * 3000, "9" * 30]  # fmt: skip


@pytest.mark.parametrize("which", range(len(ODD)))
@pytest.mark.parametrize("kind", ["fides", "tilt"])
def test_any_value_anywhere_gives_a_policy_or_a_fault(
    kind: str, which: int, tmp_path: Path
) -> None:
    """In the place of each value and each part in turn: what is written loads."""
    whole = yaml.safe_load(FIDES) if kind == "fides" else TILT
    paths = list(_paths(whole))
    odd, step = ODD[which], max(1, len(paths) // 6)
    for n, path in enumerate(paths[which * 7 % step :: step]):
        folder = tmp_path / str(n)
        folder.mkdir()
        said = imported(folder, json.dumps(_replaced(whole, path, odd)), suffix="json")
        assert said.exit_code in (0, 1) and not isinstance(said.exception, Exception), (path, odd)
        if said.exit_code == 0:
            project(folder)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()  # fmt: skip
    return [p for key, item in items for p in [(*path, key), *_paths(item, (*path, key))]]


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copied


def test_it_writes_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "new/policy_data").mkdir(parents=True)
    (tmp_path / "new/policy_data/mine.yml").write_text("mine")
    before = tree(tmp_path / "new")
    said = imported(tmp_path, FIDES)
    assert said.exit_code == 2 and "this is a project already" in said.stderr
    assert tree(tmp_path / "new") == before


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    said = call("import", tmp_path / "none.yml", "--output", tmp_path / "new")
    assert said.exit_code == 2 and "is not there" in said.stderr
    assert call("import").exit_code == 2


def test_what_the_command_line_says_wins(tmp_path: Path) -> None:
    imported(tmp_path, FIDES, more=("--service", "Other", "--contact", "us@example.org"))
    header = policy(tmp_path).header
    assert header and (header.service, header.controllers[0].contact) == ("Other", "us@example.org")
