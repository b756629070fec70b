"""Text of others in SARIF's messages, where some letters mean more than themselves."""

from __future__ import annotations

import re

from ..text import printable

# A message can hold links, `[text](target)`, and places for arguments, `{0}`.
_LINK = re.compile(r"[\\\[\]]")
_ARGUMENT = re.compile(r"[{}]")


def message(text: str) -> str:
    """The text as it stands, on one line; what would be read as a link or as an argument is
    escaped as the standard says."""
    shown = printable(text)
    if "](" in shown:
        shown = _LINK.sub(lambda found: "\\" + found[0], shown)
    if re.search(r"\{\d+\}", shown):
        shown = _ARGUMENT.sub(lambda found: found[0] * 2, shown)
    return shown
