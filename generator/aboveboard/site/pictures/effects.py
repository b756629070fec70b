"""What a refusal changes and what it does not: a line for each time, with the moment of it."""

from __future__ import annotations

from typing import Final, NamedTuple

from markupsafe import Markup

from ...answers import choices
from ...answers.facts import Facts
from ...answers.wording import acts, upper
from ...proof.model import Verdict
from ..book import Book
from ..text import number
from .keeping import ARROW, STOP
from .svg import At, Svg

MOMENT: Final = 44  # percent of the width: before it, and after
SOON, LATER = 52, 76  # where a line stops that the moment ends, and work that is under way
STARTS: Final = {"future": MOMENT, "stored": 0, "running": 20, "trained": 0}
# What a line comes to: a word, and where it ends; None for no end.
ENDS: Final[dict[tuple[str, str], tuple[str, float | None]]] = {
    ("future", "stops"): ("Stops", SOON),
    ("stored", "stops"): ("Stops", SOON),
    ("stored", "erased"): ("Erased", SOON),
    ("running", "stops"): ("Stops", SOON),
    ("running", "continues"): ("Goes on", LATER),
    ("trained", "removed"): ("Removed", SOON),
    ("trained", "continues"): ("Stays", None),
}
ON: Final = ("Goes on", None)


class Strand(NamedTuple):
    """One line: what, from where to where, what it comes to, and the verdict of that."""

    what: str
    starts: float
    ends: float | None
    word: str
    verdict: Verdict

    @property
    def stops(self) -> bool:
        return self.word not in ("Goes on", "Stays")


class Effects(NamedTuple):
    """The picture, and what it shows in a sentence; both empty where nothing is told."""

    finding: str
    picture: Markup


def effects(book: Book, control_id: str) -> Effects:
    """What refusing by a control does; without what a correction stands in the place of."""
    facts = Facts.of(book.project)
    strands = _strands(facts, control_id)
    if not strands:
        return Effects("", Markup())
    control = facts.policy.controls[control_id]
    moment = upper(acts([control], allow=False))
    svg = Svg("effects", f"Before and after {moment[:1].lower()}{moment[1:]}", height=22)
    for strand in strands:
        _draw(svg, strand)
    _moment(svg, moment)
    said = " ".join(f"{s.what}: {s.word.lower()}." for s in strands)
    return Effects(_finding(strands), svg.done(f"{moment}. {said}"))


def _strands(facts: Facts, control_id: str) -> list[Strand]:
    effect = facts.policy.controls[control_id].effect
    if effect is None:
        return []
    found = []
    told = choices.effects(facts, control_id)
    for (time, starts), (what, said) in zip(STARTS.items(), told, strict=True):
        if not said.correction:
            word, ends = ENDS.get((time, getattr(effect.refusing, time)), ON)
            found.append(Strand(what, starts, ends, word, facts.proof.verdict(said.claims)))
    return found


def _finding(strands: list[Strand]) -> str:
    """Like "Two things stop. Two go on."."""
    stopped = sum(strand.stops for strand in strands)
    going = len(strands) - stopped
    said = []
    if stopped:
        said.append(_many(stopped, "stops", "stop"))
    if going:
        said.append(_many(going, "goes on", "go on"))
    return " ".join(said)


def _many(many: int, one: str, more: str) -> str:
    return f"{upper(number(many))} {'thing ' + one if many == 1 else 'things ' + more}."


def _moment(svg: Svg, words: str) -> None:
    """The moment, with all that comes after it shaded, behind all lines."""
    lines, bottom = svg.parts, svg.height
    svg.parts = []
    svg.rect(22, bottom, "half", start=MOMENT)
    svg.line(At(MOMENT, 0, 20), At(MOMENT, 0, bottom), "stroke")
    svg.text(At(MOMENT, 0, 13), words, "b", "middle")
    svg.parts += lines
    svg.height = bottom


def _draw(svg: Svg, strand: Strand) -> None:
    """The name above its line, what it comes to above the end of all."""
    top = svg.height + 16
    svg.text(At(0, 0, top), strand.what)
    svg.text(At(100, -8, top), strand.word, "b", "end")
    end = 100.0 if strand.ends is None else strand.ends
    look = f"bar {strand.verdict}"
    svg.line(At(strand.starts, 0, top + 12), At(end, 0, top + 12), look)
    shape = ARROW if strand.ends is None else STOP
    svg.shape(At(end, 0, top + 12), shape, f"{look} end")
    svg.height = top + 24
