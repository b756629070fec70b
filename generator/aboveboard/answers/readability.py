"""How hard sentences are to read: the Flesch-Kincaid grade, and the mean length of a sentence.

The measure is for English. A colon or a semicolon ends a sentence as well, as in Flesch's own way
of counting. A test holds it against a library that nothing here loads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

MOST_GRADE = 8.0
MOST_WORDS = 20.0
_END = re.compile(r"(?<=[.!?…:;])[\"'”’)]*\s+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=[^laeiouy])e$|(?<=[aeiouy]l)es?$|(?<=[^lsxzcghaeiouy])es$|(?<=[^tdaeiouy])ed$"
    r"|(?<=^som)e(?=[^aeiouy])"  # somebody, sometimes
)


class Measure(NamedTuple):
    """What was counted in some sentences."""

    sentences: int
    words: int
    syllables: int

    @property
    def length(self) -> float:
        """Words in a sentence, on average."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade: years of school that reading it takes."""
        if not self.words:
            return 0.0
        return 0.39 * self.length + 11.8 * self.syllables / self.words - 15.59

    @property
    def plain(self) -> bool:
        """Whether it stays within grade 8 and 20 words."""
        return self.grade <= MOST_GRADE and self.length <= MOST_WORDS


def measure(texts: Sequence[str]) -> Measure:
    """The measure of some texts of one or more sentences each."""
    sentences = [part for text in texts for part in split(text)]
    words = [word for sentence in sentences for word in _words(sentence)]
    return Measure(len(sentences), len(words), sum(map(syllables, words)))


def split(text: str) -> list[str]:
    """The sentences of a text that say a word."""
    return [part for part in _END.split(text) if _words(part)]


def _words(text: str) -> list[str]:
    """What is read as words: an address is not."""
    return [word for word in text.split() if any(map(str.isalnum, word)) and "@" not in word]


def syllables(word: str) -> int:
    """Runs of vowels, without a silent e; one at least, for each part of a word with hyphens."""
    parts = re.findall(r"[a-z]+", word.lower().replace("’", "").replace("'", ""))
    return sum(max(1, len(_VOWELS.findall(_SILENT.sub("", part)))) for part in parts) or 1
