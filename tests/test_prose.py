"""The rules about prose: each with an example that keeps it and one that breaks it line by line."""

from pathlib import Path

import pytest
from tests.examples import EXAMPLES, marked, run

from aboveboard.checks import ALL, ANSWER_CHECKS, CHECKS

PROSE = (
    "overstated-claim",
    "overstated-proof",
    "vague-word",
    "restated-number",
    "hard-to-read",
    "undefined-term",
)
DEMO = Path(__file__).parent.parent


@pytest.mark.parametrize("rule", PROSE)
def test_the_bad_example_is_told_at_each_line(rule: str) -> None:
    root = EXAMPLES / rule / "bad"
    _, findings = run(root, prose=True)

    found = [f for f in findings if f.rule == rule]

    assert sorted((f.location.path, f.location.line, rule) for f in found if f.location) == [
        mark for mark in marked(root, "expect") if mark[2] == rule
    ]
    assert len(found) > 0
    assert all(f.hint for f in found)


@pytest.mark.parametrize("rule", PROSE)
def test_the_good_example_is_not_told(rule: str) -> None:
    _, findings = run(EXAMPLES / rule / "ok", prose=True)

    assert rule not in {f.rule for f in findings}


@pytest.mark.parametrize("rule", PROSE)
def test_a_rule_says_what_why_and_how(rule: str) -> None:
    for part in ("Why it matters:", "How to fix it:"):
        assert part in (ALL[rule].__doc__ or "")
    assert rule == ALL[rule].SLUG and ALL[rule].HINT


def test_answers_are_read_only_when_asked() -> None:
    root = EXAMPLES / "hard-to-read" / "bad"

    assert set(ANSWER_CHECKS) - set(CHECKS) == {"hard-to-read", "undefined-term"}
    assert not {f.rule for f in run(root)[1]} & {"hard-to-read", "undefined-term"}


def test_the_demo_keeps_every_rule_about_prose() -> None:
    _, findings = run(DEMO, prose=True)

    assert not [f for f in findings if f.rule in PROSE]


def found(root: Path, rule: str) -> list[tuple[str, str]]:
    """Message and severity of each finding of a rule."""
    return [(f.message, f.severity) for f in run(root, prose=True)[1] if f.rule == rule]


def test_a_contradiction_is_an_error_and_names_both_places() -> None:
    findings = [
        f for f in run(EXAMPLES / "restated-number" / "bad")[1] if f.rule == "restated-number"
    ]
    said = {f.message: f for f in findings}

    worse = said["'90 days' contradicts 'retention.chats.keep', which says 30 days"]
    assert worse.severity == "error"
    assert worse.hint.startswith("leave the number out")
    assert [(p.line, p.message) for p in worse.related] == [(30, "retention.chats.keep is 30 days")]
    assert said["'1000 people' contradicts 'steps.count.parameters.k', which says 50 people"]
    equal = said["'thirty days' restates 'retention.chats.keep' by hand"]
    assert equal.severity == "warning"
    assert equal.hint == (
        "write {{ retention.chats.keep }}, and 'facts: true' in the page's front matter"
    )


@pytest.mark.parametrize(
    ("page", "severity"),
    [
        ("We publish counts of groups of at least 1,000 people.\n", "error"),
        ("At least 1,000 people tried it.\n", "warning"),
        ("1,000 people tried it.\n", ""),
        ("Our servers restart each 5 minutes.\n", ""),
        ("Our servers keep it for 5 minutes.\n", "error"),
        ("You asked 5 years ago.\n", ""),
    ],
)
def test_a_number_contradicts_what_its_sentence_is_about(
    page: str, severity: str, tmp_path: Path
) -> None:
    text = (EXAMPLES / "restated-number/ok/policy_data/policy.yml").read_text("utf-8")
    (tmp_path / "policy_data").mkdir()
    (tmp_path / "policy_data/policy.yml").write_text(text, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/own.md").write_text(page, encoding="utf-8")

    assert [s for _, s in found(tmp_path, "restated-number")] == ([severity] if severity else [])


def test_the_word_that_may_be_used_is_in_the_language_of_the_page() -> None:
    findings = run(EXAMPLES / "overstated-claim" / "bad")[1]
    german = next(f for f in findings if f.location and f.location.path == "docs/de/ueber.md")

    assert german.location and german.location.column == 1
    assert german.hint == "write 'vermindert', or say plainly what stays"
    assert german.related[0].line == 29


POLICY = """\
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  language: LANGUAGE
  controllers: [{name: Notewise Ltd, contact: privacy@example.org}]
data: {notes: {name: NAME, origin: provided}}
uses: {train: {name: training, purpose: train-model, data: notes, applies: {state: always}}}
"""


def policy(root: Path, name: str, language: str = "en", docs: dict[str, str] | None = None) -> Path:
    """A project whose data has this name, and these pages."""
    (root / "policy_data").mkdir(parents=True)
    text = POLICY.replace("LANGUAGE", language).replace("NAME", name)
    (root / "policy_data/policy.yml").write_text(text, encoding="utf-8")
    for path, page in (docs or {}).items():
        (root / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / path).write_text(page, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("de", "anonymisierte Notizen", "anonymisierte"),
        ("de-AT", "anonyme Notizen", "anonyme"),
        ("fr", "notes qui ne vous identifient plus", "ne vous identifient plus"),
        ("es", "notas anonimizadas", "anonimizadas"),
        ("en-GB", "untraceable notes", "untraceable"),
    ],
)
def test_each_language_has_its_words(language: str, name: str, said: str, tmp_path: Path) -> None:
    root = policy(tmp_path, name, language)

    message = f"'{said}' says more than is done: the data 'notes' has no step that acts on it"
    assert found(root, "overstated-claim") == [(message, "error")]


def test_a_language_without_a_list_is_not_guessed_at(tmp_path: Path) -> None:
    assert found(policy(tmp_path, "anonymous notes", "pt"), "overstated-claim") == []


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("de/index.md", "Alles ist anonymisiert.\n"),
        ("index.de.md", "Alles ist anonymisiert.\n"),
        ("index.md", "---\nlanguage: de\n---\nAlles ist anonymisiert.\n"),
    ],
)
def test_a_page_says_its_language(path: str, page: str, tmp_path: Path) -> None:
    root = policy(tmp_path, "notes", docs={path: page})

    (finding,) = [f for f in run(root)[1] if f.rule == "overstated-claim"]
    assert finding.location
    assert finding.location.path == f"docs/{path}"
    assert (finding.location.line, finding.location.column) == (page.count("\n"), 11)


def test_a_page_that_the_site_leaves_out_is_not_read(tmp_path: Path) -> None:
    page = "Everything is anonymous.\n"
    docs = dict.fromkeys(("a.md", "internal/b.md", ".hidden/c.md", "internal/keep/d.md"), page)
    root = policy(tmp_path, "notes", docs=docs)
    (root / "mkdocs.yml").write_text(
        "exclude_docs: |\n  # not for readers\n  internal/\n  !internal/keep/\n"
    )

    paths = {f.location.path for f in run(root)[1] if f.rule == "overstated-claim" and f.location}
    assert paths == {"docs/a.md", "docs/internal/keep/d.md"}
