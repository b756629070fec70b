"""`/.well-known/gpc.json`: that the Global Privacy Control signal of browsers is honoured.

Only a policy with a control of `kind: signal` says so; without one there is no such file.
"""

from __future__ import annotations

import json

from ..book import Book


def file(book: Book) -> str | None:
    """The text of the file, as the specification of the signal wants it."""
    controls = book.project.policy.controls.values()
    if not any(control.kind == "signal" for control in controls):
        return None
    return json.dumps({"gpc": True, "lastUpdate": book.header.effective.isoformat()}) + "\n"
