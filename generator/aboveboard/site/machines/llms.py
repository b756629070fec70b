"""`llms.txt`: the site for language models: what it is, its short version, and where things are."""

from __future__ import annotations

import re

from ..book import Book
from ..text import clean, day

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


def file(book: Book, home: str = "") -> str:
    """The text of the file, in the form of llmstxt.org."""
    header = book.header
    lines = [
        f"# {_inert(header.service)}: what it does with your data",
        "",
        f"> Compared with its settings on {day(book.project.as_of)}. Version "
        f"{_inert(header.version)}, in force {book.since} {day(header.effective)}. A sentence is "
        "“Matches settings” where a program compared it with the configuration of the pipeline, "
        "and “Stated” where no setting shows it. Quote an answer with its exceptions.",
        "",
        "The same facts for programs, a verdict with each sentence: [policy.json]"
        f"({home}policy.json).",
    ]
    for group, questions in book.groups.items():
        lines += ["", f"## {_inert(book.titles[group])}", ""]
        for question in questions:
            shown = book.show(question.answer, question.id)
            said = " ".join(pair.text for pair in (*shown.short, *shown.exceptions))
            link = f"[{_inert(question.asks)}]({home}questions/{group}/#{question.id})"
            lines.append(f"- {link}: {_inert(said)}" if said else f"- {link}")
    return "\n".join(lines) + "\n"


def _inert(text: str) -> str:
    return _MARKS.sub(r"\\\1", clean(text))
