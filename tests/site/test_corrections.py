"""A promise that is not kept stands nowhere on the site; a correction stands in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.test_demo import CHANGES, Change

from aboveboard.answers import entities
from aboveboard.answers.compose import compose
from aboveboard.answers.home import leads
from aboveboard.answers.model import Sentence
from aboveboard.answers.rules import rules
from aboveboard.answers.wording import upper
from aboveboard.commands.build import build
from aboveboard.commands.check import check
from aboveboard.load import load_project
from aboveboard.project import Project
from aboveboard.proof.model import FAILING
from aboveboard.site.book import make
from aboveboard.site.label import label
from aboveboard.site.pages import all_pages
from aboveboard.site.render import Renderer

from . import projects
from .projects import DAY, ROOT, prose
from .test_machines import faults, policy_json

HEALTHY = load_project(ROOT, DAY)
TRUTH = "At present our machines do another thing with your data."


def said(project: Project) -> Iterator[Sentence]:
    """Every sentence that the site prints, with the claims behind it."""
    answers = [*(question.answer for question in compose(project)), *leads(project)]
    answers += [entities.use_answer(project, id_) for id_ in project.policy.uses]
    answers += [entities.control_answer(project, id_) for id_ in project.policy.controls]
    answers += [entities.data_answer(project, id_) for id_ in project.policy.data]
    topics = (
        entities.anonymisation,
        entities.retention,
        entities.recipients,
        entities.safeguards,
    )
    answers += [topic(project) for topic in topics]
    for answer in answers:
        yield from answer.sentences()
    yield from (row.sentence for row in label(project).rows)
    found = rules(project)
    for matrix in found.matrices:
        yield from (statement.sentence for statement in matrix.statements())
    yield from (s.sentence for _, cell in found.same for s in (*cell.said, *cell.open))


def broken(root: Path, change: Change) -> Project:
    """A copy of the demo in which a change of the pipeline breaks promises."""
    file = projects.demo(root) / "pipeline" / change.file
    before = file.read_text()
    after = before.replace(change.old, change.new, 1 if change.file == "service.yml" else -1)
    if "partner" in change.new:
        after = after.replace("  web_search: {", "  partner: {role: external}\n  web_search: {")
    file.write_text(after)
    return load_project(root, DAY)


def failing(project: Project) -> set[str]:
    return {id_ for id_, judged in project.proof.judged.items() if judged.verdict in FAILING}


def correct(project: Project, *, since: str = "2026-11-03", expires: str = "2026-12-24") -> None:
    """Writes a correction of all claims that fail by themselves."""
    judged, root = project.proof.judged, project.proof.root
    claims = [id_ for id_ in failing(project) if root(judged[id_]) is judged[id_]]
    correction = {
        "claims": sorted(claims),
        "since": since,
        "instead": TRUTH,
        "owner": "Data team",
        "expires": expires,
    }
    text = json.dumps({"corrections": {"not-kept": correction}})
    (project.root / "policy_data" / "corrections.yml").write_text(text)


def false(project: Project) -> set[str]:
    """What a reader must not find: sentences of the sound demo that rest on what fails now.

    What is said of other claims that hold is no lie, nor is the name of a step; and one of a few
    words stands inside others.
    """
    wrong = failing(project)
    texts = {s.whole for s in said(HEALTHY) if wrong.intersection(s.claims)}
    claims = {id_: judged.claim.statement for id_, judged in HEALTHY.proof.judged.items()}
    texts |= {claims[id_] for id_ in wrong if id_ in claims}
    texts -= {upper(step.name) for step in HEALTHY.policy.steps.values()}
    sound = {s.whole for s in said(project) if s.claims and not wrong.intersection(s.claims)}
    sound |= {statement for id_, statement in claims.items() if id_ not in wrong}
    return {t for t in texts if len(t.split()) > 3 and not any(t in other for other in sound)}


def printed(project: Project, folder: Path) -> dict[str, str]:
    """The words of every page, before the engine makes the site of them."""
    book = make(project)
    pages = all_pages(book)
    renderer = Renderer(book, pages, folder / "cache")
    return {page.path: prose(renderer.markdown(page)) for page in pages if not past(page.path)}


def past(path: str) -> bool:
    """Whether a page says what held once, as it was said then: a later version took its place."""
    return path.startswith("versions/") and "1.0.0" not in path


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_no_false_sentence_is_left_on_any_page(tmp_path: Path, change: Change) -> None:
    project = broken(tmp_path, change)
    assert failing(project)
    correct(project)
    project = load_project(tmp_path, DAY)
    assert failing(project) == project.corrected.keys()

    pages = printed(project, tmp_path)

    left = {text: path for text in false(project) for path, words in pages.items() if text in words}
    assert left == {}
    assert any(TRUTH in words for words in pages.values()) or not any(
        s.correction for s in said(project)
    )


def test_the_built_site_says_what_is_true_and_shows_no_badge(tmp_path: Path) -> None:
    project = broken(tmp_path, CHANGES[0])
    correct(project)
    assert build(tmp_path, as_of=DAY) == 0
    site = tmp_path / "site"
    wrong = false(project)
    assert len(wrong) > 3

    files = [
        f for f in site.rglob("*") if f.suffix in (".html", ".json", ".jsonld", ".txt", ".xml")
    ]
    files = [f for f in files if not past(f.relative_to(site).as_posix())]
    assert {"policy.json", "llms.txt", "index.html"} <= {file.name for file in files}
    for file in files:
        words = prose(file.read_text("utf-8"))
        assert not [text for text in wrong if text in words], file
    home = (site / "index.html").read_text("utf-8")
    assert "This is not kept at present, since 3 November 2026." in home
    assert 'data-verdict="corrected"' in home
    assert faults(policy_json(site)) == []
    (index,) = (site / "assets").glob("search.*.json")
    assert TRUTH in index.read_text("utf-8")


def test_without_a_correction_nothing_is_built(tmp_path: Path) -> None:
    broken(tmp_path, CHANGES[0])
    assert build(tmp_path, as_of=DAY) == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(("since", "expires"), [("2026-11-03", "2026-12-01"), ("2026-12-03", "2026-12-24")])  # fmt: skip
def test_a_correction_that_has_run_out_or_not_begun_corrects_nothing(
    tmp_path: Path, since: str, expires: str
) -> None:
    correct(broken(tmp_path, CHANGES[0]), since=since, expires=expires)
    project = load_project(tmp_path, DAY)

    assert project.corrected == {}
    assert build(tmp_path, as_of=DAY) == 1


def test_a_corrected_claim_is_a_note_and_counted(tmp_path: Path) -> None:
    correct(broken(tmp_path, CHANGES[0]))
    text, status = check(tmp_path, DAY, "text", colour=False)
    told = json.loads(check(tmp_path, DAY, "json", colour=False)[0])

    assert status == 0
    assert "note[step-bypassed] not kept" in text
    assert "= corrected: corrections/not-kept" in text
    assert "0 errors, " in text and " corrected; " in text.split("\n")[-2]
    notes = [f for f in told["findings"] if f["rule"] == "step-bypassed"]
    assert {(f["severity"], f["suppression"]) for f in notes} == {("note", "corrections/not-kept")}
    assert told["summary"]["corrected"] == len(told["findings"])
    corrected = [c for c in told["claims"] if c.get("correction")]
    assert {c["id"] for c in corrected} == failing(load_project(tmp_path, DAY))
    assert all(TRUTH in s for c in corrected for s in c["sentences"])


def test_what_cannot_be_shown_is_said_in_other_words(tmp_path: Path) -> None:
    root = projects.write(
        tmp_path, pipeline=projects.PIPELINE.replace("enabled: true", "enabled: '${ON}'")
    )
    project = load_project(root, DAY)
    assert {project.proof.judged[id_].verdict for id_ in failing(project)} == {"unknown"}
    correct(project)

    words = " ".join(printed(load_project(root, DAY), tmp_path).values())

    assert f"We cannot show this at present, since 3 November 2026. {TRUTH}" in words
    assert "not kept at present, since" not in words
