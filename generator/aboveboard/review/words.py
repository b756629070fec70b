"""Two texts word by word, and two lists of lines side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

Kind = Literal["same", "removed", "added"]

_TOKEN = re.compile(r"\s+|[^\W_]+(?:['’-][^\W_]+)*|.", re.DOTALL)
# Comparing costs up to the product of both lengths. Beyond this the one takes the other's place.
MOST = 250_000
_ALIKE = 0.5  # how much two lines must share to be one that changed, rather than two


class Run(NamedTuple):
    """Words that stand in both texts, or in one of them."""

    kind: Kind
    text: str


Words = tuple[Run, ...]
Pairing = tuple[int | None, int | None]  # where a line was, where it is; None if it is not there


def compared(before: str, after: str) -> Words:
    """Both texts as one; the runs but the added are the earlier, but the removed the later."""
    if before == after:
        return (Run("same", before),) if before else ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > MOST:
        return _joined([Run("removed", before), Run("added", after)])
    found: list[Run] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        gone, come = old[old_start:old_end], new[new_start:new_end]
        if gone == come:
            found.append(Run("same", "".join(gone)))
        else:
            found += [Run("removed", "".join(gone)), Run("added", "".join(come))]
    return _joined(_whole_phrases([run for run in found if run.text]))


def same(words: Words) -> bool:
    """Whether both texts read alike."""
    return all(run.kind == "same" for run in words)


def text_of(words: Words, but: Kind) -> str:
    """The text without the runs of a kind: but the added it is the earlier one."""
    return "".join(run.text for run in words if run.kind != but)


def _whole_phrases(runs: Sequence[Run]) -> Iterator[Run]:
    """A lone small word between two changes is told with them, for phrases read better."""
    for index, run in enumerate(runs):
        inner = run.kind == "same" and 0 < index < len(runs) - 1
        if inner and len("".join(c for c in run.text if c.isalnum())) <= 3:
            yield from (Run("removed", run.text), Run("added", run.text))
        else:
            yield run


def _joined(runs: Iterable[Run]) -> Words:
    """Neighbours of a kind as one run: of those that changed first what went, then what came."""
    found: list[Run] = []
    for same, group in groupby(runs, key=lambda run: run.kind == "same"):
        texts: dict[Kind, str] = {"same": "", "removed": "", "added": ""}
        for run in group:
            texts[run.kind] += run.text
        kinds: tuple[Kind, ...] = ("same",) if same else ("removed", "added")
        found += [Run(kind, texts[kind]) for kind in kinds]
    return tuple(run for run in found if run.text)


def aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[Pairing]:
    """Which line became which, in reading order; lines that share little are two."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        old, new = range(old_start, old_end), range(new_start, new_end)
        if tag == "equal":
            yield from zip(old, new, strict=True)
        else:
            yield from _paired(before, after, old, new)


def _paired(
    before: Sequence[str], after: Sequence[str], old: range, new: range
) -> Iterator[Pairing]:
    """Lines that all differ: each with the one it is most like, none of them moved."""
    start = new.start
    few = len(old) * len(new) <= 400
    for n in old:
        left = range(start, new.stop) if few else range(0)
        best = max(left, key=lambda m: alike(before[n], after[m]), default=None)
        if best is None or alike(before[n], after[best]) < _ALIKE:
            yield n, None
            continue
        yield from ((None, m) for m in range(start, best))
        yield n, best
        start = best + 1
    yield from ((None, m) for m in range(start, new.stop))


def alike(before: str, after: str) -> float:
    """How much of two lines is the same, from 0 to 1; of long ones, how many words they share."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) * len(new) > 10_000:
        return matcher.quick_ratio()
    return matcher.ratio()
