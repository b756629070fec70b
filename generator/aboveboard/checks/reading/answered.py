"""The sentences that readers are told, as passages: quotes of the product are blank in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...answers.model import Answer, Sentence
from ...findings import Location
from ...project import Project
from .lists import Lists, lists
from .passages import Passage, language

_QUOTE = re.compile("“[^”]*”")


class Spoken(Passage):
    """A sentence of an answer."""

    def __init__(self, answer: Answer, sentence: Sentence, lists: Lists) -> None:
        super().__init__(_QUOTE.sub(lambda q: " " * len(q.group()), sentence.whole), lists)
        self.answer = answer
        self.sentence = sentence

    @property
    def shown(self) -> str:
        """The sentence, quoted for a message."""
        return shown(self.sentence.whole)


def spoken(project: Project, answers: Sequence[Answer]) -> Iterator[Spoken]:
    """Each sentence once, in a language that has word lists."""
    known = lists(language(project))
    told: set[str] = set()
    for answer in answers if known else ():
        for sentence in answer.sentences():
            if known and sentence.whole not in told:
                told.add(sentence.whole)
                yield Spoken(answer, sentence, known)


def source(sentence: Sentence, project: Project) -> Location:
    """The line of the policy that a sentence comes from; its header for one about all of it."""
    place = sentence.source
    if place and place.path in project.policy.inputs:
        return place
    return project.policy.at("policy", "")


def shown(text: str, most: int = 90) -> str:
    """A text in curly quotes, cut at a word if it is long."""
    if len(text) > most:
        text = f"{text[:most].rsplit(' ', 1)[0]} …"
    return f"“{text}”"
