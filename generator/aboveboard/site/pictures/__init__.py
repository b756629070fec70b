"""Pictures of the policy, drawn when the site is built; each says the same in words.

Widths are in percent and heights in pixels, with no view box: one drawing serves every width, and
its text keeps its size.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup


class Figure(NamedTuple):
    """A picture on a page: what it shows in a sentence and how to read it.

    `key` has its marks with their words, `table` the same as rows and cells, `gates` the numbered
    protections in it, `numbers` the names that a narrow picture only numbers, `more` a page and the
    words that lead there.
    """

    id: str
    finding: str
    lead: str
    picture: Markup
    key: tuple[tuple[str, Markup], ...] = ()
    table: Any = None
    gates: tuple[Any, ...] = ()
    numbers: tuple[str, ...] = ()
    more: tuple[str, str] = ("", "")
