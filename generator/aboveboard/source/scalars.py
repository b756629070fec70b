"""What unquoted words mean in YAML 1.2: `NO` is a string, `1e-5` a number, `1:30` a string."""

from __future__ import annotations

import re
from math import isinf
from typing import Any

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **{w: v for v in (True, False) for w in (str(v), str(v).lower(), str(v).upper())},
}
_INT = re.compile(r"[-+]?[0-9]+\Z")
_BASED = re.compile(r"0(o[0-7]+|x[0-9a-fA-F]+)\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_ODD_FLOAT = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")
_MAYBE_NUMBER = frozenset("0123456789+-.")


def plain_value(text: str) -> Any:
    """What an unquoted scalar means in YAML 1.2; ValueError for what reads two ways."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAYBE_NUMBER:
        return text
    if _INT.match(text):
        digits = text.lstrip("+-")
        if len(digits) > 1 and digits[0] == "0":
            raise ValueError(f"{text} reads as {int(text)} in YAML 1.2 and as octal in YAML 1.1")
        if len(digits) > 400:
            raise ValueError("a number of more than 400 digits")
        return int(text)
    if _BASED.match(text):
        return int(text, 0)
    number = float(text) if _FLOAT.match(text) else 0.0
    if _ODD_FLOAT.match(text) or isinf(number):
        raise ValueError(f"{text} is not a finite number")
    if _FLOAT.match(text):
        return number
    return text
