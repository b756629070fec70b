"""The redline as a document: it stands alone, shows hostile words as typed, and says all aloud."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from tests.examples import TODAY
from tests.reporters.test_diff import HOSTILE, difference
from tests.site.vectors import VECTORS

from aboveboard.answers.model import Answer, Sentence
from aboveboard.findings import Finding, Location
from aboveboard.policy.review import ChangeRecord
from aboveboard.reporters.diff import REPORTERS
from aboveboard.review.difference import Difference
from aboveboard.review.passages import parts
from aboveboard.review.redline import Passage, Redline, Rest, Told
from aboveboard.review.words import compared


class Tags(HTMLParser):
    """Every element with its attributes, and the text outside of style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.open = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open = tag

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        self.text += data if self.open != "style" else ""


def document(words: str = "We keep chats 30 days.", *, passages: bool = True) -> str:
    found = difference(words)
    before = Answer("How long?", (Sentence("We keep chats 90 days."), Sentence("Stays.")))
    after = Answer(words, (Sentence(words), Sentence("Stays.")))
    title = compared(before.question, after.question)
    passage = Passage("questions/how-long", title, "", tuple(parts(before, after)), (0, 1))
    rests = {"a/b": tuple(Rest(f"{words} {n}", words) for n in range(7))}
    line = Redline(TODAY, None, None, (passage,) if passages else None, rests, told(words))
    return render(found._replace(redline=line))


def told(words: str) -> dict[str, Told]:
    """Of one change everybody is told, of another nobody."""
    record = ChangeRecord.model_construct(
        what=["uses/a/data"],
        scope=[],
        reason=words,
        announced=None,
        effective=TODAY,
        told_by=["e-mail", "site"],
        earlier_data="old-rule",
    )
    return {
        "retention/a/keep": Told(True, "30 days", (record,), True),
        "uses/a/data": Told(True, "30 days", (), False),
        "claims/a/b": Told(False, "1 month", (), False),
    }


def render(found: Difference) -> str:
    return REPORTERS["html"](found, False)


def test_it_stands_alone() -> None:
    """No script, nothing loaded, links only within; a browser is told so too."""
    found = Tags(document())

    names = [tag for tag, _ in found.tags]
    assert not {"script", "img", "link", "iframe", "form", "base"} & {*names}
    assert names.count("style") == 1 and "url(" not in document() and "@import" not in document()
    hrefs = [attrs["href"] for _, attrs in found.tags if "href" in attrs]
    assert hrefs and all(href and href.startswith("#") for href in hrefs)
    ids = {attrs["id"] for _, attrs in found.tags if "id" in attrs}
    assert {href[1:] for href in hrefs if href} <= ids
    assert "default-src 'none'; style-src 'unsafe-inline'" in document()


def test_it_says_words_that_went_and_that_came() -> None:
    text = document()
    assert "We keep chats <del>90</del><ins>30</ins> days." in text
    assert re.search(r"del::before \{ content: .*gone", text)  # for whoever hears it


def test_effects_are_words_and_what_weakens_comes_first() -> None:
    found = Tags(document()).text
    assert found.index("Weakens") < found.index("Strengthens")
    assert "policy_data/uses.yml, line 3" in found and "Free" in found
    assert "Matches the settings" in found and "Fails" in found
    assert "2 more" in found  # of seven sentences that rest on the claim, five are shown


def test_each_change_says_how_people_are_told_of_it() -> None:
    text = " ".join(Tags(document("Why not.")).text.split())
    assert "By e-mail and on this site: it holds from 1 December 2026. Data collected before: the old rule goes on for it. “Why not.”" in text  # fmt: skip
    assert "Nobody yet. 30 days of notice are due." in text
    assert "Whether it is needed a person judges. 1 month of notice is due." in text


@pytest.mark.parametrize("words", [HOSTILE, *VECTORS])
def test_hostile_words_are_text(words: str) -> None:
    plain, hostile = Tags(document()), Tags(document(words))

    assert [tag for tag, _ in hostile.tags if tag not in ("del", "ins")] == [
        tag for tag, _ in plain.tags if tag not in ("del", "ins")
    ]
    assert not [name for _, attrs in hostile.tags for name in attrs if name.startswith("on")]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", document(words))
    if words.isprintable():
        assert words in unescape(document(words))


def test_hidden_characters_are_shown() -> None:
    assert "pay \\u202eevil" in document("pay \u202eevil")
    assert "a\u200cb" in document("a\u200cb")  # a joiner that some scripts need


def test_a_state_with_faults_is_said_aloud() -> None:
    place = Location("policy_data/uses.yml", 3)
    fault = Finding("invalid-policy", "<b>wrong</b>", place)
    found = difference()
    line = Redline(TODAY, None, None, None, {}, {})
    broken = found._replace(before=found.before._replace(faults=[fault]), redline=line)

    text = render(broken)

    assert "v1 has 1 error, so this compares what could be read" in text
    assert "&lt;b&gt;wrong&lt;/b&gt;" in text
    assert "One of the states has errors, so no answer is shown here." in text
