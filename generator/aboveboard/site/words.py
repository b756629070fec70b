"""The public words: what a verdict, a grade and a kind of claim are called on the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from ..pipeline.graph import Grade
from ..proof.model import VERDICTS, Kind, Verdict

# What the line under a statement shows: its verdict, or that a correction stands there.
Mark = Verdict | Literal["corrected"]
MARKS: Final[tuple[Mark, ...]] = ("corrected", *VERDICTS)

VERDICT: Final[dict[Mark, str]] = {
    "proved": "Matches settings",
    "declared": "Stated",
    "violated": "Fails. Not published",
    "unknown": "Cannot be read. Not published",
    "vacuous": "Nothing flows. Not published",
    "corrected": "Correction",
}

MEANING: Final[dict[Mark, str]] = {
    "proved": "A program compared this statement with the settings of our data pipeline. They "
    "agree, on every path.",
    "declared": "We say so. It matches our own description, or no setting can show it.",
    "violated": "One path breaks it. That is enough to stop this site.",
    "unknown": "A setting that decides it is hidden from the program. That never counts as a "
    "match.",
    "vacuous": "No data takes this path, so there is nothing to compare. That never counts as "
    "a match.",
    "corrected": "What we promise here is not kept at present, or we cannot show it. In its "
    "place we say what is true until it is kept again.",
}


def weakest(marks: Iterable[Mark]) -> Mark:
    """The worst of the marks; `declared` for none, since what is not compared is only stated."""
    return min(marks, key=MARKS.index, default="declared")


# What became of a fact between two releases. None of these words judges.
TURN: Final = {
    "new": "New",
    "gone": "No longer said",
    "changed": "Changed",
    "shorter": "Shorter",
    "longer": "Longer",
    "correction": "Correction",
    "corrected": "Correction ended",
}

# What happens to data from before a change.
EARLIER: Final = {
    "old-rule": "Data from before keeps the old rule.",
    "new-rule": "The new rule holds for data from before too.",
    "erased": "Data from before is erased.",
    "asked": "We ask you about data from before.",
}

GRADE: Final[dict[Grade, str]] = {
    "observed": "read in the settings",
    "default": "the tool’s own default",
    "described": "from our description",
    "declared": "our word",
    "unknown": "cannot be read",
}

KIND: Final[dict[Kind, tuple[str, str]]] = {
    "nothing-undeclared": (
        "Nothing is used that we do not name",
        "We follow each field of our data stores to where it ends. A field that arrives must "
        "belong to a kind of data that we list for that use.",
    ),
    "use-is-real": (
        "What we say is used, is used",
        "A kind of data that we list must reach that use. So no list is longer than the truth.",
    ),
    "never-used": (
        "What we say is never used, has no path",
        "There is no way from this data to that use in the settings.",
    ),
    "scope-excluded": (
        "People who are left out, are left out",
        "On every path a filter removes the plans, regions or ages that we name.",
    ),
    "deidentified-before": (
        "Details are removed in time",
        "On every path the step runs on all records before the data is used, read or shared.",
    ),
    "parameter-kept": (
        "The numbers are at least as strict",
        "The step is set to protect no less than the numbers that we publish.",
    ),
    "opt-out-honoured": (
        "Your choice is followed",
        "On every path a filter reads your choice and leaves your data out.",
    ),
    "retention-kept": (
        "Nothing is kept longer",
        "Each place where the data lies is set to delete it in time.",
    ),
    "recipients-declared": (
        "Nobody gets it whom we do not name",
        "Each step that runs elsewhere belongs to a recipient that we list.",
    ),
    "fails-closed": (
        "When a step fails, data stays out",
        "A step that fails drops the record or stops the run.",
    ),
    "never-joined": (
        "What is kept apart, stays apart",
        "No step joins the two again.",
    ),
}
