"""A small measure of how hard sentences are to read, and the words that no sentence has."""

import re
from collections.abc import Iterable

from aboveboard.answers.model import Answer, Sentence

BANNED = re.compile(
    r"\b(may|might|some|often|possible|possibly|proved|proven|verified|certified|guaranteed?|"
    r"no longer identif\w+)\b",
    re.IGNORECASE,
)


def syllables(word: str) -> int:
    """Runs of vowels, without a silent e."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?<=[^l])e$|(?<=[^td])ed$", "", plain)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def prose(answers: Iterable[Answer]) -> list[str]:
    """The sentences that readers get first, without headings and cells."""
    said: list[Sentence] = []
    for answer in answers:
        said += [*answer.short, *(answer.exceptions.sentences if answer.exceptions else ())]
    parts = (part for s in said for part in re.split(r"(?<=[.!?])\s+", s.whole))
    return [part for part in parts if part]


def grade(sentences: list[str]) -> float:
    """Flesch-Kincaid grade."""
    words = [word for s in sentences for word in s.split()]
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )


def mean_length(sentences: list[str]) -> float:
    return sum(len(s.split()) for s in sentences) / len(sentences)
