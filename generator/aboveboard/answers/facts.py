"""A project's policy as answers need it: doors, readers, names, and what backs a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from ..findings import Location
from ..policy.cells import Space, TooManyCells
from ..policy.choices import Control
from ..policy.entities import Header, Line
from ..policy.scope import Scope, Scoped
from ..project import Project
from ..proof.claims import Door
from ..proof.model import Claim, Kind
from ..values import listed
from .model import Answer, Sentence
from .needs import training

T = TypeVar("T")
Where = tuple[str | int, ...]
_Named = tuple[int, str, Claim]  # a claim with its place among all, and its id


class _Made(NamedTuple):
    """What was made once; `dated` says that the day of the project decided something of it."""

    value: Any
    dated: bool


@dataclass(frozen=True, eq=False)
class Row:
    """One line of a route with its readers; `who` is "everyone" if the table has one line."""

    door: Door
    index: int
    line: Line
    who: str

    @property
    def where(self) -> Where:
        return ("uses", self.door.use_id, *self.door.path("applies", self.index))


class Facts:
    """What answers ask of a project, worked out once."""

    def __init__(self, project: Project) -> None:
        self.project, self.policy, self.proof = project, project.policy, project.proof
        self.header = self.policy.header or Header.model_construct(
            service="This service", version="", effective=project.as_of, controllers=[]
        )
        self.doors = list(project.doors)
        self.names = {id_: control.name for id_, control in self.policy.controls.items()}
        self._made: dict[tuple[object, ...], _Made] = {}
        self._claims: dict[tuple[str, str, Kind], list[_Named]] = defaultdict(list)
        for number, (id_, judged) in enumerate(self.proof.judged.items()):
            claim = judged.claim
            for key in {("use", claim.use), ("data", claim.data)}:
                self._claims[*key, claim.kind].append((number, id_, claim))

    @classmethod
    def of(cls, project: Project) -> Facts:
        """The facts of a project, kept with its other cached properties."""
        known: Facts | None = vars(project).get("_answer_facts")
        if known is None or known.proof is not project.proof or known.policy is not project.policy:
            known = vars(project)["_answer_facts"] = cls(project)
            like = vars(project).get("_like")  # the same project on another day
            if like is not None:
                made = cls.of(like)._made.items()
                known._made = {key: one for key, one in made if not one.dated}
        return known

    # -- sentences and what backs them ---------------------------------------------------------

    def say(
        self,
        text: str,
        *at: str | int,
        lead: str = "",
        claims: Iterable[str] = (),
        link: str = "",
        beside: str = "",
    ) -> Sentence:
        """A sentence; `at` is the kind, id and path of the value that it comes from.

        `beside` is the step or row of retention that it takes to be kept, though no claim about
        that backs it: where one is corrected, it is not said.
        """
        source = self.place(*at) if at else None
        backing = tuple(dict.fromkeys((*claims, *self._corrected_of(beside))))
        return self.true(Sentence(text, backing, lead, link, source, about=at))

    def _corrected_of(self, subject: str) -> list[str]:
        """The corrected claims about a step or a row of retention."""
        judged, corrected = self.proof.judged, self.project.corrected
        return [c for c in corrected if subject and judged[c].claim.subject == subject]

    def true(self, sentence: Sentence) -> Sentence:
        """The sentence, or what stands in its place where a claim behind it is corrected."""
        if not self.project.corrected or sentence.correction:
            return sentence
        from .corrections import instead

        return instead(self.project, sentence)

    def place(self, kind: str | int, id_: str | int = "", *path: str | int) -> Location:
        return self.policy.at(str(kind), str(id_), *path)

    def about(
        self, *kinds: Kind, use: str = "", data: str = "", route: str | None = None,
        subject: str | None = None,
    ) -> list[str]:  # fmt: skip
        """The ids of the claims of some kinds; give `use` or `data`."""
        key = ("use", use) if use else ("data", data)
        named = [one for kind in kinds for one in self._claims.get((*key, kind), ())]
        return [
            id_
            for _, id_, claim in (named if len(kinds) == 1 else sorted(named))
            if (not data or claim.data == data)
            and (route is None or claim.route == route)
            and (subject is None or claim.subject == subject)
        ]

    def used(self, door: Door, data: Iterable[str] | None = None) -> list[str]:
        """What backs that a route takes this data, and only when its event happens."""
        event = door.use.also[door.route].when if door.route else ""
        return [
            id_
            for item in (door.data if data is None else data)
            for id_ in self.about("use-is-real", use=door.use_id, route=door.route, data=item)
        ] + self.about("scope-excluded", use=door.use_id, route=door.route, subject=f"only-{event}")

    def honoured(self, door: Door, controls: Iterable[str], data: Iterable[str] = ()) -> list[str]:
        """What backs that a refusal keeps data out of a route."""
        wanted = set(data)
        return [
            id_
            for control in controls
            for id_ in self.about(
                "opt-out-honoured", use=door.use_id, route=door.route, subject=control
            )
            if not wanted or self.proof.judged[id_].claim.data in wanted
        ]

    def kept_out(self, row: Row) -> list[str]:
        """What backs that the readers of a `never` line are left out."""
        door, place = row.door, self.place(*row.where)
        if door.closed:
            found = self.about("never-used", use=door.use_id, route=door.route)
            return [id_ for id_ in found if self.proof.judged[id_].claim.data in door.data]
        found = self.about("scope-excluded", use=door.use_id, route=door.route)
        return [id_ for id_ in found if self._is_at(id_, place)]

    def _is_at(self, id_: str, place: Location) -> bool:
        found = self.proof.judged[id_].claim.place
        return (found.path, found.line, found.column) == (place.path, place.line, place.column)

    def backing(self, row: Row) -> list[str]:
        """What backs the answer of one line: it is used and who can stop it, or it is not used."""
        if row.line.state == "never":
            return self.kept_out(row)
        return [*self.used(row.door), *self.honoured(row.door, row.line.control)]

    # -- names -------------------------------------------------------------------------------

    def name(self, kind: str, id_: str) -> str:
        """What an entity is called; its id where it is not declared."""
        entity = self.policy.entities(kind).get(id_)
        return str(entity.name) if entity is not None else id_

    def named(self, kind: str, ids: Iterable[str]) -> str:
        return listed(self.name(kind, id_) for id_ in ids)

    def data(self, ids: Iterable[str]) -> list[str]:
        return [self.name("data", id_) for id_ in ids]

    def controls(self, ids: Iterable[str]) -> list[Control]:
        return [self.policy.controls[id_] for id_ in ids if id_ in self.policy.controls]

    def kept(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What `make` makes, made once, and whether the day decided anything of it."""
        project = self.project
        if key not in self._made:
            asked, project.asked = project.asked, False
            try:
                self._made[key] = _Made(make(), project.asked)
            finally:
                project.asked = asked
        known = self._made[key]
        project.asked |= known.dated
        found: T = known.value
        return found

    def answer(self, about: Callable[..., Answer], *ids: str) -> Answer:
        """What `about` says of the project, or of an entity of it."""
        key = ("answer", about.__module__, about.__name__, *ids)
        return self.kept(key, lambda: about(self.project, *ids))

    # -- doors and readers -----------------------------------------------------------------------

    def ordinary(self, use_id: str) -> Door:
        """The route of a use that is always there."""
        return self.of_use(use_id)[0]

    def of_use(self, use_id: str) -> list[Door]:
        """All routes of a use, the ordinary one first."""
        return self._by_use[use_id]

    @cached_property
    def _by_use(self) -> dict[str, list[Door]]:
        found: dict[str, list[Door]] = {}
        for door in self.doors:
            found.setdefault(door.use_id, []).append(door)
        return found

    @cached_property
    def opened(self) -> dict[str, None]:
        """The uses that happen to anybody, by any route, in order."""
        every = self._by_use.items()
        return {id_: None for id_, doors in every if not all(door.closed for door in doors)}

    @cached_property
    def training(self) -> list[str]:
        """The uses that train models: by their purpose, or because they name a model to train."""
        return training(self.policy)

    @cached_property
    def trains(self) -> frozenset[str]:
        return frozenset(self.training)

    def space(self, rows: Iterable[Scoped | Sequence[Scope]]) -> Space | None:
        """The space that some rows cut; None if it is too large to reason about."""
        scopes = [s for row in rows for s in (row.scope if isinstance(row, Scoped) else row)]
        try:
            return Space.for_table(self.header, scopes, self.names)
        except TooManyCells:
            return None

    def rows(self, door: Door) -> list[Row]:
        """The lines of a route that anybody is in, with their readers in words."""
        return self.kept(("rows", door.key), lambda: self._rows(door))

    def _rows(self, door: Door) -> list[Row]:
        lines = list(door.lines)
        space = self.space(lines)
        if space is None:
            return [Row(door, n, line, f"row {n + 1}") for n, line in enumerate(lines)]
        masks = space.rows(lines)
        return [
            Row(door, n, line, space.words(mask))
            for n, (line, mask) in enumerate(zip(lines, masks, strict=True))
            if mask or not any(masks)
        ]

    def who(self, scoped: Scoped) -> str:
        """The readers of something that is not a row of a table, in words."""
        space = self.space([scoped])
        return space.words(space.mask_of(scoped.scope)) if space else "the people listed"

    def axes(self, door: Door) -> list[str]:
        """The axes on which the answers of a route differ."""
        lines = list(door.lines)
        space = self.space(lines)
        if space is None:
            return []
        by_answer: dict[tuple[str, ...], int] = {}
        for line, mask in zip(lines, space.rows(lines), strict=True):
            answer = (line.state, *line.control)
            by_answer[answer] = by_answer.get(answer, 0) | mask
        if len([m for m in by_answer.values() if m]) < 2:
            return []
        return list(dict.fromkeys(a for m in by_answer.values() for b in space.boxes(m) for a in b))

    def deciding(self, control: str) -> list[Row]:
        """Every line that names a control."""
        return self._deciding.get(control, [])

    @cached_property
    def _deciding(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for door in self.doors:
            for row in self.rows(door):
                for control in row.line.control:
                    found.setdefault(control, []).append(row)
        return found
