"""Releases: frozen and thawed they say the same, and whatever is wrong with one is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.examples import EXAMPLES
from tests.site import projects
from tests.test_demo import ROOT

from aboveboard import schemas
from aboveboard.answers.model import (
    Answer,
    ClickList,
    Clicks,
    Items,
    Paragraph,
    Sentence,
    Table,
)
from aboveboard.answers.whole import Chapter, Part, whole
from aboveboard.findings import Location
from aboveboard.load import load_project
from aboveboard.pipeline.graph import Fact
from aboveboard.policy import json_schema as of_policy
from aboveboard.project import Project
from aboveboard.proof.model import Cause, Claim, Hop, Judged, Proof
from aboveboard.review.diff import changes
from aboveboard.review.releases import chain, form, schema, texts, verdicts
from aboveboard.review.releases.cursor import Cursor
from aboveboard.review.releases.form import Head
from aboveboard.review.releases.release import BadRelease, frozen, load, says_the_same, thawed
from aboveboard.review.verdicts import moved
from aboveboard.values import digest

from . import release_examples, releases

DAY = date(2026, 12, 1)
HEAD = Head("1.0.0", DAY, 1, "", "", "a test")
PATH = f"{form.FOLDER}/1.0.0.json"
VALIDATOR = Draft202012Validator(schema.schema(), format_checker=FormatChecker())


@pytest.fixture(scope="module")
def demo() -> Project:
    return load_project(ROOT, DAY)


@pytest.fixture(scope="module")
def raw(demo: Project) -> bytes:
    return frozen(demo, HEAD)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return releases.three(tmp_path)


# -- the form ------------------------------------------------------------------------------------


def test_the_same_project_gives_the_same_bytes(demo: Project, raw: bytes) -> None:
    assert frozen(load_project(ROOT, DAY), HEAD) == raw


def test_anybody_can_recompute_the_digest(raw: bytes) -> None:
    """By the lines of the file, and by its content."""
    lines = raw.split(b"\n")
    content = json.loads(raw)

    without = b"\n".join([lines[0], *lines[2:]])
    said = content.pop("digest")

    assert form.canonical(content) == without
    assert form.actual(raw) == form.claimed(raw) == said == digest(without)


def test_it_is_what_its_schema_says(raw: bytes) -> None:
    content = json.loads(raw)

    assert list(VALIDATOR.iter_errors(content)) == []
    assert list(Draft202012Validator(of_policy.schema()).iter_errors(content["policy"])) == []


def test_the_published_schema_is_the_one_that_is_made() -> None:
    made, published = schemas.text(schema.schema()), schemas.file("release").read_text("utf-8")
    assert published == made, "run `make schema`"


def test_a_thawed_release_says_what_was_frozen(demo: Project, raw: bytes) -> None:
    release = thawed(ROOT, PATH, raw)

    assert release.project.loaded and release.head == HEAD
    assert changes(release.project, demo) == changes(demo, release.project) == []
    assert moved(release.project, demo) == []
    assert says_the_same(demo, release)
    assert release.text["en"] == tuple(unsourced(whole(demo)))


def unsourced(value: Any) -> Any:
    """Chapters without the places that sentences come from: a release keeps none."""
    return texts.thawed(Cursor(texts.frozen(value)))


def test_lines_order_and_form_of_a_policy_do_not_matter(tmp_path: Path) -> None:
    root = releases.three(tmp_path)
    release = load(root, f"{form.FOLDER}/1.2.0.json")
    policy = root / "policy_data/policy.yml"
    releases.rewrite(policy, "policy:", "# moved\n\npolicy:")
    releases.rewrite(policy, r"data: \[notes\]", "data: notes")

    assert says_the_same(load_project(root, DAY), release)

    releases.rewrite(policy, "P6M", "P7M")
    assert not says_the_same(load_project(root, DAY), release)


def test_a_later_day_alone_is_nothing_new(tmp_path: Path) -> None:
    """Sentences say "from" before a day and "since" after it."""
    root = projects.write(tmp_path)
    releases.release(root, date(2026, 11, 1))
    release = load(root, PATH)

    assert says_the_same(load_project(root, date(2027, 1, 1)), release)


def test_each_value_has_its_place(demo: Project, raw: bytes) -> None:
    policy = thawed(ROOT, PATH, raw).project.policy
    lines = raw.decode().split("\n")

    def cut(*path: str | int) -> str:
        place = policy.at(*path)  # type: ignore[arg-type]
        assert place.path == PATH and place.end_column
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]

    assert cut("uses", "train-assistant", "applies", 0, "state") == '"opt-out"'
    assert cut("uses", "train-assistant") == '"train-assistant"'
    assert cut("retention", "usage", "keep", "default") == '"P90D"'
    assert cut("policy", "", "service") == '"Example Assistant"'
    assert cut("retention", "account", "keep") == '"account"'  # not written: where it would be


# -- a release that cannot be read ---------------------------------------------------------------


def at_fault(raw: bytes, change: Callable[[dict[str, Any]], object]) -> tuple[str, str]:
    """What is said of a file whose content was changed by somebody who can compute digests, and
    the line that it is said of."""
    content = json.loads(raw)
    del content["digest"]
    change(content)
    forged = form.sealed(content)
    with pytest.raises(BadRelease) as caught:
        thawed(ROOT, PATH, forged)
    place = caught.value.finding.location
    assert place is not None and place.path == PATH
    assert caught.value.finding.rule == "unreadable-release"
    return caught.value.finding.message, forged.decode().split("\n")[place.line - 1].strip()


def first(content: dict[str, Any], name: str) -> Any:
    return next(iter(content[name].values()))


FORGED: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "a newer format": (
        lambda c: c["head"].update(format=2),
        "this release has format 2, and this version of Aboveboard reads 1",
        '"format": 2,',
    ),
    "a number as text": (
        lambda c: c["head"].update(number="1"),
        "'number' of this release cannot be read",
        '"number": "1",',
    ),
    "no such day": (
        lambda c: c["head"].update(released="2026-02-30"),
        "'2026-02-30' is not a date such as 2026-12-01",
        '"released": "2026-02-30",',
    ),
    "a version that leaves the folder": (
        lambda c: c["head"].update(version="../1"),
        "'version' of this release cannot be read",
        '"version": "../1"',
    ),
    "a key more": (
        lambda c: c.update(more=1),
        "the key 'more' is not known here",
        '"more": 1,',
    ),
    "no verdicts": (lambda c: c.pop("verdicts"), "'verdicts' is missing here", "{"),
    "an unknown verdict": (
        lambda c: first(c, "verdicts").update(verdict="certain"),
        "'certain' is not a known verdict",
        '"verdict": "certain"',
    ),
    "a claim that is text": (
        lambda c: c["verdicts"].update({"a/b": "proved"}),
        "a mapping belongs at 'a/b'",
        '"a/b": "proved",',
    ),
    "a line that is no number": (
        lambda c: first(c, "verdicts")["place"].update(line=True),
        "'line' must be a number from 1",
        '"line": true,',
    ),
    "text that is a number": (
        lambda c: c["text"]["en"]["chapters"][0].update(title=7),
        "'title' must be text",
        '"title": 7',
    ),
    "parts that are no list": (
        lambda c: c["text"]["en"]["chapters"][0].update(parts={}),
        "a list belongs at 'parts'",
        '"parts": {},',
    ),
    "an answer with a key more": (
        lambda c: c["text"]["en"]["chapters"][0]["parts"][0]["answer"].update(html="<b>"),
        "the key 'html' is not known at 'answer'",
        '"html": "<b>",',
    ),
    "an unknown block": (
        lambda c: c["text"]["en"]["chapters"][0]["parts"][0]["answer"].update(
            details=[{"kind": "script"}]
        ),
        "'script' is not a known kind",
        '"kind": "script"',
    ),
    "a row that is too short": (
        lambda c: c["text"]["en"]["chapters"][0]["parts"][0]["answer"].update(
            details=[{"kind": "table", "caption": "", "head": ["a", "b"], "rows": [[{}]]}]
        ),
        "a row has as many cells as its head",
        "[",
    ),
    "a digest of a file that is a list": (
        lambda c: c["inputs"].update({"x.yml": []}),
        "'x.yml' must be text",
        '"x.yml": []',
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_release_is_told_at_its_line(raw: bytes, name: str) -> None:
    change, message, line = FORGED[name]

    assert at_fault(raw, change) == (message, line)


def test_the_head_that_the_chain_reads_is_the_one_that_counts() -> None:
    """JSON takes the last of two keys, and the first lines are the first of them."""
    content = {"head": HEAD.plain(), "inputs": {}, "policy": {}, "text": {}, "verdicts": {}}
    other = {"head": HEAD._replace(version="9.9.9").plain()}
    body = form.canonical(content)[:-3] + b",\n" + form.canonical(other)[2:]
    forged = b'{\n "digest": "' + digest(body).encode() + b'",\n' + body[2:]

    with pytest.raises(BadRelease) as caught:
        thawed(ROOT, PATH, forged)

    assert caught.value.finding.message.startswith("this release has two heads")


@pytest.mark.parametrize(
    "name", [n for n in FORGED if n not in ("no such day", "a row that is too short")]
)
def test_the_schema_refuses_what_the_loader_refuses(raw: bytes, name: str) -> None:
    content = json.loads(raw)
    FORGED[name][0](content)

    assert not VALIDATOR.is_valid(content)


def test_a_policy_that_this_version_does_not_understand_is_a_fault_of_the_project(
    raw: bytes,
) -> None:
    content = json.loads(raw)
    del content["digest"]
    content["policy"]["retention"]["usage"]["keep"]["default"] = "for ever"
    forged = form.sealed(content)

    release = thawed(ROOT, PATH, forged)

    (finding,) = release.project.findings
    assert not release.project.loaded and finding.location
    line = forged.decode().split("\n")[finding.location.line - 1]
    assert line.strip() == '"default": "for ever"'


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda raw: b"", "this release was cut short: its end is missing"),
    "a half": (lambda raw: raw[: len(raw) // 2], "this release was cut short: its end is missing"),
    "without its last line": (
        lambda raw: raw[:-2],
        "this release was cut short: its end is missing",
    ),
    "other ends of lines": (
        lambda raw: raw.replace(b"\n", b"\r\n"),
        "the lines of this file end with CR LF: it was converted",
    ),
    "a merge": (
        lambda raw: raw.replace(b' "head"', b'<<<<<<< ours\n "head"'),
        "a merge conflict was left here",
    ),
    "other JSON": (lambda raw: b'{\n "a": 1\n}\n', "this is no release: its first lines are"),
    "a mark of the order of bytes": (lambda raw: b"\xef\xbb\xbf" + raw, "this is no release"),
    "no digest": (lambda raw: re.sub(rb'"[0-9a-f]{64}"', b'"' + b"z" * 64 + b'"', raw, count=1), "this is no release: its digest is not a SHA-256"),
    "no head": (lambda raw: raw.replace(b' "head"', b' "Head"'), "this is no release: its head"),
    "a byte that is no text": (lambda raw: raw.replace(b'"note": ""', b'"note": "\xff"'), "the head of this release cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_bytes_are_told(tmp_path: Path, raw: bytes, name: str) -> None:
    spoil, message = SPOILT[name]
    releases.folder(tmp_path).mkdir(parents=True)
    releases.file(tmp_path, "1.0.0").write_bytes(spoil(raw))

    with pytest.raises(BadRelease) as caught:
        load(tmp_path, PATH)
    (told,) = chain.read(tmp_path).findings

    assert caught.value.finding.message.startswith(message)
    assert told.message == caught.value.finding.message and told.location
    assert told.location.line == spoil(raw).count(b"\n") + 1 or name not in ("empty", "a half")


def test_any_changed_byte_is_found(tmp_path: Path, raw: bytes) -> None:
    releases.folder(tmp_path).mkdir(parents=True)
    for at in range(len(raw) - 4, 80, -len(raw) // 40):
        spoilt = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        releases.file(tmp_path, "1.0.0").write_bytes(spoilt)
        assert [f.rule for f in chain.read(tmp_path).findings] in (
            ["edited-release"],
            ["unreadable-release"],
        ), at


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    import os

    releases.folder(tmp_path).mkdir(parents=True)
    os.mkfifo(releases.file(tmp_path, "pipe"))
    releases.file(tmp_path, "folder").mkdir()
    releases.file(tmp_path, "link").symlink_to("/etc/hostname")

    found = chain.read(tmp_path)

    assert [f.rule for f in found.findings] == ["unreadable-release"] * 3


# -- the chain -----------------------------------------------------------------------------------


def rules(root: Path) -> list[tuple[str, str]]:
    """Rule and version of what is wrong."""
    return [(f.rule, Path(f.location.path).stem) for f in chain.read(root).findings if f.location]


def test_three_releases_are_a_chain(small: Path) -> None:
    found = chain.read(small)

    assert [e.head.version for e in found.entries] == ["1.0.0", "1.1.0", "1.2.0"]
    assert [e.head.number for e in found.entries] == [1, 2, 3]
    assert [e.head.previous for e in found.entries] == ["", *(e.digest for e in found.entries[:2])]
    assert found.findings == ()
    assert found.named("latest") == found.last == found.entries[2]


def test_a_release_that_was_made_anew_is_edited_however_well_it_is_sealed(small: Path) -> None:
    releases.reseal(releases.file(small, "1.1.0"), lambda c: c["head"].update(note="another"))

    assert rules(small) == [("edited-release", "1.1.0")]


def test_a_chain_that_was_made_anew_from_its_start_is_whole(small: Path) -> None:
    """What a chain cannot do; the docs say so, and the newest digest is published."""
    before = chain.read(small).entries[-1].digest
    previous = ""
    for entry in chain.read(small).entries:
        releases.reseal(
            small / entry.path,
            lambda c, p=previous: c["head"].update(note="another", previous=p),
        )
        previous = form.claimed((small / entry.path).read_bytes())

    assert rules(small) == []
    assert chain.read(small).entries[-1].digest != before


def test_the_first_release_is_missed(small: Path) -> None:
    releases.file(small, "1.0.0").unlink()

    assert rules(small) == [("missing-release", "1.1.0")]


def test_a_file_that_cannot_be_read_may_be_the_missing_one(small: Path) -> None:
    releases.file(small, "1.1.0").write_bytes(b"{")

    assert rules(small) == [("unreadable-release", "1.1.0")]


def test_dates_that_run_backwards(small: Path) -> None:
    releases.reseal(
        releases.file(small, "1.2.0"), lambda c: c["head"].update(released="2026-10-15")
    )

    assert rules(small) == [("reordered-release", "1.2.0")]


def test_a_number_that_is_not_the_next(small: Path) -> None:
    releases.reseal(releases.file(small, "1.2.0"), lambda c: c["head"].update(number=9))

    assert rules(small) == [("reordered-release", "1.2.0")]


@pytest.mark.parametrize("rule", release_examples.BAD)
@pytest.mark.parametrize("name", ["ok", "bad"])
def test_the_examples_of_rules_are_as_they_are_made(rule: str, name: str) -> None:
    files = release_examples.files(rule, name)
    folder = EXAMPLES / rule / name / form.FOLDER
    found = {path.stem: path.read_bytes() for path in folder.iterdir()}

    assert found == files, "run `python -m tests.review.release_examples`"


def test_every_field_of_an_answer_is_kept() -> None:
    said = Sentence("text", ("a/b",), "Lead.", "controls/x", None, True, "a-correction")
    answer = Answer(
        "question",
        (said,),
        Items("but", (said,)),
        (
            Paragraph((said,), "title"),
            Items("title", (said,)),
            Table("caption", ("a", "b"), ((said, said),)),
            ClickList("title", (Clicks("web", ("Open it",), "https://x.example"),)),
        ),
        "some people",
        "a fact",
    )
    empty = [
        (type(part).__name__, field.name)
        for part in (said, answer)
        for field in fields(part)
        if field.compare and not getattr(part, field.name) and field.name != "source"
    ]
    chapters = (Chapter("title", (Part("a/b", "title", answer),)),)

    assert empty == [], "a new field: give it a value here"
    assert texts.thawed(Cursor(texts.frozen(chapters))) == chapters


def test_every_field_of_a_claim_is_kept() -> None:
    place = Location("a.yml", 3, 4)
    fact = Fact("text", "observed", place)
    claim = Claim("id", "never-used", "says", place, "u", "r", "d", "s", "t", "few")
    hop = Hop("node", "field", place)
    causes = (Cause("unbound", "n"),)
    judged = Judged(claim, "violated", "described", "why", (fact,), (hop,), fact, "other", causes)

    found = verdicts.thawed(Cursor(verdicts.frozen(Proof({"id": judged}))))

    assert all(value for value in (*claim, *judged)), "a new field: give it a value here"
    assert found.judged == {"id": judged._replace(witness=(), causes=())}
