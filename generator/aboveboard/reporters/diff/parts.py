"""What the reports of a difference share: their order, their headings, their words."""

from __future__ import annotations

from collections.abc import Iterator

from ...review.change import Change, Effect
from ...review.difference import Difference, State
from ...review.verdicts import Moved

# What needs a reader's eye first comes first.
HEADINGS: dict[Effect, str] = {
    "weakens": "Weakens",
    "unclear": "Unclear: a person must judge",
    "strengthens": "Strengthens",
    "neutral": "Changes nothing for people",
}
MOVED = "Verdicts that moved"


def by_effect(found: Difference) -> Iterator[tuple[str, Effect, list[Change]]]:
    """The changes of each effect, under its heading; none without changes."""
    for effect, heading in HEADINGS.items():
        if changes := [change for change in found.changes if change.effect == effect]:
            yield heading, effect, changes


def title(found: Difference) -> str:
    return f"{_named(found.before)} → {_named(found.after)}"


def _named(state: State) -> str:
    commit = (state.revision or "")[:12]
    return f"{state.name} ({commit})" if commit and commit != state.name else state.name


def verdict(moved: Moved) -> str:
    """Like "violated, before proved"."""
    return f"{moved.after}, before {moved.before or 'not claimed'}"


def others(moved: Moved) -> str:
    """Like " (and 7 claims more)"."""
    count = len(moved.others)
    return f" (and {count} claim{'' if count == 1 else 's'} more)" if count else ""


def faults(found: Difference) -> Iterator[str]:
    """One sentence per state that could not be read whole."""
    for state in (found.before, found.after):
        if count := len(state.faults):
            first = state.faults[0]
            where = f"{first.location}: " if first.location else ""
            said = "1 error" if count == 1 else f"{count} errors"
            yield (
                f"{state.name} has {said}, so this compares what could be read, and no verdicts; "
                f"first {where}{first.message}"
            )


def summary(found: Difference) -> str:
    """Like "3 changes: 1 weakens, 2 strengthens; 1 verdict moved"."""
    total = len(found.changes)
    said = [_counted(found.count(effect), effect) for effect in HEADINGS if found.count(effect)]
    changes = f"{total} change{'' if total == 1 else 's'}{': ' if said else ''}{', '.join(said)}"
    moved = sum(1 + len(each.others) for each in found.verdicts)
    return f"{changes}; {moved} verdict{'' if moved == 1 else 's'} moved"


def _counted(count: int, effect: Effect) -> str:
    """Like "1 weakens", "2 weaken"."""
    return f"{count} {effect if count == 1 else effect.removesuffix('s')}"
