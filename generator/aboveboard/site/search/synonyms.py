"""Words that readers use for the same thing: a record that has one is found by the others."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

# One meaning a line. Endings hardly matter: the page that searches cuts them off.
_FILE: Final = Path(__file__).with_name("synonyms_en.txt")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def beside(text: str) -> list[str]:
    """The words that mean the same as a word of this text, and are not in it; sorted."""
    words = {word.casefold() for word in _WORD.findall(text)}
    found = (group for group in _groups() if words & group)
    return sorted({word for group in found for word in group} - words)


@cache
def _groups() -> list[frozenset[str]]:
    return [frozenset(line.split()) for line in _FILE.read_text("utf-8").splitlines()]
