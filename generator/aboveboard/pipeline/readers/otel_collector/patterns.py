"""What a regular expression of a configuration finds, decided by running it.

RE2 is the engine that Go's regular expressions follow, so a pattern finds here what it finds in
the collector, in linear time. Whether it covers an entity is tried on specimens: each form of it,
alone and within a text. It covers the entity if nothing of any specimen is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from typing import Any, Final, NamedTuple

from ..specimens import SPECIMENS

_WITHIN: Final = ("call {} now", "id={}, ok", '{{"v":"{}"}}')
_LEFT: Final = 4  # so many letters and digits in a row are left of a specimen: it is not gone
_SHOWN: Final = 10  # digits of a card number that a mask may leave: the first six, the last four
_RUN: Final = 6
_DIGITS: Final = re.compile(r"[0-9]+")
_ASCII_WORD: Final = re.compile(r"[^a-z0-9]+")


Replacement = tuple[str, str]  # a pattern, and what is put in the place of what it finds


class Found(NamedTuple):
    """How far patterns cover an entity: wholly, or only some of its `missed` forms."""

    missed: tuple[str, ...] = ()
    alone: bool = False  # only where a value is nothing else

    @property
    def whole(self) -> bool:
        return not self.missed and not self.alone


class BadPattern(ValueError):
    """A pattern that Go does not take: the collector refuses to start."""


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Any:
    """A pattern as RE2 reads it; BadPattern says why it does not."""
    import re2  # type: ignore[import-untyped]

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        return re2.compile(pattern, options=options)
    except re2.error as error:
        raise BadPattern(str(error.args[0] if error.args else error)) from None


def finds(pattern: str) -> Callable[[str], bool]:
    """Whether a pattern is found anywhere in a text."""
    found = compiled(pattern)
    return lambda text: found.search(text) is not None


def replaced(pattern: str, put: str) -> Callable[[str], str]:
    """A text with every match replaced as Go does it: `$1` and `${name}` put a group back."""
    found = compiled(pattern)
    return lambda text: _replaced(found, put, text)


_GROUP: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+)|(\$))", re.ASCII)


def _replaced(found: Any, put: str, text: str) -> str:
    parts, at = [], 0
    for match in found.finditer(text):
        made = _GROUP.sub(partial(_group, match), put)
        parts += [text[at : match.start()], made]
        at = match.end()
    return "".join([*parts, text[at:]])


def _group(match: Any, wanted: re.Match[str]) -> str:
    name = wanted[1] or wanted[2]
    if name is None:
        return "$"
    try:
        return match.group(int(name) if name.isdigit() else name) or ""
    except (IndexError, KeyError):
        return ""


@lru_cache(maxsize=512)
def covered(rules: tuple[Replacement, ...]) -> dict[str, Found]:
    """The entities of which a chain of replacements takes out any form, and how far."""
    rewrite = [replaced(pattern, put) for pattern, put in rules]
    found = {}
    for entity, forms in SPECIMENS.items():
        gone = {form: _gone(rewrite, form) for form in forms}
        if any(gone.values()):
            missed = tuple(form for form, where in gone.items() if not where)
            found[entity] = Found(missed, "alone" in gone.values())
    return found


@lru_cache(maxsize=512)
def masked(rules: tuple[Replacement, ...]) -> bool:
    """Whether a chain of replacements leaves of every form of a card number so few digits as a
    receipt shows, and does leave some."""
    rewrite = [replaced(pattern, put) for pattern, put in rules]
    texts = [text.format(form) for form in SPECIMENS["card"] for text in ("{}", *_WITHIN)]
    left = [_DIGITS.findall(_rewritten(rewrite, text)) for text in texts]
    counts = [len("".join(runs)) for runs in left]
    longest = max(len(run) for runs in left for run in (*runs, ""))
    return min(counts) > 0 and max(counts) <= _SHOWN and longest <= _RUN


def touches(rule: Replacement, entity: str) -> bool:
    """Whether a replacement takes out any form of an entity."""
    change = replaced(*rule)
    return any(_gone([change], form) for form in SPECIMENS[entity])


def _gone(rewrite: Sequence[Callable[[str], str]], form: str) -> str:
    """`all` if a specimen is gone from every text, `alone` if only as a whole value, else ``."""
    if not _is_gone(rewrite, form, form):
        return ""
    inside = all(_is_gone(rewrite, form, text.format(form)) for text in _WITHIN)
    return "all" if inside else "alone"


def _is_gone(rewrite: Sequence[Callable[[str], str]], form: str, text: str) -> bool:
    left = _ASCII_WORD.sub("", _rewritten(rewrite, text).lower())
    return not any(piece in left for piece in _pieces(form))


def _rewritten(rewrite: Sequence[Callable[[str], str]], text: str) -> str:
    for change in rewrite:
        text = change(text)
    return text


@cache
def _pieces(form: str) -> tuple[str, ...]:
    plain = _ASCII_WORD.sub("", form.lower())
    return tuple(plain[n : n + _LEFT] for n in range(len(plain) - _LEFT + 1))
