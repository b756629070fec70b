"""On which legal basis each use stands."""

from __future__ import annotations

from ...policy.entities import Basis
from ...project import Project
from .. import wording
from ..facts import Facts
from ..model import Answer, Sentence, Table
from ..needs import missing
from ..terms import BASES

ID = "legal-basis"
GROUP = "for-what"
ASKS = "Why are you allowed to use my data?"
PARAPHRASES = (
    "legal basis",
    "legitimate interest",
    "did I consent to this",
    "GDPR article 6",
)
RELATED = ("object-or-complain", "my-rights", "other-purposes")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    based = {id_: use for id_, use in facts.policy.uses.items() if use.basis}
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    kinds = dict.fromkeys(b.basis for use in based.values() for b in use.basis)
    lead = f"{wording.upper(wording.series(BASES[k] for k in kinds))}."
    text = _which(len(kinds), mixed=any(_mixed(use.basis) for use in based.values()))
    rows = tuple(
        (
            facts.say(wording.upper(use.name), "uses", id_, "name", link=f"uses/{id_}"),
            facts.say(_who(facts, basis), "uses", id_, "basis", index),
            facts.say(basis_words(basis), "uses", id_, "basis", index),
        )
        for id_, use in based.items()
        for index, basis in enumerate(use.basis)
    )
    table = Table("The legal basis of each use", ("Use", "For whom", "Basis"), rows)
    without = [facts.name("uses", u) for u in facts.policy.uses if u not in based]
    more: list[Sentence] = []
    if without:
        more = [facts.say(f"This policy names no basis for {wording.series(without)}.")]
    return Answer(ASKS, (facts.say(text, lead=lead), *more), details=(table,))


def _mixed(bases: list[Basis]) -> bool:
    """Whether one use rests on several bases for the same people."""
    return any(a.scope == b.scope for n, a in enumerate(bases) for b in bases[:n])


def _which(count: int, *, mixed: bool) -> str:
    if count == 1:
        return "This holds for every use below."
    return "Which one holds depends on the case." if mixed else "It depends on the use."


def basis_words(basis: Basis) -> str:
    """Like "Legitimate interests: a more accurate helper (ours and yours)"."""
    said = wording.upper(BASES[basis.basis])
    said += f": {basis.interest}" if basis.interest else ""
    return f"{said} ({wording.series(basis.of)})" if basis.of else said


def _who(facts: Facts, basis: Basis) -> str:
    return wording.upper(facts.who(basis))
