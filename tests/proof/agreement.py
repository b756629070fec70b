"""Whether verdicts agree with what rows show.

proved, declared: nothing leaks, however open settings turn out. violated: something leaks. unknown:
settings are open and something may leak, or rows arrive whose missing value nobody has decided.

A few rules of the checker are deliberately blind to values; there the rows are asked in a mode that
is as blind (test_exceptions.py has what that means in each case).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from aboveboard.proof.model import Claim, Judged

from .executor import PATHS_ONLY, REAL, Atom, Mode, Run, Spec, only, worlds
from .world import (
    ENTITIES,
    TEXTS,
    K,
    Setup,
    flag_places,
    plan_is,
    plan_places,
    refused,
    rows,
    verdicts,
)

Leaks = Callable[[Atom], bool]
Crowd = tuple[frozenset[str], tuple[str, ...]]  # these people alone, in these datasets
ALL = tuple(TEXTS)
ONE: Crowd = (frozenset({"p0"}), ALL)
EVERYBODY: tuple[Crowd, ...] = ((frozenset(), ()),)
FEW = (
    *EVERYBODY,
    ONE,
    (frozenset({"p0", "p4"}), ALL),
    (frozenset({"p0", "p1"}), ALL),
    *((frozenset({"p0"}), (name,)) for name in TEXTS),
)


@dataclass(frozen=True)
class Question:
    """What must not arrive: asked of the rows in `strict` mode for a leak that the verdict must not
    miss, in `blind` mode for one that it must not invent; of everybody, or also of few people."""

    leaks: Leaks
    strict: Mode = PATHS_ONLY
    blind: Mode = PATHS_ONLY
    doubt: Leaks | None = None
    among: tuple[Crowd, ...] = EVERYBODY


class Agreement:
    """One pipeline, judged and run."""

    def __init__(self, setup: Setup, spec: Spec) -> None:
        self.setup, self.spec = setup, spec
        self.settings: dict[Any, list[Any]] = {}
        for world in worlds(spec):
            self.settings.setdefault(world.settings, []).append(world)
        self.failing = [s for s in spec["steps"] if s.get("on_error") not in ("fail", "drop")]
        self.counts = any(s["op"] == "aggregate" for s in spec["steps"])
        self.runs: dict[Any, set[Atom]] = {}
        self.judged = verdicts(setup, spec)
        self.fed = {name for step in spec["steps"] for name in _fed(step)}

    def disagreements(self) -> Iterator[str]:
        """Every claim whose verdict the rows contradict, in words."""
        for judged in self.judged.values():
            claim = judged.claim
            if claim.kind == "retention-kept" or (claim.target and claim.target not in self.fed):
                continue
            wrong = self._must(judged) if claim.kind == "use-is-real" else self._wrong(judged)
            if wrong:
                yield f"{claim.id}: {judged.verdict} ({judged.why}), but {wrong}"

    def _must(self, judged: Judged) -> str:
        place = (judged.claim.data, TEXTS[judged.claim.data])
        arrives = self.seen(Question(lambda a: a.place == place), judged.claim.target, PATHS_ONLY)
        expected = "declared" if all(arrives) else "unknown" if any(arrives) else "violated"
        undecided = judged.verdict == "unknown" and len(arrives) > 1 and any(arrives)
        return "" if judged.verdict == expected or undecided else f"it arrives: {arrives}"

    def _wrong(self, judged: Judged) -> str:
        asked = list(questions(self.setup, judged.claim))
        target = judged.claim.target or "partner"
        strict = [self.seen(q, target, q.strict) for q in asked]
        if judged.verdict in ("proved", "declared"):
            if any(map(any, strict)):
                return f"rows leak: {strict}"
            if any(self._doubt(q, target, q.strict) for q in asked):
                return "rows with an undecided missing value arrive"
            return ""
        if judged.caused_by and judged.caused_by.rpartition("@")[0].endswith("/used"):
            return ""  # the verdict of another claim
        blind = [self.seen(q, target, q.blind) for q in asked]
        if judged.verdict == "violated":
            return "" if any(map(any, blind)) else f"rows show no leak: {blind}"
        if judged.verdict == "unknown":
            if any(self._doubt(q, target, q.blind) for q in asked):
                return ""
            if len(self.settings) < 2:
                return "nothing is unread"
            return "" if any(map(any, blind)) else "nothing leaks whatever is unread"
        return "something is fed into its sink"

    def _doubt(self, question: Question, target: str, mode: Mode) -> bool:
        if question.doubt is None:
            return False
        return any(self.seen(Question(question.doubt), target, mode))

    def seen(self, question: Question, target: str, mode: Mode) -> list[bool]:
        """For each way in which open settings may turn out, whether it leaks."""
        return [
            any(
                question.leaks(atom)
                for world in group
                for people in question.among
                for atom in self._arrived(world, mode, people, target)
            )
            for group in self.settings.values()
        ]

    def _arrived(self, world: Any, mode: Mode, people: Any, target: str) -> set[Atom]:
        if mode.loose_joins:  # one person's rows go wherever any may go
            people = ONE
        elif not self.counts:
            people = EVERYBODY[0]
        if all(map(mode.fails, self.failing)):
            mode = replace(mode, fails=REAL.fails)
        key = (world, mode, people)
        if (key, target) not in self.runs:
            run = Run(self.spec, only(rows(self.setup), *people), world, mode)
            for node in {*run.spec["datasets"]}:
                self.runs[key, node] = run.atoms(node)
        return self.runs[key, target]


def questions(setup: Setup, claim: Claim) -> Iterator[Question]:
    place = (claim.data, TEXTS.get(claim.data, ""))
    if claim.kind in ("opt-out-honoured", "scope-excluded"):
        yield _people(setup, claim, place)
    elif claim.kind in ("never-used", "recipients-declared"):
        yield Question(lambda a: a.place == place)
    elif claim.kind == "nothing-undeclared":
        named = {(n, f) for n, f in TEXTS.items() if claim.use == "train" or n == "votes"}
        yield Question(lambda a: a.place not in named)
    elif claim.kind == "parameter-kept":
        yield from _parameters(claim, place)
    else:
        yield _protected(claim, place)


def _protected(claim: Claim, place: tuple[str, str]) -> Question:
    who = (claim.data, "user_id")
    return {
        "redact": Question(lambda a: a.place == place and not _covered(a) & set(ENTITIES)),
        "hide": Question(lambda a: a.place == place and not _done(a) & {"mask", "redact"}),
        "count": Question(lambda a: a.place == place and "aggregate" not in _done(a)),
        "unlink": Question(lambda a: a.place == who),
        "pseudonym": Question(lambda a: a.place == who and "hash" not in _done(a)),
    }[claim.subject]


def _parameters(claim: Claim, place: tuple[str, str]) -> Iterator[Question]:
    if claim.subject == "count":
        yield Question(
            lambda a: a.place == place and _counted(a) < K, SPARED_COUNTS, SUPPRESSED, among=FEW
        )
        return
    for entity, mode in SPARED.items():
        yield Question(_left(place, entity), mode)


def _left(place: tuple[str, str], entity: str) -> Leaks:
    return lambda a: a.place == place and entity not in _covered(a)


def _covers(entity: str) -> Callable[[Spec], bool]:
    return lambda step: (
        step["op"] == "redact"
        and (
            "entities" not in step
            or any(e == entity or e.startswith("${") for e in step["entities"])
        )
    )


def _spared(covers: Callable[[Spec], bool]) -> Mode:
    return Mode(frozenset(), loose_joins=True, suppress=False, fails=lambda step: not covers(step))


SPARED = {entity: _spared(_covers(entity)) for entity in ENTITIES}
SUPPRESSED = Mode(frozenset())
SPARED_COUNTS = Mode(frozenset(), fails=lambda step: step["op"] != "aggregate")


def _people(setup: Setup, claim: Claim, place: tuple[str, str]) -> Question:
    flags, plans = flag_places(setup), plan_places(setup)
    if claim.kind == "scope-excluded":
        return Question(
            lambda a: a.place == place and plan_is(setup, a, "team"),
            REAL,
            Mode(plans, suppress=False),
            lambda a: a.place == place and plan_is(setup, a, None),
        )
    if not setup.scoped:
        blind = Mode(flags, suppress=False)
        return Question(lambda a: a.place == place and refused(setup, a), REAL, blind)
    return Question(
        lambda a: a.place == place and refused(setup, a) and plan_is(setup, a, "free"),
        REAL,
        Mode(flags | plans, suppress=False),
        lambda a: a.place == place and refused(setup, a) and plan_is(setup, a, None),
    )


def _done(atom: Atom) -> set[str]:
    return {op for op, _ in atom.done}


def _covered(atom: Atom) -> set[str]:
    return {entity for op, found in atom.done if op == "redact" for entity in found}


def _counted(atom: Atom) -> int:
    return max((people for op, people in atom.done if op == "aggregate"), default=0)


def _fed(step: Spec) -> list[str]:
    out = step.get("out", [])
    to = step.get("on_error")
    return [
        *(out if isinstance(out, list) else [out]),
        *([to["to"]] if isinstance(to, dict) else []),
    ]


def disagreements(setup: Setup, spec: Spec) -> list[str]:
    return list(Agreement(setup, spec).disagreements())
