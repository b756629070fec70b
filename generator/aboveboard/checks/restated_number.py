"""Prose restates a number that is a value of the policy, or contradicts it.

Why it matters: a number that is typed twice is changed once. Then two pages of one site promise
two things, and readers hold the service to the kinder one.

How to fix it: on a page whose front matter says `facts: true`, write the reference that the
finding names; in another text of the policy leave the number out, since the page prints the value
itself. It is a warning where the number equals a value, and an error where it contradicts one: a
period that is said of a thing and is none of its periods, or "at least 1,000 people" beside a
step that counts groups of 50.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..findings import Finding, Location, Severity
from ..project import Project
from .reading.passages import Passage, Written, passages

if TYPE_CHECKING:
    from .reading.facts import Fact
    from .reading.numbers import Measured

SLUG = "restated-number"
SEVERITY: Severity = "error"
HINT = "refer to the value, or leave the number out"
_SHOWN = 3
# What is so instead of a promise, or will be, has other numbers than the policy.
_OTHER = ("corrections", "changes")


def check(project: Project) -> Iterator[Finding]:
    """Each number in YAML and in pages that is a value of the policy, or should be."""
    for passage in passages(project):
        if passage.measuring and not (passage.place and passage.place.kind in _OTHER):
            from .reading.numbers import measured

            for number in measured(passage.text, passage.lists):
                found = _finding(project, passage, number)
                if found:
                    yield found


def _finding(project: Project, passage: Passage, number: Measured) -> Finding | None:
    from .reading.facts import facts
    from .reading.numbers import same

    known = [fact for fact in facts(project) if fact.dimension == number.dimension]
    about = _about(project, passage, number, known)
    equal = [f for f in about if same(f.value, number.value)]
    place = passage.at(number.start, number.end)
    written = " ".join(passage.text[number.start : number.end].split())
    if about and not equal:
        first = about[0]
        message = f"'{written}' contradicts '{first.path}', which says {first.words}"
        severity: Severity = "error" if _plainly(passage, number) else "warning"
        hint = _hint(passage, about)
        return Finding(SLUG, message, place, severity, hint, _places(project, about))
    equal = equal or [fact for fact in known if same(fact.value, number.value)]
    if not equal:
        return None
    message = f"'{written}' restates '{equal[0].path}' by hand"
    return Finding(SLUG, message, place, "warning", _hint(passage, equal), _places(project, equal))


def _about(project: Project, passage: Passage, number: Measured, known: list[Fact]) -> list[Fact]:
    """The facts of which one has to have this number, going by what the text speaks of."""
    if number.dimension == "people":
        from .reading.reach import Reaches

        steps = Reaches.of(project).at(passage.place).steps if number.least else ()
        return [fact for fact in known if fact.id in steps]
    if number.dimension != "duration":
        return []
    sentence = next(s for s in passage.sentences if s.start <= number.start < s.end)
    said = _said(passage, number)
    if sentence.asks or any((word,) in passage.known.no.get(word, ()) for word in said):
        return []
    text = f" {' '.join(said)} "
    keeps = not passage.known.keeping.isdisjoint(said)
    return [
        fact
        for fact in known
        if any(_mentions(text, name) for name in fact.names)
        or (keeps and any(_mentions(text, id_) for id_ in fact.ids))
    ]


def _plainly(passage: Passage, number: Measured) -> bool:
    """Whether a bound on people is about groups: "at least 10 people tested it" is not."""
    if number.dimension != "people" or (passage.place and passage.place.kind == "steps"):
        return True
    return not set(passage.lists.raw["grouping"]).isdisjoint(_said(passage, number))


def _said(passage: Passage, number: Measured) -> list[str]:
    """The words of the sentence that a number is in."""
    sentence = next(s for s in passage.sentences if s.start <= number.start < s.end)
    return [t.word for t in passage.words if sentence.start <= t.start < sentence.end]


def _mentions(text: str, name: str) -> bool:
    """Whether the words of a name follow each other in a text of words."""
    from .reading.lexicon import words

    return f" {' '.join(words(name))} " in text


def _hint(passage: Passage, facts: list[Fact]) -> str:
    references = ", ".join(dict.fromkeys(fact.reference for fact in facts[:_SHOWN]))
    if isinstance(passage, Written) or (passage.place and passage.place.kind == "questions"):
        facts_on = not isinstance(passage, Written) or passage.facts
        return f"write {references}" + (
            "" if facts_on else ", and 'facts: true' in the page's front matter"
        )
    return f"leave the number out: the site prints {references} where it belongs"


def _places(project: Project, facts: list[Fact]) -> tuple[Location, ...]:
    return tuple(
        fact.at(project.policy)._replace(message=f"{fact.path} is {fact.words}")
        for fact in facts[:_SHOWN]
    )
