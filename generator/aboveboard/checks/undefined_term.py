"""An answer uses a term of art that the site's "Words we use" does not define.

Why it matters: "pseudonymised" and "legitimate interests" mean something exact, and not what a
reader guesses.

How to fix it: say it in plain words, or define the term under `words` of the `policy` block. It
takes composed answers: `check --prose` and `build` read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..findings import Finding, Severity
from ..project import Project

if TYPE_CHECKING:
    from ..answers.model import Answer

SLUG = "undefined-term"
SEVERITY: Severity = "warning"
HINT = "say it in plain words, or define it under 'words' of the 'policy' block"


def check_answers(project: Project, answers: Sequence[Answer]) -> Iterator[Finding]:
    """The first sentence that uses each such term."""
    from ..answers.glossary import WORDS
    from .reading.answered import source, spoken

    header = project.policy.header
    defined = {id_ for id_, *_ in WORDS} | set(header.words if header else ())
    for said in spoken(project, answers):
        for hit in said.known.terms(said.words):
            if hit.value not in defined:
                defined.add(hit.value)
                message = f"'{said.quote(hit)}' is not among the words that the site explains"
                message = f"{message}: {said.shown}"
                yield Finding(SLUG, message, source(said.sentence, project), SEVERITY, HINT)
