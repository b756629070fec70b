"""The change log: what differs between two releases, in plain, factual words for readers.

Nothing here says whether a change is good. What a reader has to know first comes first: it is in
the order of the report that legal reads.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..answers.corrections import lead
from ..answers.wording import day, sentence
from ..policy.review import Correction
from ..project import Project
from ..proof.model import VERDICTS
from ..review import concerned, gates
from ..review.change import Change, Effect
from ..review.since import Since
from ..values import Duration
from .text import count
from .words import EARLIER, TURN

# What is for readers: not how words and settings are bound, nor who signs what.
KINDS: Final = frozenset(
    ("policy", "data", "events", "uses", "controls", "steps", "copies", "retention", "recipients",
     "rights", "models", "safeguards", "questions")
)  # fmt: skip
_ORDER: Final[tuple[Effect, ...]] = ("weakens", "unclear", "strengthens")
_SPAN = re.compile(r"(\d+) (year|month|week|day|hour|minute|second)s?")
_UNIT = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M"}


class Entry(NamedTuple):
    """One change: a sentence, what it is in a word, and what was and is said in few words.

    `why` is what people are told of it beside: the reason, and what happens to data from before.
    """

    sentence: str
    turn: str
    before: str = ""
    after: str = ""
    who: str = ""
    why: str = ""


class Log(NamedTuple):
    """What differs between two releases.

    `quiet` counts changes that promise nothing to anybody, `matched` the statements that match
    settings now and were only stated before, `unmatched` those the other way round. `whole` says
    whether both could be compared in full.
    """

    entries: tuple[Entry, ...] = ()
    quiet: int = 0
    matched: int = 0
    unmatched: int = 0
    whole: bool = True

    @property
    def summary(self) -> list[str]:
        """What there is to say beside the entries, in sentences."""
        if not self.whole:
            return ["This program cannot compare these versions. Their texts stand side by side."]
        said = [] if self.entries else ["Nothing changed that we promise."]
        if self.matched:
            said.append(
                count(
                    self.matched,
                    "statement now matches settings. It was stated before.",
                    "statements now match settings. They were stated before.",
                )
            )
        if self.unmatched:
            said.append(
                count(
                    self.unmatched,
                    "statement is now stated. It matched settings before.",
                    "statements are now stated. They matched settings before.",
                )
            )
        if self.quiet:
            found = count(self.quiet, "further change promises", "further changes promise")
            said.append(f"{found} nothing to anybody, such as a date or the name of a version.")
        return said


def log(before: Project, after: Project) -> Log:
    """What readers are told of the way from one project to another."""
    if not (before.loaded and after.loaded):
        return Log(whole=False)
    since = Since(before, after, "the version before")
    public = [c for c in since.changes if c.key.split("/")[0] in KINDS]
    why = _told(since)
    entries = [
        entry(c, why.get(c.key, "")) for effect in _ORDER for c in public if c.effect == effect
    ]
    return Log(
        (*_corrections(before, after), *dict.fromkeys(entries)),
        sum(c.effect == "neutral" for c in since.changes),
        *_moved(before, after),
    )


def _told(since: Since) -> dict[str, str]:
    """What records say of changes, by the keys of the changes."""
    found: dict[str, str] = {}
    for need in gates.needs(since) if since.project.policy.changes else ():
        records = concerned.covering(since, need).values()
        told = (f"{sentence(r.reason)} {EARLIER[r.earlier_data]}" for r in records)
        found |= dict.fromkeys(need.keys, " ".join(dict.fromkeys(told)))
    return found


def entry(change: Change, why: str = "") -> Entry:
    """A change as readers see it."""
    before, after, said = change.before, change.after, change.sentence
    who = "" if change.who == "everyone" or f"({change.who})" in said else change.who
    if change.key.endswith("/name") and before and after:
        said = f"What we called “{before}” is now called “{after}”."
    return Entry(said, turn(before, after), before, after, who, why)


def turn(before: str, after: str) -> str:
    """What became of a fact, in a word that judges nothing."""
    if not before or not after:
        return TURN["new" if after else "gone"]
    first, second = _seconds(before), _seconds(after)
    if first is None or second is None or first == second:
        return TURN["changed"]
    return TURN["shorter" if second < first else "longer"]


def _seconds(words: str) -> int | None:
    """How long a time in words is; None for anything else."""
    parts = _SPAN.findall(words)
    if not parts or re.sub(r"(, | and )?" + _SPAN.pattern, "", words):
        return None
    days = [f"{n}{_UNIT[unit]}" for n, unit in parts if unit in ("year", "month", "week", "day")]
    times = [
        f"{n}{_UNIT.get(unit, 'S')}" for n, unit in parts if unit in ("hour", "minute", "second")
    ]
    return Duration.parse(f"P{''.join(days)}{'T' if times else ''}{''.join(times)}").longest


def _corrections(before: Project, after: Project) -> list[Entry]:
    """What is corrected now, and what is no longer."""
    old, new = before.policy.corrections, after.policy.corrections
    begun = [
        Entry(corrected(after, c), TURN["correction"]) for id_, c in new.items() if id_ not in old
    ]
    ended = [
        Entry(f"No longer corrected: {sentence(c.instead)}", TURN["corrected"])
        for id_, c in old.items()
        if id_ not in new
    ]
    return [*begun, *ended]


def corrected(project: Project, correction: Correction) -> str:
    """What a correction says to readers."""
    judged = project.proof.judged
    known = [judged[claim].verdict for claim in correction.claims if claim in judged]
    first = lead("violated" in known or not known, day(correction.since))
    return f"{first} {sentence(correction.instead)}"


def _moved(before: Project, after: Project) -> tuple[int, int]:
    """How many claims match settings now and did not before, and the other way round."""
    up = down = 0
    best = VERDICTS[-1]
    for id_, judged in after.proof.judged.items():
        was = before.proof.judged.get(id_)
        if was is not None and was.verdict != judged.verdict:
            up += judged.verdict == best
            down += was.verdict == best
    return up, down
