"""Small values that every layer shares: durations, ids, spellings, paths. Standard library only."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, total_ordering

MANY = 12  # a longer list is no hint
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
DURATION = re.compile(
    r"P(?=.)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?\Z",
    re.ASCII,
)
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_SECONDS_SHORTEST = (365 * 86400, 28 * 86400, 7 * 86400, 86400, 3600, 60, 1)
_SECONDS_LONGEST = (366 * 86400, 31 * 86400, 7 * 86400, 86400, 3600, 60, 1)
_MONTHS_SHORTEST = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_MONTHS_LONGEST = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


@total_ordering
@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601 duration; `text` is as written, `parts` are years to seconds."""

    text: str
    parts: tuple[int, ...]

    @classmethod
    @cache
    def parse(cls, text: str) -> Duration:
        """Read `P30D`, `PT72H`, `P1Y6M`; ValueError says what was expected."""
        match = DURATION.match(text)
        if not match:
            raise ValueError(f"{text!r} is not an ISO 8601 duration such as P30D or PT72H")
        return cls(text, tuple(int(part or 0) for part in match.groups()))

    def _seconds(self, units: tuple[int, ...], months: tuple[int, ...]) -> int:
        total = sum(n * unit for n, unit in zip(self.parts, units, strict=True))
        spare_months = self.parts[1]
        if spare_months:  # a run of months is more regular than its longest month repeated
            years, rest = divmod(spare_months, 12)
            total -= spare_months * units[1]
            total += years * units[0] + months[rest] * 86400
        return total

    @property
    def shortest(self) -> int:
        """Seconds that it lasts at least, for a promise."""
        return self._seconds(_SECONDS_SHORTEST, _MONTHS_SHORTEST)

    @property
    def longest(self) -> int:
        """Seconds that it lasts at most, for a machine."""
        return self._seconds(_SECONDS_LONGEST, _MONTHS_LONGEST)

    def within(self, promise: Duration) -> bool:
        """Whether a lifetime of this length keeps a promise of that length."""
        return self.parts == promise.parts or self.longest <= promise.shortest

    def __lt__(self, other: Duration) -> bool:
        return self.longest < other.longest

    def words(self) -> str:
        """In plain English: `30 days`, `1 year and 6 months`, `at once`."""
        said = [
            f"{n} {unit}{'' if n == 1 else 's'}"
            for n, unit in zip(self.parts, _UNITS, strict=True)
            if n
        ]
        return listed(said) if said else "at once"


def digest(raw: bytes) -> str:
    """SHA-256 of what a file holds, or of any bytes, in hexadecimal."""
    from hashlib import sha256  # loads OpenSSL, which a plain `check` does without

    return sha256(raw).hexdigest()


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known spelling that is nearest to `word`, if one is near enough."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint: the nearest spelling, or the list of what exists."""
    options = sorted(known)
    near = nearest(word, options)
    if near:
        return f"did you mean '{near}'?"
    if len(options) > MANY:
        options = [*options[: MANY - 1], f"{len(options) - MANY + 1} more"]
    return f"known: {', '.join(options)}" if options else ""


def normal_path(path: str) -> str:
    """A dataset's path in one spelling: `./a//b/../c` is `a/c`; a URL keeps its scheme."""
    scheme, sep, rest = path.partition("://")
    if sep:
        return f"{scheme}://{posixpath.normpath(rest)}"
    return posixpath.normpath(path)
