"""What stands on the pages of a built site."""

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from aboveboard import schemas
from aboveboard.answers.compose import compose
from aboveboard.load import load_project

from . import projects
from .projects import BINDINGS, DAY, PIPELINE, Reader

# "Prove" and its kin promise more than a comparison of settings can give.
TOO_MUCH = re.compile(r"\b(prove[dns]?|verified|certified|guarantee[ds]?)\b", re.IGNORECASE)
ENGINE = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")


@pytest.fixture(scope="module", params=["small_site", "demo_site"])
def site(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Reader]:
    return projects.pages(site)


def target(page: str, link: str) -> tuple[str, str]:
    """The file and part that a link of a page leads to."""
    found = urlsplit(link)
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), found.path))
    if not found.path:
        path = "/" + page
    elif link.partition("#")[0].endswith("/") or not posixpath.splitext(path)[1]:
        path = posixpath.join(path, "index.html")
    return path.lstrip("/"), found.fragment


def test_every_link_leads_somewhere(site: Path, pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        for link in reader.links():
            if urlsplit(link).scheme or (page == "404.html" and link.startswith("/")):
                continue
            path, part = target(page, link)
            assert (site / path).is_file(), f"{page}: {link}"
            if part and path in pages:
                assert part in pages[path].ids, f"{page}: {link}"


def test_the_schemas_of_the_files_are_published(site: Path) -> None:
    for name in schemas.NAMES:
        published = site / "schemas" / f"{name}.schema.json"
        assert published.read_bytes() == schemas.file(name).read_bytes()
    assert not (site / "editors").exists()


def test_no_id_stands_twice(pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        ids = [a["id"] for _, a in reader.tags if "id" in a]
        assert len(ids) == len(set(ids)), page


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Reader]) -> None:
    loading = {"script", "link", "img", "iframe", "source", "video", "object", "form"}
    for page, reader in pages.items():
        for tag, attributes in reader.tags:
            for name in ("src", "href", "srcset", "data", "action"):
                if tag in loading and attributes.get("rel") != "canonical":
                    address = attributes.get(name) or ""
                    assert not re.match(r"(https?:)?//", address), f"{page}: {address}"


def test_each_page_has_a_title_a_heading_and_a_way_to_object(pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        assert [tag for tag, _ in reader.tags].count("h1") == 1, page
        assert "Something here is wrong?" in reader.words, page
        assert "Compared with settings on 2 December 2026" in reader.words, page


def test_public_words_promise_no_more_than_a_comparison(pages: dict[str, Reader]) -> None:
    for page, reader in pages.items():
        assert not TOO_MUCH.findall(reader.words), page


def test_no_statement_says_anonymous(site: Path) -> None:
    said = re.compile(
        r'class="ab-(?:short|pair__say|word|verdict)"[^>]*>(.*?)</(?:p|b)>', re.DOTALL
    )
    for path in site.rglob("*.html"):
        for statement in said.findall(path.read_text("utf-8")):
            assert "anonymous" not in projects.prose(statement).casefold(), path


def test_each_exception_stands_open_in_the_block_of_its_answer(site: Path) -> None:
    html = (site / "everything" / "index.html").read_text("utf-8")
    answers = re.findall(r'<section class="ab-answer".*?</section>', html, re.DOTALL)
    assert any("ab-except" in answer for answer in answers)
    for answer in answers:
        say, _, rest = answer.partition('<p class="ab-board"')
        assert "ab-except" not in rest and "<details" not in say


def test_every_claim_is_on_the_check_page(site: Path) -> None:
    project = load_project(site.parent, DAY)
    check = (site / "check" / "index.html").read_text("utf-8")
    assert check.count('<li class="ab-pair"') == len(project.proof.judged)
    words = projects.prose(check)
    for judged in project.proof.judged.values():
        assert " ".join(judged.claim.statement.split()) in words


def test_answers_are_found_in_the_words_that_people_use(site: Path) -> None:
    (index,) = (site / "assets").glob("search.*.json")
    found = {row[0]: row for row in json.loads(index.read_text("utf-8"))}
    for question in compose(load_project(site.parent, DAY)):
        row = found[f"questions/{question.group}/#{question.id}"]
        assert row[1] == question.asks
        known = [other.strip() for other in question.paraphrases]
        assert row[3].splitlines()[: len(known)] == known  # further wordings stand behind them
    assert not [location for location in found if location.startswith(("everything", "a-z"))]


def test_a_to_z_and_everything_hold_every_question(site: Path, pages: dict[str, Reader]) -> None:
    for question in compose(load_project(site.parent, DAY)):
        assert question.asks in pages["a-z/index.html"].words
        assert question.asks in pages["everything/index.html"].words


SECRETS = {
    "s3cr3t-bucket": "dataset",
    "acme-internal": "path",
    "sk-live-4242": "value",
    "hunter2": "comment",
    "ssn_last_four": "field",
    "eu-north-9": "region",
    "nightly-scrub-v7": "step",
}


def test_nothing_of_an_unpublished_file_reaches_the_site(tmp_path: Path) -> None:
    pipeline = (
        PIPELINE.replace("training_set", "s3cr3t-bucket")
        .replace("redact-mail", "nightly-scrub-v7")
        .replace("user_id", "ssn_last_four")
        .replace("entities: [email]", "entities: [email, sk-live-4242]")
        .replace("role: source", "role: source # hunter2\n    regions: [eu-north-9]")
    )
    bindings = (
        BINDINGS.replace("training_set", "s3cr3t-bucket")
        .replace("redact-mail", "nightly-scrub-v7")
        .replace("user_id", "ssn_last_four")
        .replace("pipeline/*.yml", "pipeline/acme-internal.yml")
    )
    root = projects.write(tmp_path, bindings=bindings)
    (root / "pipeline" / "pipeline.yml").unlink()
    (root / "pipeline" / "acme-internal.yml").write_text(pipeline)
    assert all(secret in pipeline + bindings for secret in SECRETS)
    site = projects.built(root)
    for folder in (site, root / "build"):
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.startswith(ENGINE):
                found = [s for s in SECRETS if s.encode() in path.read_bytes()]
                assert not found, f"{path}: {found}"


def test_settings_of_a_published_file_are_shown(tmp_path: Path) -> None:
    root = projects.write(tmp_path, bindings=BINDINGS + "  publish: [pipeline/*.yml]\n")
    check = projects.pages(projects.built(root))["check/index.html"]
    assert "pipeline/pipeline.yml, line" in check.words
