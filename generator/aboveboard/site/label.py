"""The data label of the home page: what trains the models, in three bands of rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..answers.facts import Facts, Row
from ..answers.model import Sentence
from ..answers.open_routes import No, open_routes
from ..answers.routes import when
from ..answers.wording import some, upper
from ..project import Project
from ..values import listed
from .text import number

SWITCH = {"opt-out": "On", "opt-in": "Off", "ask": "Each time"}


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row: what, to whom if not to everyone, and how its switch is set at the start."""

    sentence: Sentence
    who: str = ""
    switch: str = ""


@dataclass(slots=True)
class Label:
    """Bands of rows: no switch, you decide, never but for some ways, never, and what is corrected.

    `trains` is False where no use trains a model.
    """

    trains: bool
    fixed: list[LabelRow] = field(default_factory=list)
    yours: list[LabelRow] = field(default_factory=list)
    excepted: list[LabelRow] = field(default_factory=list)
    never: list[LabelRow] = field(default_factory=list)
    corrected: list[LabelRow] = field(default_factory=list)

    @property
    def title(self) -> str:
        return "What trains our models" if self.trains else "What we use your data for"

    @property
    def finding(self) -> str:
        """The heading: what the label shows, counted."""
        fixed, yours = len(self.fixed), len(self.yours)
        if not fixed and not yours:
            return "Nothing is used."
        what = "to train on your data" if self.trains else "to use your data"
        second = f"{number(yours)} {'is' if yours < 2 else 'are'} yours to decide."
        if not fixed:
            return f"Each way {what} has a switch. {second}"
        ways = f"way {what} has" if fixed == 1 else f"ways {what} have"
        return f"{number(fixed)} {ways} no switch. {second}"

    @property
    def rows(self) -> list[LabelRow]:
        return [*self.corrected, *self.fixed, *self.yours, *self.excepted, *self.never]

    def settle(self) -> None:
        """Gives each row its place once: a correction stands in none of the other bands."""
        bands = (self.fixed, self.yours, self.excepted, self.never)
        found = [row for band in bands for row in band if row.sentence.correction]
        self.corrected = list({row.sentence.text: LabelRow(row.sentence) for row in found}.values())
        for band in bands:
            band[:] = [row for row in band if not row.sentence.correction]
        for band in (self.excepted, self.never):
            band[:] = {row.sentence.text: row for row in band}.values()


def label(project: Project) -> Label:
    """The label of a project: of the uses that train models, or of all if none does."""
    facts = Facts.of(project)
    found = Label(bool(facts.training))
    for use_id in facts.training or list(project.policy.uses):
        for door in facts.of_use(use_id):
            for row in facts.rows(door):
                _add(found, facts, row)
        found.never += _excluded(facts, use_id)
    found.settle()
    return found


def _add(found: Label, facts: Facts, row: Row) -> None:
    who = "" if row.who == "everyone" else row.who
    what = upper(some(facts.data(row.door.data)))
    if row.door.route:
        event = facts.name("events", row.door.use.also[row.door.route].when)
        what = f"{what}, when {event}"
    sentence = facts.say(what, *row.where, claims=facts.backing(row))
    if row.line.state == "always":
        found.fixed.append(LabelRow(sentence, who))
    elif row.line.state == "never":
        if who and not row.door.route:
            _leave_out(found, facts, row, who)
    else:
        link = f"controls/{row.line.control[0]}"
        told = facts.say(what, *row.where, claims=sentence.claims, link=link)
        found.yours.append(LabelRow(told, who, SWITCH[row.line.state]))


def _leave_out(found: Label, facts: Facts, row: Row, who: str) -> None:
    """Whose data is left out, with the ways by which it trains a model all the same."""
    shown = facts.training or list(facts.policy.uses)
    noes = [No(row.door, row.door.data, row.index)]
    opened = [r for r in open_routes(facts, noes) if r.door.use_id in shown]
    ways = dict.fromkeys(when(facts, r.door) or f"for {r.door.use.name}" for r in opened)
    text = f"Data of {who}" + (f", except {listed(ways, 'or')}" if ways else "")
    claims = [*facts.kept_out(row), *(c for r in opened for c in facts.used(r.door))]
    (found.excepted if ways else found.never).append(LabelRow(facts.say(text, claims=claims)))


def _excluded(facts: Facts, use_id: str) -> Iterator[LabelRow]:
    for index, exclusion in enumerate(facts.policy.uses[use_id].never):
        if exclusion.unless:
            continue
        claims = [
            claim
            for data in exclusion.data
            for claim in facts.about("never-used", use=use_id, data=data)
        ]
        what = upper(listed(facts.data(exclusion.data)))
        yield LabelRow(facts.say(what, "uses", use_id, "never", index, claims=claims))
