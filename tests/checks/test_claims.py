"""What is a claim: negations, questions, conditions and talk about a word are not."""

import pytest

from aboveboard.checks.reading.lists import lists
from aboveboard.checks.reading.passages import Passage


def claimed(text: str, language: str = "en") -> list[str]:
    """The words of a text that claim something."""
    known = lists(language)
    assert known
    passage = Passage(text, known)
    return [passage.quote(hit) for hit in passage.hits]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Your chats are anonymised.", ["anonymised"]),
        ("Your chats are fully anonymized first", ["anonymized"]),
        ("ANONYMOUS statistics", ["ANONYMOUS"]),
        ("It cannot be linked to you.", ["cannot be linked"]),
        ("It can’t be traced, and no longer identifies you.",
         ["can’t be traced", "no longer identifies you"]),
        ("It is\n  no longer\n  personal data", ["no longer personal data"]),
        ("Not only pseudonymised but anonymised.", ["pseudonymised", "anonymised"]),
        ("Nothing that is not anonymised leaves.", ["anonymised"]),
        ("Data that we do not delete is anonymised.", ["anonymised"]),
        ("We never sell data that is anonymised.", ["anonymised"]),
        ("We do not sell it, and it is anonymised.", ["anonymised"]),
        ("We do not share it unless it is anonymised.", ["anonymised"]),
        ("If you agree, it is anonymised.", ["anonymised"]),
        ("Is it anonymous? Yes, it is anonymous.", ["anonymous"]),
        ("There is no doubt it is anonymised.", ["anonymised"]),
        ("anony\u00admised notes", ["anony\u00admised"]),
        ("de-identified, deleted and encrypted", ["de-identified", "deleted", "encrypted"]),
    ],
)  # fmt: skip
def test_what_claims(text: str, said: list[str]) -> None:
    assert claimed(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "It is not anonymised.",
        "It isn't anonymous.",
        "It is never fully anonymised.",
        "No data is anonymised.",
        "It is neither anonymous nor de-identified.",
        "It is not encrypted or anonymised.",
        "It is far from anonymous.",
        "We do not say anonymous.",
        "We do not say that it is anonymous.",
        "Nobody calls it anonymous.",
        "We do not use the word anonymised for it.",
        "The word “anonymised” has an exact meaning.",
        "Is your data anonymised?",
        "Whether it is anonymised depends on you.",
        "It is reduced rather than anonymised.",
        "No authority has certified it.",
        "We cannot guarantee that.",
        "since 3 May 2026",
        "You can delete it.",
        "Maybe an anonymouse.",
    ],
)
def test_what_does_not_claim(text: str) -> None:
    assert claimed(text) == []


@pytest.mark.parametrize(
    ("language", "claims", "denies"),
    [
        ("de", "Ihre Daten sind anonymisiert.", "Ihre Daten sind nicht anonymisiert."),
        ("de", "Nicht nur pseudonymisierte Daten.", "Weder anonym noch verschlüsselt."),
        ("de", "Wir garantieren das.", "Wir sagen nicht, dass sie anonym sind."),
        ("de", "Es ist nicht personenbezogen.", "Sind sie anonym?"),
        ("fr", "Vos données sont anonymisées.", "Vos données ne sont pas anonymisées."),
        ("fr", "C’est l’anonymat.", "Elles ne sont ni anonymes ni chiffrées."),
        ("fr", "Elles sont agrégées.", "Nous ne disons pas que c’est anonyme."),
        ("fr", "Tout est certifié.", "Nous ne garantissons rien."),
        ("es", "Sus datos están cifrados.", "Sus datos no están anonimizados."),
        ("es", "Ya no te identifica.", "¿Es anónimo?"),
        ("es", "No solo datos anónimos.", "No decimos que sea anónimo."),
    ],
)
def test_each_language_denies_in_its_own_way(language: str, claims: str, denies: str) -> None:
    assert claimed(claims, language)
    assert not claimed(denies, language)


def test_accents_are_read_however_they_are_written() -> None:
    assert claimed("donne\u0301es anonymise\u0301es", "fr") == ["anonymise\u0301es"]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_a_quick_look_misses_no_phrase(language: str) -> None:
    """Each entry of a list makes a text interesting, and is found in it."""
    from aboveboard.checks.reading.lists import forms

    known = lists(language)
    assert known
    entries = [p for listed in known.raw["claims"].values() for p in listed]
    for entry in (*entries, *known.raw["proof"], *known.raw["vague"]):
        for form in forms(entry):
            assert Passage(f"x {form} y", known).claiming, form
            hits = list(Passage("", known).known.hits(Passage(form, known).words))
            assert hits and hits[0].start == 0 and hits[-1].end == len(form), form
