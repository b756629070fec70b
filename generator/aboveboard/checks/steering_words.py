"""A label, a step or a cost plays on feelings instead of saying what happens.

Why it matters: guilt, fear and praise move people to an answer that they would not give otherwise
(EDPB Guidelines 03/2022, "emotional steering").

How to fix it: name the permission in neutral words.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..policy.choices import Control
from ..project import Project

SLUG = "steering-words"
SEVERITY: Severity = "warning"
HINT = "name the permission in neutral words"
WORDS = {
    "en": (
        "miss out", "missing out", "don't miss", "don’t miss", "lose out", "losing out",
        "sorry to", "sad to", "we'll miss you", "we’ll miss you", "please stay", "please keep",
        "please don", "help us", "best experience", "best possible experience", "for everyone",
        "recommended", "smart choice", "smarter choice", "thanks, i", "thanks i", "i don't care",
        "i don’t care", "be part of", "do your part", "make a difference", "unfortunately",
        "are you sure", "are you really sure",
    ),
    "de": (
        "verpass", "schade", "leider", "bitte bleib", "hilf uns", "helfen sie uns", "für alle",
        "empfohlen", "bestes erlebnis", "sind sie sicher", "sind sie wirklich sicher",
    ),
    "fr": (
        "ne manquez pas", "ne ratez pas", "dommage", "malheureusement", "aidez-nous", "pour tous",
        "recommandé", "meilleure expérience", "êtes-vous sûr", "êtes-vous vraiment sûr",
    ),
    "es": (
        "no te pierdas", "no te lo pierdas", "lástima", "lamentablemente", "ayúdanos",
        "para todos", "recomendad", "mejor experiencia", "estás segur", "está segur",
    ),
}  # fmt: skip


def check(project: Project) -> Iterator[Finding]:
    """Each text of a control that people see while they decide, if it steers them."""
    header = project.policy.header
    words = WORDS.get(header.language.partition("-")[0] if header else "", ())
    for id_, control in project.policy.controls.items() if words else ():
        texts = list(_texts(control))
        whole = " ".join(text for _, text in texts).lower()
        for at, text in texts if any(word in whole for word in words) else ():
            found = _first(text.lower(), words)
            if found:
                yield Finding(
                    SLUG,
                    f"“{found}” steers people who decide about {control.name}",
                    project.policy.at("controls", id_, *at),
                    SEVERITY,
                    HINT,
                )


def _texts(control: Control) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield ("label",), control.label or ""
    yield ("costs",), control.costs
    yield ("side-effects",), control.side_effects
    for index, way in enumerate(control.how):
        yield from (
            (("how", index, "do", n), _without_label(text, control))
            for n, text in enumerate(way.do)
        )


def _without_label(text: str, control: Control) -> str:
    """A step without the label that it quotes, which is a text of its own."""
    return text.replace(control.label, "") if control.label else text


def _first(text: str, words: tuple[str, ...]) -> str:
    """The first of these words that starts a word of the text."""
    for word in words:
        at = text.find(word)
        if at >= 0 and not text[at - 1 : at].isalnum():
            return word
    return ""
