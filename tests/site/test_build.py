"""`build`: when it makes a site, when it refuses, and that it does not harm what was there."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aboveboard.commands.build import build
from aboveboard.commands.common import CannotRun

from . import projects
from .projects import DAY, PIPELINE, POLICY

UNFILTERED = PIPELINE.replace("training_opt_out: false", "training_opt_out: true")


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_input_gives_the_same_bytes(
    tmp_path: Path, small_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    again = projects.built(projects.write(tmp_path))
    assert contents(again) == contents(small_site)


def test_the_tree_is_plain_and_the_config_is_json(tmp_path: Path) -> None:
    projects.built(projects.write(tmp_path))
    tree = tmp_path / "build" / "en"
    config = json.loads((tree / "mkdocs.yml").read_text())
    assert config["site_name"] == "Notewise: your data" and config["strict"] is True
    assert set(config["validation"]["links"].values()) == {"warn"}
    home = (tree / "docs" / "index.md").read_text()
    front, body = home.split("\n---\n\n")
    assert front.startswith('---\ntitle: "What Notewise does with your data"\n')
    assert "\n\n" not in body.strip() and body.startswith("<div")


def test_errors_stop_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = projects.write(tmp_path, pipeline=UNFILTERED)
    assert build(root, as_of=DAY) == 1
    told = capsys.readouterr().err
    assert "opt-out-ignored" in told and "pipeline/pipeline.yml" in told and "--draft" in told
    assert not (root / "site").exists()


def test_warnings_are_told_and_stop_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those too that only a reading of the answers finds, until the policy explains its words."""
    named = POLICY.replace("name: what you write in notes", "name: embeddings of your notes")
    assert build(projects.write(tmp_path / "bad", policy=named), as_of=DAY) == 0
    told = capsys.readouterr().err
    assert "warning[undefined-term] 'embeddings' is not among the words" in told
    assert "0 errors" in told
    words = "  words: {embedding: A list of numbers that stands for a text.}\n"
    explained = named.replace("  service: Notewise\n", f"  service: Notewise\n{words}")
    root = projects.write(tmp_path / "good", policy=explained)
    assert build(root, as_of=DAY) == 0
    assert "undefined-term" not in capsys.readouterr().err
    page = projects.pages(root / "site")["words/index.html"]
    assert "A list of numbers that stands for a text." in page.words


def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    root = projects.write(tmp_path, pipeline=UNFILTERED)
    (root / "docs").mkdir()
    (root / "docs" / "own.md").write_text("# A page of ours\n")
    pages = projects.pages(projects.built(root, draft=True))
    assert {"404.html", "own/index.html", "check/index.html"} <= pages.keys()
    for path, page in pages.items():
        assert "Draft. Not published." in page.words, path
        assert ("meta", {"name": "robots", "content": "noindex"}) in page.tags, path
    assert "Fails. Not published" in pages["check/index.html"].words


def test_a_draft_without_errors_is_a_draft_only(tmp_path: Path) -> None:
    pages = projects.pages(projects.built(projects.write(tmp_path), draft=True))
    words = pages["index.html"].words
    assert "Draft. Not published. The check finds no error here. This is a draft only." in words
    assert "part ways" not in words


def test_no_page_names_a_key_that_the_policy_lacks(small_site: Path) -> None:
    """The finding names the key; readers are told that a fact is missing."""
    words = [page.words for page in projects.pages(small_site).values()]
    assert any("We do not say yet. Our policy lacks a fact for this answer." in w for w in words)
    assert not [w for w in words if "lacks a fact for this answer:" in w]


def test_no_draft_of_what_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = projects.write(tmp_path, policy=POLICY.replace("purpose: train-model", "purpose: fun"))
    assert build(root, as_of=DAY, draft=True) == 1
    assert "can be read" in capsys.readouterr().err


def test_a_site_without_errors_says_nothing_of_drafts(small_site: Path) -> None:
    assert not [path for path, page in projects.pages(small_site).items() if "Draft" in page.words]


def dead_link(root: Path) -> str:
    (root / "docs" / "own.md").write_text("# Own\n\nGood.\n\n[where](nowhere.md)\n")
    return "docs/own.md:5:1"


def dead_anchor(root: Path) -> str:
    (root / "docs" / "own.md").write_text("# Own\n\n[where](#nowhere)\n")
    return "docs/own.md:3:1"


def same_address(root: Path) -> str:
    (root / "docs" / "questions.md").write_text("# Mine\n")
    return "docs/questions.md:1:1"


def bad_config(root: Path) -> str:
    (root / "mkdocs.yml").write_text("site_name: [\n")
    return "mkdocs.yml:1:1"


def unknown_plugin(root: Path) -> str:
    (root / "mkdocs.yml").write_text("site_name: x\nplugins: [no-such-plugin]\n")
    return "mkdocs.yml:1:1"


@pytest.mark.parametrize("harm", [dead_link, dead_anchor, same_address, bad_config, unknown_plugin])
def test_a_fault_is_told_and_the_old_site_stays(
    tmp_path: Path,
    small_site: Path,
    capsys: pytest.CaptureFixture[str],
    harm: Callable[[Path], str],
) -> None:
    root = projects.write(tmp_path)
    (root / "docs").mkdir()
    shutil.copytree(small_site, root / "site")
    before = contents(root / "site")
    place = harm(root)
    assert build(root, as_of=DAY) == 1
    assert place in capsys.readouterr().err
    assert contents(root / "site") == before


def test_a_second_build_touches_nothing_of_the_tree(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    projects.built(root)
    tree = root / "build" / "en"
    files = [tree / "mkdocs.yml", *(tree / "docs").rglob("*"), *(tree / "theme").rglob("*")]
    before = {path: path.stat().st_mtime_ns for path in files}
    projects.built(root)
    assert {path: path.stat().st_mtime_ns for path in files} == before


def test_it_builds_somewhere_else(tmp_path: Path) -> None:
    root = projects.write(tmp_path / "project")
    assert build(root, as_of=DAY, output=tmp_path / "out" / "here") == 0
    assert (tmp_path / "out" / "here" / "index.html").is_file()
    assert not (root / "site").exists()


def test_a_file_in_the_place_of_the_site_is_kept(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    (root / "site").write_text("precious")
    with pytest.raises(CannotRun, match="not a folder"):
        build(root, as_of=DAY)
    assert (root / "site").read_text() == "precious"


def test_a_question_that_leads_nowhere_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from aboveboard.answers import home
    from aboveboard.answers.model import Answer, Sentence
    from aboveboard.findings import Location

    here = Location("policy_data/policy.yml", 10)
    said = Sentence("Go there.", link="controls/gone", source=here)
    monkeypatch.setattr(home, "leads", lambda _: [Answer("Where?", (said,))])
    assert build(projects.write(tmp_path), as_of=DAY) == 1
    told = capsys.readouterr().err
    assert "broken-link" in told and "policy_data/policy.yml:10" in told
