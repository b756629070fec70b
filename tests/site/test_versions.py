"""The site tells its versions: the change log, the pages of the past, and since when words hold."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.review import releases

from aboveboard.commands.build import build
from aboveboard.findings import Finding
from aboveboard.load import load_project
from aboveboard.review.releases import form
from aboveboard.site import render
from aboveboard.site.book import make as make_book
from aboveboard.site.history import EACH, History
from aboveboard.site.log import turn
from aboveboard.site.page import Page
from aboveboard.site.pages import all_pages, versions
from aboveboard.site.render import Renderer

from . import projects
from .projects import Reader

DAY = date(2026, 12, 5)


def built(root: Path, day: date = DAY) -> dict[str, Reader]:
    assert build(root, as_of=day) == 0
    return projects.pages(root / "site")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with three releases, and its site."""
    folder = releases.three(tmp_path_factory.mktemp("three"))
    built(folder)
    return folder


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, Reader]:
    return projects.pages(root / "site")


def history(root: Path, day: date = DAY) -> History:
    return History(load_project(root, day))


def words(pages: dict[str, Reader], path: str) -> str:
    return tidy(pages[f"{path}/index.html" if path else "index.html"])


def tidy(page: Reader) -> str:
    """The words of a page without the spaces that stand where a tag ended."""
    return page.words.replace(" .", ".").replace(" ,", ",")


# -- the change log ------------------------------------------------------------------------------


def test_the_log_says_what_changed_in_plain_words(pages: dict[str, Reader]) -> None:
    said = words(pages, "changes")

    assert said.index("Version 1.2.0") < said.index("Version 1.1.0") < said.index("Version 1.0.0")
    assert (
        "Shorter In our servers, we now keep what you write in notes and your name and e-mail "
        "address 6 months, before 1 year." in said
    )
    assert "What we called “training the helper” is now called “teaching the helper”." in said
    assert "In force from 1 November 2026 to 30 November 2026." in said
    assert "In force since 1 December 2026." in said
    assert "Note 1." in said


def test_the_log_has_the_reason_that_people_are_told(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    releases.set_version(root, "1.3.0")
    releases.set_effective(root, date(2027, 2, 1))
    policy = root / "policy_data/policy.yml"
    releases.rewrite(policy, "keep: P6M", "keep: P9M")
    record = {
        "what": "retention/notes/keep.default",
        "reason": "We look at three quarters.",
        "announced": "2026-12-05",
        "effective": "2027-02-01",
        "told-by": "e-mail",
        "earlier-data": "old-rule",
    }
    (root / "policy_data/changes.yml").write_text(json.dumps({"changes": {"longer": record}}))
    assert releases.release(root, DAY)[1] == 0

    said = words(built(root), "changes")

    assert "Longer In our servers, we now keep" in said
    assert "Why: We look at three quarters. Data from before keeps the old rule." in said
    assert "Why: We look" in (root / "site/changes.xml").read_text("utf-8")


def test_no_word_of_the_log_judges(pages: dict[str, Reader]) -> None:
    for path in ("changes", "compare/1.0.0/1.2.0"):
        said = words(pages, path).casefold()
        for word in ("protect", "better", "worse", "stronger", "weaker", "strengthen", "weaken"):
            assert word not in said, (path, word)


def test_names_of_the_pipeline_are_not_in_the_log(tmp_path: Path) -> None:
    """What is bound where changes a release, and is for nobody else."""
    root = releases.three(tmp_path)
    releases.set_version(root, "1.3.0")
    releases.rewrite(root / "policy_data/bindings.yml", r"messages\.text\b", "posts.text")
    for file in ("bindings", "pipeline"):
        path = root / ("pipeline" if file == "pipeline" else "policy_data") / f"{file}.yml"
        path.write_text(path.read_text("utf-8").replace("messages", "secret_posts"), "utf-8")
    releases.rewrite(root / "policy_data/bindings.yml", r"posts\.text", "secret_posts.text")
    text = (root / "policy_data/bindings.yml").read_text("utf-8")
    (root / "policy_data/bindings.yml").write_text(
        text.replace("secret_secret_", "secret_"), "utf-8"
    )
    assert releases.release(root, DAY)[1] == 0
    built(root)

    assert "secret_posts" in releases.file(root, "1.3.0").read_text("utf-8")
    for path in (root / "site").rglob("*"):
        if path.is_file():
            assert b"secret_posts" not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("90 days", "30 days", "Shorter"),
        ("1 year", "18 months", "Longer"),
        ("12 hours", "1 day and 12 hours", "Longer"),
        ("", "30 days", "New"),
        ("30 days", "", "No longer said"),
        ("30 days", "no limit", "Changed"),
        ("24 hours", "1 day", "Changed"),
        ("k 20", "k 50", "Changed"),
        ("30 days of use", "40 days of use", "Changed"),
    ],
)
def test_a_turn_is_a_fact(before: str, after: str, word: str) -> None:
    assert turn(before, after) == word


