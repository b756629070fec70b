"""Orders of a de-identification step whose strength is derived from other attributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..answers.terms import STRENGTHS
from ..policy import strength as strengths
from ..policy.choices import Step
from .change import effect_of
from .orders import Delta, Pair, plain


def technique(before: str, after: str, pair: Pair) -> Iterator[Delta]:
    """Another technique is for a person to judge; what its strength becomes is said with it."""
    yield Delta("unclear", _with_strength(before, pair.before), _with_strength(after, pair.after))


def _with_strength(name: str, step: Step) -> str:
    return f"{plain(name)} ({_word(step)})"


def strength(_before: Any, _after: Any, pair: Pair) -> Iterator[Delta]:
    """The word that pages use: a lower one promises less. Nothing, if the step earns no other."""
    first, second = strengths.of(pair.before), strengths.of(pair.after)
    if first != second:
        better = strengths.LADDER.index(second) > strengths.LADDER.index(first)
        yield Delta(effect_of(better), _word(pair.before), _word(pair.after))


def _word(step: Step) -> str:
    return STRENGTHS[strengths.of(step)][0].lower()
