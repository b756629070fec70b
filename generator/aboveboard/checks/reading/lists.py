"""The word lists of a language, and a quick look whether a text holds any of their words.

Nearly all texts hold none, so that a check does without the slower reading of `lexicon.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"
HIDDEN = {ord(letter): None for letter in "\u00ad\u200b\u200c\u200d"}  # hyphens that do not show
_PARTED = {n: " " for n in range(128) if not chr(n).isalnum()}


def split(text: str) -> list[str]:
    """The words of a text in lower case; whatever is no letter and no digit parts them."""
    if text.isascii():
        return text.lower().translate(_PARTED).split()
    plain = unicodedata.normalize("NFC", text.translate(HIDDEN)).lower()
    return "".join(letter if letter.isalnum() else " " for letter in plain).split()


def forms(phrase: str) -> Iterator[str]:
    """What an entry stands for: `anonymisiert/e/en` is the word, and the word with each ending."""
    parts = []
    for part in phrase.split(" "):
        stem, *endings = part.split("/")
        parts.append([stem, *(stem + ending for ending in endings)])
    return (" ".join(form) for form in product(*parts))


class Lists:
    """The lists of one language: `raw` is its file; the language has to be known to be read."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        # By the longest word of a phrase, which is its rarest, all words of the phrase.
        self._claiming: dict[str, list[set[str]]] = {}
        claims = (phrase for phrases in raw["claims"].values() for phrase in phrases)
        for phrase in (*claims, *raw["proof"], *raw["vague"]):
            for form in forms(phrase):
                parts = split(form)
                self._claiming.setdefault(max(parts, key=len), []).append(set(parts))
        self._numbers = frozenset(raw["numbers"])
        self._measures = _words(raw["units"].values()) | _words(
            [raw["people"], raw["months"], raw["percent"]]
        )

    def claims_in(self, said: set[str]) -> bool:
        """Whether some words hold all those of a phrase that claims something."""
        return any(
            phrase <= said
            for word in self._claiming.keys() & said
            for phrase in self._claiming[word]
        )

    def measures_in(self, text: str, said: set[str]) -> bool:
        """Whether a text of these words holds a number, and a word that it measures."""
        if self._measures.isdisjoint(said) and "%" not in text and "-" not in text:
            return False
        return any(word.isdigit() for word in said) or not self._numbers.isdisjoint(said)


def _words(phrases: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(word for listed in phrases for phrase in listed for word in split(phrase))


@cache
def lists(language: str) -> Lists | None:
    """The lists of a language tag, or of the language that it is a kind of: `en` for `en-GB`."""
    import json

    tag = language.lower()
    while tag:
        if tag.replace("-", "").isalnum() and (file := FOLDER / f"{tag}.json").is_file():
            return Lists(json.loads(file.read_text("utf-8")))
        tag = tag.rpartition("-")[0]
    return None