def test_a_site_without_releases_says_nothing_of_them(small_site: Path) -> None:
    pages = projects.pages(small_site)

    assert not [p for p in pages if p.split("/")[0] in ("changes", "versions", "compare")]
    assert not (small_site / "changes.xml").exists()
    for path, page in pages.items():
        assert "This wording" not in page.words and "What changed\n" not in page.words, path
        assert not [t for t, a in page.tags if t == "link" and a.get("rel") == "alternate"]


# -- past versions -------------------------------------------------------------------------------


def test_a_past_version_is_whole_and_says_that_it_is_past(pages: dict[str, Reader]) -> None:
    old, now = pages["versions/1.1.0/index.html"], pages["versions/1.2.0/index.html"]

    assert "This is a past version, in force from 1 November 2026 to 30 November 2026." in tidy(old)
    assert "training the helper" in tidy(old)
    assert "teaching the helper" not in tidy(old)
    assert "This is the newest version, in force since 1 December 2026." in tidy(now)
    assert "teaching the helper" in tidy(now)
    assert ("meta", {"name": "robots", "content": "noindex"}) in old.tags
    assert "Compared 5 December 2026" not in tidy(old)


def test_it_is_made_from_the_record_alone(tmp_path: Path) -> None:
    """Its words are those of the file, whatever today's code or policy would say."""
    root = releases.three(tmp_path)
    file = releases.file(root, "1.2.0")

    def rewritten(content: dict) -> None:  # type: ignore[type-arg]
        part = content["text"]["en"]["chapters"][1]["parts"][0]
        part["answer"]["short"] = [{"lead": "Aha.", "text": "Words of another program."}]

    releases.reseal(file, rewritten)

    assert "Aha. Words of another program." in words(built(root), "versions/1.2.0")


def test_its_links_lead_to_its_own_parts(root: Path, pages: dict[str, Reader]) -> None:
    for path, page in pages.items():
        if path.startswith("versions/"):
            inside = [link for link in page.links() if link.startswith("#part-")]
            assert inside and {link[1:] for link in inside} <= page.ids


