"""Directions of bindings and scopes: what is compared, and where the rest holds."""

from __future__ import annotations

from .. import taken
from ..orders import label, ladder
from .model import SCOPE, Direction

DIRECTIONS: dict[str, dict[str, Direction]] = {
    "Bindings": {
        name: Direction(
            taken.flags if name == "flags" else label,
            f"the binding of {name.replace('_', ' ')}",
            "What is compared with the pipeline: {fact} changed.",
        )
        for name in (
            "files",
            "checkouts",
            "tools",
            "sources",
            "not_personal",
            "sinks",
            "person",
            "flags",
            "axes",
            "events",
            "stages",
            "copies",
            "recipients",
            "steps",
            "publish",
        )
    },
    "Files": {
        "path": Direction(label, "the path"),
        "dialect": Direction(label, "the SQL dialect"),
        "max_age": Direction(label, "the greatest age of a run"),
        "checkout": Direction(label, "the checkout"),
        "merged": Direction(label, "whether the files are read as one"),
    },
    "Checkout": {"revision": Direction(label, "the revision")},
    "Tool": {
        "version": Direction(label, "the version"),
        "pinned": Direction(label, "the files that pin the version"),
        "checkout": Direction(label, "the checkout"),
    },
    "Flag": {
        "field": Direction(label, "the field"),
        "refused": Direction(label, "the value that means a refusal"),
        "missing": Direction(ladder("refused", "allowed"), "what a missing choice means"),
        "read": Direction(label, "when the choice is read"),
    },
    "Mark": {
        "field": Direction(label, "the field"),
        "value": Direction(label, "the value"),
        "dataset": Direction(label, "the dataset"),
    },
    "Scoped": {"scope": SCOPE},
    "Scope": {"choice": SCOPE, "collected": SCOPE, "in_force": SCOPE, "not_": SCOPE},
    "Otherwise": {"choice": SCOPE, "collected": SCOPE, "in_force": SCOPE, "not_": SCOPE},
    "Named": {"choice": SCOPE, "collected": SCOPE, "in_force": SCOPE, "not_": SCOPE},
    "Window": {"from_": SCOPE, "before": SCOPE},
}
