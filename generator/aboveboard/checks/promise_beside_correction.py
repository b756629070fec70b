"""Prose names a fact of a promise that is corrected at present.

Why it matters: the program takes the false statement out of the answers that it makes. Prose is a
person's: a page that still says "kept for {{ retention.chats.keep }}" would go on promising it.

How to fix it: say in the prose what is true, or leave the sentence out, until the promise is kept
again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..answers import pages
from ..findings import Finding, Location, Severity
from ..project import Project

SLUG = "promise-beside-correction"
SEVERITY: Severity = "error"
HINT = "say what is true, or leave it out, until the promise is kept again"
# Kinds whose facts are promises: to name a kind of data or a recipient promises nothing.
_NAMED = re.compile(r"\b(retention|uses|steps|controls)\.([a-z0-9_]+)\.[a-z]", re.ASCII)


def check(project: Project) -> Iterator[Finding]:
    """Each fact of a corrected promise in an answer or a page."""
    wanted = _corrected(project)
    if not wanted:
        return
    for id_, entry in project.policy.questions.items():
        if entry.answer and "{" in entry.answer:
            span = project.policy.at("questions", id_, "answer")
            raw = project.policy.inputs.get(span.path) or b""
            source = raw.decode("utf-8-sig", errors="replace")
            yield from _within(entry.answer, source, span, wanted)
    for page in pages.written(project.root):
        if "{" in page.body:
            span = Location(page.path, page.line, 1, page.source.count("\n") + 1, 1)
            yield from _within(page.body, page.source, span, wanted)


def _corrected(project: Project) -> dict[tuple[str, str], str]:
    """The correction of each entity, as prose writes it, whose promise is not kept."""
    found: dict[tuple[str, str], str] = {}
    for id_, correction in project.corrected.items():
        claim = project.proof.judged[id_].claim
        ends = {"retention": claim.subject, "steps": claim.subject, "controls": claim.subject}
        for kind, named in {**ends, "uses": claim.use}.items():
            if named in project.policy.entities(kind):
                found[kind, named.replace("-", "_")] = correction
    return found


def _within(
    text: str, source: str, span: Location, wanted: dict[tuple[str, str], str]
) -> Iterator[Finding]:
    from ..answers import prose

    for match in _NAMED.finditer(text):
        if correction := wanted.get((match[1], match[2])):
            message = f"this names {match[1]}.{match[2]}, which '{correction}' corrects at present"
            fault = prose.Fault(message, HINT, match.start(), match.end())
            yield Finding(SLUG, message, prose.place_of(source, span, text, fault), hint=HINT)
