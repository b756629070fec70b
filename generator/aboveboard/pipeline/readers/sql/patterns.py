"""What a regular expression finds, tried on samples of each kind.

A pattern counts for a kind only if every sample of it is found whole. Dialects spell patterns
differently, so one that uses more than they share is not tried; nor is one that could take long.
"""

from __future__ import annotations

import re
import warnings
from re import _constants as _re_constants  # type: ignore[attr-defined]
from re import _parser as _re_parser  # type: ignore[attr-defined]
from typing import Any, Final

from ..specimens import SPECIMENS

MAX_PATTERN: Final = 300
MAX_REPEATS: Final = 6
_UNSHARED: Final = re.compile(r"\(\?[^:i]|\\[yYmMAZzGKQEpPxuU<>]|\[\[|\[:|[*+?}]\+|\$\{|\{\{")


def found_by(pattern: str, flags: str = "") -> list[str]:
    """The kinds of which a pattern finds every sample whole, wherever it stands in a text."""
    compiled = _compiled(pattern, flags)
    if compiled is None:
        return []
    return [kind for kind, samples in SPECIMENS.items() if all(_gone(compiled, s) for s in samples)]


def _gone(pattern: re.Pattern[str], sample: str) -> bool:
    """Whether nothing of a sample is left where it stood in a text."""
    return {"call", "now"}.issuperset(pattern.sub("", f"call {sample} now").split())


def _compiled(pattern: str, flags: str) -> re.Pattern[str] | None:
    if len(pattern) > MAX_PATTERN or _UNSHARED.search(pattern):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _re_parser.parse(pattern)
            if _repeats(tree) > MAX_REPEATS or _nested(tree, within=False):
                return None
            return re.compile(pattern, re.IGNORECASE if "i" in flags else 0)
    except (re.error, OverflowError, RecursionError):
        return None


_REPEAT: Final = (_re_constants.MAX_REPEAT, _re_constants.MIN_REPEAT)


def _repeats(tree: Any) -> int:
    return sum((op in _REPEAT) + sum(map(_repeats, _below(value))) for op, value in tree)


def _nested(tree: Any, *, within: bool) -> bool:
    """Whether what may repeat often holds what may repeat often: that can take for ever."""
    for op, value in tree:
        often = op in _REPEAT and value[1] > 1
        if often and within and value[1] > 8:
            return True
        if any(_nested(part, within=within or (often and value[1] > 8)) for part in _below(value)):
            return True
    return False


def _below(value: Any) -> list[Any]:
    """The patterns within a part of a pattern."""
    found: list[Any] = []
    for part in value if isinstance(value, tuple | list) else ():
        if isinstance(part, _re_parser.SubPattern):
            found.append(part)
        elif isinstance(part, list) and part and isinstance(part[0], _re_parser.SubPattern):
            found += part
    return found
