"""Prose names a fact that the policy does not have, or is a template that cannot be filled.

Why it matters: a number that stands in prose comes from the policy, so that it cannot differ from
it. A name that leads nowhere would leave a hole in a sentence.

How to fix it: name a fact as KIND.ID.ATTRIBUTE with underscores for hyphens, such as
`{{ retention.free_chats.keep }}`. Facts stand in `questions.*.answer`, and in pages of `docs/`
whose front matter says `facts: true`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..answers import pages
from ..findings import Finding, Location, Severity
from ..project import Project

SLUG = "unknown-fact"
SEVERITY: Severity = "error"
HINT = "name it as KIND.ID.ATTRIBUTE, with underscores for hyphens"


def check(project: Project) -> Iterator[Finding]:
    for id_, entry in project.policy.questions.items():
        if entry.answer and "{" in entry.answer:
            yield from _in_answer(project, id_, entry.answer)
    for page in pages.written(project.root):
        if "{" in page.body:
            yield from _in_page(project, page)


def _in_answer(project: Project, id_: str, text: str) -> Iterator[Finding]:
    from ..answers import prose

    span = project.policy.at("questions", id_, "answer")
    raw = project.policy.inputs.get(span.path) or b""
    source = raw.decode("utf-8-sig", errors="replace")
    for fault in prose.faults(project, text):
        yield _finding(fault, prose.place_of(source, span, text, fault))


def _in_page(project: Project, page: pages.Written) -> Iterator[Finding]:
    from ..answers import prose

    last = page.source.count("\n") + 1
    span = Location(page.path, page.line, 1, last, 1)
    for fault in prose.faults(project, page.body, pages.LONGEST):
        yield _finding(fault, prose.place_of(page.source, span, page.body, fault))


def _finding(fault: tuple[str, str, int, int], place: Location) -> Finding:
    message, hint, *_ = fault
    return Finding(SLUG, message, place, hint=hint or HINT)
