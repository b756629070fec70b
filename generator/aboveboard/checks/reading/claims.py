"""Whether a word in a sentence claims something: "not anonymised" and "Is it anonymous?" do not.

What is not plainly a negation, a question, a condition or talk about the word counts as a claim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .lexicon import Hit, Lexicon, Token

if TYPE_CHECKING:
    from .passages import Passage

EDGE = "\x1e"  # in the text of a page: a heading, cell or list item ends here
_END = re.compile(rf"[.!?…]+[\"'”’»)\]*_]*(?=\s|$)|\n[ \t]*\n|{EDGE}")
_PAUSE = re.compile(r"[,;:()\[\]—–]|\s-\s")
_NEAR = 3  # words between "not" and "say"
_FAR = 8  # words between "say" and what is not said


class Span(NamedTuple):
    """A sentence: where it stands, and whether it asks."""

    start: int
    end: int
    asks: bool


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order."""
    found, start = [], 0
    for match in _END.finditer(text):
        found.append(Span(start, match.end(), "?" in match.group()))
        start = match.end()
    if start < len(text):
        found.append(Span(start, len(text), False))
    return found


def is_claim(passage: Passage, hit: Hit) -> bool:
    """Whether the sentence asserts what the word at `hit` means."""
    text, known = passage.text, passage.known
    sentence = next(s for s in passage.sentences if s.start <= hit.start < s.end)
    if sentence.asks:
        return False
    first = hit.first
    while first and passage.words[first - 1].start >= sentence.start:
        first -= 1
    before = passage.words[first : hit.first]
    if _ending(before, known.mention):
        return False
    clause = _clause(text, before, hit, known)
    if any(token.word in known.open for token in clause):
        return False
    if hit.list == "proof" and _refused(clause, known):
        return False
    if hit.list == "vague":
        return not _is_month(passage, hit)
    return not (_denied(text, before, hit, known) or _unsaid(text, before, hit, known))


def _is_month(passage: Passage, hit: Hit) -> bool:
    """Whether it is the month of May: a capital, and a number beside it."""
    if passage.words[hit.first].word not in passage.known.raw["names-of-months"]:
        return False
    beside = passage.words[max(0, hit.first - 1) : hit.last + 2]
    number = any(token.word.isdigit() for token in beside)
    return passage.text[hit.start].isupper() and number


def _ending(before: Sequence[Token], phrases: dict[str, list[tuple[str, ...]]]) -> int:
    """How many words the longest of these phrases has at the end; 0 if none stands there."""
    if not before:
        return 0
    for phrase in phrases.get(before[-1].word, ()):
        if tuple(token.word for token in before[-len(phrase) :]) == phrase:
            return len(phrase)
    return 0


def _clause(text: str, before: Sequence[Token], hit: Hit, known: Lexicon) -> Sequence[Token]:
    """The words before the hit back to a pause or a word such as "but"."""
    start = len(before)
    while start and not _PAUSE.search(text, before[start - 1].end, _next(before, start, hit)):
        if before[start - 1].word in known.breaks:
            break
        start -= 1
    return before[start:]


def _next(before: Sequence[Token], index: int, hit: Hit) -> int:
    return before[index].start if index < len(before) else hit.start


def _denied(text: str, before: Sequence[Token], hit: Hit, known: Lexicon) -> bool:
    """Whether a negation leads up to the hit, with no other word between; two cancel out.

    "Nor" denies alone and goes with another negation: "neither anonymous nor encrypted".
    """
    count, nor, end = 0, False, len(before)
    while end and not _PAUSE.search(text, before[end - 1].end, _next(before, end, hit)):
        word = before[end - 1].word
        if both := _ending(before[:end], known.yes):
            end -= both
        elif no := _ending(before[:end], known.no):
            count += 1
            end -= no
        elif word in known.nor or word in known.filler or word in known.claiming:
            nor = nor or word in known.nor
            end -= 1
        else:
            break
    return count % 2 == 1 or (nor and not count)


def _refused(clause: Sequence[Token], known: Lexicon) -> bool:
    """Whether a clause has a negation anywhere: "no authority has certified it"."""
    ends = range(1, len(clause) + 1)
    return any(t.word in known.nor for t in clause) or any(
        _ending(clause[:end], known.no) and not _ending(clause[:end], known.yes) for end in ends
    )


def _unsaid(text: str, before: Sequence[Token], hit: Hit, known: Lexicon) -> bool:
    """Whether it is what somebody does not say: "we do not call it anonymous"."""
    for index in range(len(before) - 1, max(-1, len(before) - 1 - _FAR), -1):
        after = before[index + 1].word if index + 1 < len(before) else ""
        paused = _PAUSE.search(text, before[index].end, _next(before, index + 1, hit))
        if (paused and after not in known.that) or before[index].word in known.breaks:
            return False
        if before[index].word in known.speech:
            near = before[max(0, index - _NEAR) : index + 2]  # "do not say", "sagen nicht"
            return any(_ending(near[: n + 1], known.no) for n in range(len(near)))
    return False
