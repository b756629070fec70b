"""What the reports of a difference share: their order, their headings, their words."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator

from ...answers.wording import day
from ...review.change import Change, Effect
from ...review.difference import Difference, State
from ...review.untrue import Untrue
from ...review.verdicts import Moved

# What needs a reader's eye first comes first.
HEADINGS: dict[Effect, str] = {
    "weakens": "Weakens",
    "unclear": "Unclear: a person must judge",
    "strengthens": "Strengthens",
    "neutral": "Changes nothing for people",
}
MOVED = "Verdicts that moved"
SIGN_NOT = "do not sign"


def by_effect(found: Difference) -> Iterator[tuple[str, Effect, list[Change]]]:
    """The changes of each effect, under its heading; none without changes."""
    for effect, heading in HEADINGS.items():
        if changes := [change for change in found.changes if change.effect == effect]:
            yield heading, effect, changes


def stop(found: Difference) -> str:
    """Like "1 sentence is not true of the settings today: do not sign"; "" if there is none."""
    count = sum(each.sentences for each in found.untrue)
    said = "1 sentence is" if count == 1 else f"{count} sentences are"
    return f"{said} not true of the settings today: {SIGN_NOT}" if count else ""


def and_more(each: Untrue) -> str:
    """Like ", and 6 sentences more"."""
    count = each.sentences - 1
    return f", and {count} sentence{'' if count == 1 else 's'} more" if count else ""


def against(each: Untrue) -> str:
    """Like "the settings have keep: P90D (pipeline/a.yml:9:5)"; else why it fails."""
    at = each.settings
    return f"the settings have {at.message} ({at})" if at else each.why


def false_of(found: Difference, change: Change) -> list[Untrue]:
    """What is not true of the settings and stands in what a change wrote."""
    number = next(n for n, other in enumerate(found.changes) if other is change)
    return [each for each in found.untrue if number in each.changes]


def unmarked(found: Difference) -> str:
    """That words changed and version and day did not; "" if the version did, or no word."""
    if not found.unmarked:
        return ""
    before, after = found.before, found.after
    days = ""
    if after.effective and before.effective == after.effective:
        days = f", nor the day from which it holds ({day(after.effective)})"
    return f"words changed, the version did not ({after.version}){days}"


def unasked(found: Difference) -> str:
    """That changes weaken what no rule has anybody sign; "" if there is none."""
    if not found.outside:
        return ""
    count = len(found.outside)
    said = "1 change weakens a promise" if count == 1 else f"{count} changes weaken a promise"
    return f"{said} outside every rule of sign-off: {needless(found)}"


def needless(found: Difference) -> str:
    return f"needs no signature here (review.sign-off: {', '.join(found.asked)})"


def is_unasked(found: Difference, change: Change) -> bool:
    """Whether a change weakens a promise and nobody has to sign it."""
    return any(found.changes[number] is change for number in found.outside)


def notes(found: Difference) -> list[str]:
    """What a reader should know of the whole: a version that stayed, what nobody has to sign."""
    return [note for note in (unmarked(found), unasked(found)) if note]


def since(found: Difference) -> str:
    """The earlier state as a command takes it."""
    return shlex.quote(found.before.name.replace("release ", "release:", 1))


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
    """Like "3 changes: 1 weakens, 2 strengthen; 1 verdict moved: 1 weakens"."""
    total = len(found.changes)
    changes = f"{total} change{'' if total == 1 else 's'}{_effects(found.count)}"
    moved = sum(1 + len(each.others) for each in found.verdicts)
    return f"{changes}; {moved} verdict{'' if moved == 1 else 's'} moved{_effects(found.moved)}"


def _effects(count: Callable[[Effect], int]) -> str:
    said = [_counted(count(effect), effect) for effect in HEADINGS if count(effect)]
    return f": {', '.join(said)}" if said else ""


def _counted(count: int, effect: Effect) -> str:
    """Like "1 weakens", "2 weaken"."""
    return f"{count} {effect if count == 1 else effect.removesuffix('s')}"