def test_a_version_that_never_held_says_so(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    releases.set_effective(root, date(2027, 3, 1))
    releases.release(root, date(2026, 11, 1))
    releases.set_version(root, "1.0.1")
    assert releases.release(root, date(2026, 12, 1))[1] == 0

    steps = history(root).steps
    pages = built(root)

    assert steps[0].never_held and steps[0].last_day is None
    assert "It never came into force" in words(pages, "versions/1.0.0")
    assert "It never came into force." in words(pages, "changes")


def test_a_version_that_still_holds_says_until_when(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    releases.set_version(root, "2.0.0")
    releases.set_effective(root, date(2027, 2, 1))
    assert releases.release(root, DAY)[1] == 0

    pages = built(root)

    assert (
        "This version ends soon. It is in force from 1 December 2026 to 31 January 2027."
        in words(pages, "versions/1.2.0")
    )
    assert "This is the newest version, in force from 1 February 2027." in words(
        pages, "versions/2.0.0"
    )


def test_the_first_version_holds_since_the_day_that_it_says(tmp_path: Path) -> None:
    """A later one holds at most since its release: until then another one did."""
    root = projects.write(tmp_path)
    releases.set_effective(root, date(2025, 1, 1))
    releases.release(root, date(2026, 11, 1))
    releases.set_version(root, "1.1.0")
    releases.set_effective(root, date(2026, 11, 15))
    assert releases.release(root, date(2026, 12, 1))[1] == 0

    assert [step.since for step in history(root).steps] == [date(2025, 1, 1), date(2026, 12, 1)]


# -- comparisons ---------------------------------------------------------------------------------


def test_any_two_versions_can_be_compared(pages: dict[str, Reader]) -> None:
    found = {p for p in pages if p.startswith("compare/") and p.count("/") > 1}

    assert found == {
        f"compare/{pair}/index.html" for pair in ("1.0.0/1.1.0", "1.0.0/1.2.0", "1.1.0/1.2.0")
    }
    both = words(pages, "compare/1.0.0/1.2.0")
    assert "6 months, before 1 year" in both and "is now called “teaching the helper”" in both
    chooser = pages["compare/index.html"]
    assert {"1.0.0/1.1.0/", "1.0.0/1.2.0/", "1.1.0/1.2.0/"} <= {*chooser.links()}


def test_of_many_versions_a_bounded_number_of_pairs_is_compared(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    last = releases.file(root, "1.2.0")
    for number in range(4, 16):
        content = json.loads(last.read_text("utf-8"))
        head = content["head"] | {"number": number, "previous": content.pop("digest")}
        version = f"1.{number}.0"
        raw = form.sealed({**content, "head": head | {"version": version}})
        last = releases.file(root, version)
        last.write_bytes(raw)

    found = history(root)
    pairs = [(a.version, b.version) for a, b in found.pairs()]

    assert len(found.steps) == 15
    assert len(pairs) == len(set(pairs)) == EACH * (EACH - 1) // 2 + 2 * (15 - EACH)
    assert ("1.0.0", "1.1.0") in pairs and ("1.0.0", "1.15.0") in pairs
    assert ("1.0.0", "1.2.0") not in pairs


# -- since when words hold -----------------------------------------------------------------------


def test_each_answer_says_since_when_its_words_hold(root: Path, pages: dict[str, Reader]) -> None:
    found = history(root)

    assert found.released and found.unreleased == set()
    assert found.since("questions/what-i-lose") == (date(2026, 10, 1),)
    assert found.since("retention") == (date(2026, 11, 1),)
    assert found.since("uses/train") == (date(2026, 12, 1),)
    assert found.since("retention", "uses/train") == (date(2026, 12, 1),)
    assert found.since("questions/no-such-question") is None
    assert "This wording since 1 November 2026." in words(pages, "retention")
    assert "This wording since 1 October 2026" in words(pages, "questions/my-choices")
    assert "Newest wording on this page: since 1 December 2026." in words(pages, "controls")


def test_words_that_came_back_hold_since_they_came_back(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    releases.set_version(root, "1.3.0")
    releases.set_effective(root, date(2027, 1, 1))
    releases.rewrite(root / "policy_data/policy.yml", "P6M", "P1Y")
    assert releases.release(root, date(2027, 1, 1))[1] == 0

    assert history(root, date(2027, 1, 2)).since("retention") == (date(2027, 1, 1),)


def test_a_later_day_alone_makes_no_new_words(root: Path) -> None:
    found = history(root, date(2031, 1, 1))

    assert found.released and found.unreleased == set() and found.pending is None


def test_what_is_not_released_is_said_on_its_page_and_by_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = releases.three(tmp_path)
    releases.rewrite(root / "policy_data/policy.yml", "P6M", "P3M")

    pages = built(root)

    found = history(root)
    assert "retention" in found.unreleased and "uses/train" not in found.unreleased
    assert "This wording is not in a version yet." in words(pages, "retention")
    assert "This wording since 1 December 2026." in words(pages, "uses/train")
    assert "Some wording on this page is not in a version yet." in words(pages, "data")
    said = words(pages, "changes")
    assert "Not in a version yet" in said and "3 months, before 6 months" in said
    assert "warning: this site is not what release '1.2.0' records" in capsys.readouterr().err


def test_pages_about_versions_and_of_machines_are_of_no_wording(root: Path) -> None:
    from aboveboard.site.book import make

    book = make(load_project(root, DAY))

    assert book.wording(Page("changes", "", "", "", group="changes")) is None


def test_the_newest_digest_stands_on_the_site(root: Path, pages: dict[str, Reader]) -> None:
    digest = json.loads(releases.file(root, "1.2.0").read_text("utf-8"))["digest"]

    for path in ("changes", "check", "versions/1.2.0"):
        assert digest in words(pages, path)
    assert digest in (root / "site/changes.xml").read_text("utf-8")


# -- releases that cannot be told ----------------------------------------------------------------


def test_a_forged_release_stops_the_build_and_the_old_site_stays(tmp_path: Path) -> None:
    from aboveboard.commands.common import CannotRun

    root = releases.three(tmp_path)
    built(root)
    before = {f: f.read_bytes() for f in (root / "site").rglob("*") if f.is_file()}
    releases.reseal(releases.file(root, "1.2.0"), lambda c: c["text"].update(en=7))

    with pytest.raises(CannotRun, match=r"1\.2\.0\.json:\d+:\d+: a mapping belongs at 'en'"):
        build(root, as_of=DAY)

    assert {f: f.read_bytes() for f in (root / "site").rglob("*") if f.is_file()} == before


def test_a_release_that_this_version_cannot_compare_keeps_its_text(tmp_path: Path) -> None:
    """A later language of policies can refuse what an earlier one took."""
    root = releases.three(tmp_path)

    def older(content: dict) -> None:  # type: ignore[type-arg]
        content["policy"]["controls"]["training"]["kind"] = "lever"

    releases.reseal(releases.file(root, "1.0.0"), older)
    previous = form.claimed(releases.file(root, "1.0.0").read_bytes())
    for version in ("1.1.0", "1.2.0"):
        releases.reseal(
            releases.file(root, version), lambda c, p=previous: c["head"].update(previous=p)
        )
        previous = form.claimed(releases.file(root, version).read_bytes())

    pages = built(root)

    assert "This program cannot compare these versions." in words(pages, "changes")
    assert "training the helper" in words(pages, "versions/1.0.0")


def test_a_page_that_is_remembered_is_the_one_that_would_be_made(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A preview makes the page of a version once; another day or a correction makes it anew."""
    asked: list[str] = []
    make = versions._chapters

    def chapters(*args: Any) -> Any:
        asked.append(args[1].version)
        return make(*args)

    monkeypatch.setattr(versions, "_chapters", chapters)

    def written(day: date) -> tuple[dict[str, str], list[Finding]]:
        book = make_book(load_project(root, day))
        made = all_pages(book)
        renderer = Renderer(book, made, tmp_path / "templates")
        texts = {page.path: renderer.markdown(page) for page in made}
        return texts, list(renderer.dead_links())

    render._KNOWN.clear()
    first = written(DAY)
    count = len(asked)
    assert count > 1 and first[1] == []
    assert written(DAY) == first and len(asked) == count
    later = written(DAY + timedelta(days=400))
    render._KNOWN.clear()
    assert written(DAY + timedelta(days=400)) == later and len(asked) == 3 * count
