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

SPECIMENS: Final[dict[str, tuple[str, ...]]] = {
    "email": (
        "ann@example.com",
        "ann.lee@mail.example.org",
        "ann_lee+news@example.co.uk",
        "ANN-LEE7@EXAMPLE.COM",
        "a.lee@sub-domain.example.io",
    ),
    "phone": (
        "+1 415 555 0132",
        "(415) 555-0132",
        "415-555-0132",
        "+442079460958",
        "+49 30 901820",
        "+353 1 679 2000",
    ),
    "card": (
        "4111111111111111",
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "378282246310005",
    ),
    "ip-address": (
        "192.0.2.17",
        "203.0.113.255",
        "2001:db8::ff00:42:8329",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
    ),
    "mac-address": ("00:1b:44:11:3a:b7", "00-1B-44-11-3A-B7"),
    "iban": ("GB29NWBK60161331926819", "DE89 3704 0044 0532 0130 00"),
    "social-security-number": ("219-09-9999", "457-55-5462"),
    "token": (
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
        "eyJ0eXAiOiJKV1QifQ.eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    ),
    "url": ("https://www.example.com/account?name=ann", "http://example.org/ann/lee"),
    "uuid": ("123e4567-e89b-12d3-a456-426614174000",),
}
_WITHIN: Final = ("call {} now", "id={}, ok", '{{"v":"{}"}}')
_LEFT: Final = 4  # so many letters and digits in a row are left of a specimen: it is not gone
_ASCII_WORD: Final = re.compile(r"[^a-z0-9]+")


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


def covered(rewrite: Sequence[Callable[[str], str]]) -> dict[str, Found]:
    """The entities of which a chain of replacements takes out any form, and how far."""
    found = {}
    for entity, forms in SPECIMENS.items():
        gone = {form: _gone(rewrite, form) for form in forms}
        if any(gone.values()):
            missed = tuple(form for form, where in gone.items() if not where)
            found[entity] = Found(missed, "alone" in gone.values())
    return found


def touches(change: Callable[[str], str], entity: str) -> bool:
    """Whether a replacement takes out any form of an entity."""
    return any(_gone([change], form) for form in SPECIMENS[entity])


def _gone(rewrite: Sequence[Callable[[str], str]], form: str) -> str:
    """`all` if a specimen is gone from every text, `alone` if only as a whole value, else ``."""
    if not _is_gone(rewrite, form, form):
        return ""
    inside = all(_is_gone(rewrite, form, text.format(form)) for text in _WITHIN)
    return "all" if inside else "alone"


def _is_gone(rewrite: Sequence[Callable[[str], str]], form: str, text: str) -> bool:
    for change in rewrite:
        text = change(text)
    left = _ASCII_WORD.sub("", text.lower())
    return not any(piece in left for piece in _pieces(form))


@cache
def _pieces(form: str) -> tuple[str, ...]:
    plain = _ASCII_WORD.sub("", form.lower())
    return tuple(plain[n : n + _LEFT] for n in range(len(plain) - _LEFT + 1))
