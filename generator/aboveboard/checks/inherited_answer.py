"""An axis has a new value, and no row names it: its people get an answer that nobody chose.

`check --base REV` finds it: a row that does not list an axis holds for values added later, and
`otherwise` takes them too.

Why it matters: a new plan or country would inherit a promise, or the lack of one, in silence.

How to fix it: name the value in the rows that are meant for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Severity
from ..review.axes import inherited
from ..review.since import Since

SLUG = "inherited-answer"
SEVERITY: Severity = "warning"
HINT = "name it in the rows that are meant for it"


def check_since(since: Since) -> Iterator[Finding]:
    """Each value of an axis that is new since the base and inherits an answer."""
    sides = since.sides
    before, after = sides.before.header, sides.after.header
    if not before or not after:
        return
    for axis, values in after.axes.items():
        for id_, value in values.items():
            if value.of or axis not in before.axes or id_ in before.axes[axis]:
                continue
            if got := inherited(sides, after, axis, id_):
                message = f"new value “{value.name}” of '{axis}' {got}: no row names it"
                place = sides.at("policy", "", "axes", axis, id_)
                yield Finding(SLUG, message, place, SEVERITY, HINT)
