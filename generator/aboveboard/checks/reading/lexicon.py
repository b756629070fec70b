"""Words and phrases of a language's lists, found in a text with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from .lists import HIDDEN, Lists, forms

# Accents that stand alone and hyphens that do not show belong to their word.
_LETTERS = "[^\\W_\u0300-\u036f][^\\W_\u00ad\u200b-\u200d]*"
_WORD = re.compile(
    f"{_LETTERS}(?:[\u0300-\u036f\u00ad\u200b-\u200d]+(?:{_LETTERS})?|['’]{_LETTERS})*"
)
_ELIDED = 2  # "l'", "d'", "qu'": what stands before the apostrophe is a word of its own


class Token(NamedTuple):
    """A word in lower case, and where it stands."""

    word: str
    start: int
    end: int


# first word -> phrase, list, value
Known = dict[str, list[tuple[tuple[str, ...], str, str]]]


class Hit(NamedTuple):
    """A word or phrase of a list: which list, what it stands for, its tokens and its place."""

    list: str
    value: str
    first: int
    last: int
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text; parts that a hyphen joins are words of their own."""
    found = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        before = max(word.find("'"), word.find("’"))
        if 0 < before <= _ELIDED:
            found.append(Token(_plain(word[:before]), start, start + before))
            word, start = word[before + 1 :], start + before + 1
        found.append(Token(_plain(word), start, match.end()))
    return found


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.translate(HIDDEN)).lower().replace("’", "'")


def words(text: str) -> tuple[str, ...]:
    """The words of a text without their places."""
    return tuple(token.word for token in tokens(text))


class Lexicon:
    """The phrases of one language."""

    def __init__(self, lists: Lists) -> None:
        raw = self.raw = lists.raw
        self.filler = frozenset(raw["filler"])
        self.nor = frozenset(raw["nor"])
        self.no = _by_last(raw["no"])
        self.yes = _by_last(raw["yes"])
        self.mention = _by_last(raw["mention"])
        self.speech = frozenset(phrase[-1] for phrase in _phrases(raw["speech"]))
        self.that = frozenset(raw["that"])
        self.open = frozenset(raw["open"])
        self.breaks = frozenset(raw["break"])
        self.keeping = frozenset(raw["keeping"])
        claims = {("claims", value): listed for value, listed in raw["claims"].items()}
        others = {("proof", ""): raw["proof"], ("vague", ""): raw["vague"]}
        self._claims = _by_first({**claims, **others})
        phrases = [phrase for listed in claims.values() for phrase in _phrases(listed)]
        self.claiming = frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)

    def hits(self, said: Sequence[Token]) -> Iterator[Hit]:
        """Every claim, word of proof and vague word, the longest at each place."""
        yield from _matches(self._claims, said)

    def terms(self, said: Sequence[Token]) -> Iterator[Hit]:
        """Every term of art; `value` is its id in a glossary."""
        yield from _matches(self._terms, said)

    @cached_property
    def _terms(self) -> Known:
        return _by_first({("terms", id_): listed for id_, listed in self.raw["terms"].items()})


def _matches(known: Known, said: Sequence[Token]) -> Iterator[Hit]:
    index = 0
    while index < len(said):
        for phrase, name, value in known.get(said[index].word, ()):
            last = index + len(phrase) - 1
            if tuple(token.word for token in said[index : last + 1]) == phrase:
                yield Hit(name, value, index, last, said[index].start, said[last].end)
                index = last
                break
        index += 1


def _phrases(listed: Iterable[str]) -> Iterator[tuple[str, ...]]:
    return (words(form) for phrase in listed for form in forms(phrase))


def _by_first(lists: dict[tuple[str, str], list[str]]) -> Known:
    found: Known = {}
    for (name, value), listed in lists.items():
        for phrase in _phrases(listed):
            found.setdefault(phrase[0], []).append((phrase, name, value))
    for phrases in found.values():
        phrases.sort(key=lambda known: len(known[0]), reverse=True)
    return found


def _by_last(listed: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _phrases(listed):
        found.setdefault(phrase[-1], []).append(phrase)
    for phrases in found.values():
        phrases.sort(key=len, reverse=True)
    return found
