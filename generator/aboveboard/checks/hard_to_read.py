"""An answer reads above grade 8, or its sentences have more than 20 words on average.

Why it matters: people read these answers in a hurry, and not all of them in their first language.
An answer that takes a degree to read has informed nobody.

How to fix it: shorten the names, reasons and limits that the named sentence is made of; make two
sentences of one. The grade is that of Flesch and Kincaid, measured on the short answer and its
exceptions, in English. It takes composed answers: `check --prose` and `build` measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..findings import Finding, Severity
from ..project import Project
from .reading.passages import language

if TYPE_CHECKING:
    from ..answers.model import Answer

SLUG = "hard-to-read"
SEVERITY: Severity = "warning"
HINT = "shorten the names and reasons that it is made of, or make two sentences of one"


def check_answers(project: Project, answers: Sequence[Answer]) -> Iterator[Finding]:
    """Each answer that is hard to read, at the hardest of its sentences."""
    from ..answers.readability import MOST_GRADE, MOST_WORDS, measure
    from .reading.answered import shown, source

    if language(project).lower().partition("-")[0] != "en":
        return  # the measure is for English
    for answer in answers:
        told = [*answer.short, *(answer.exceptions.sentences if answer.exceptions else ())]
        whole = measure([sentence.whole for sentence in told])
        if whole.plain:
            continue
        if whole.grade > MOST_GRADE:
            said = f"reads at grade {whole.grade:.1f}, above {MOST_GRADE:.0f}"
            hardest = max(told, key=lambda sentence: measure([sentence.whole]).grade)
        else:
            said = f"has {whole.length:.1f} words a sentence, more than {MOST_WORDS:.0f}"
            hardest = max(told, key=lambda sentence: measure([sentence.whole]).length)
        message = f"the answer to {shown(answer.question)} {said}; hardest: {shown(hardest.whole)}"
        yield Finding(SLUG, message, source(hardest, project), SEVERITY, HINT)
