"""Claims that people are left out: who refused a control, and whom a scope excludes; and that only
what an event marks goes through its route."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...pipeline.predicate import MISSING, Other, Span
from ...policy.axes import COLLECTED
from ...policy.choices import Control
from ...policy.entities import DECIDED, Line
from .. import words
from ..branches import Branch
from ..ends import mark_name
from ..guards import Guard, raw_values, refusals
from ..lineage import flag_name
from ..model import Claim, Verdict
from .doors import Door
from .task import Errand, Project, Task

Cell = dict[str, str]  # axis -> value


def choices(errand: Errand) -> Iterator[Task]:
    """One claim a control of a line: nobody who refused it is behind what arrives."""
    door, policy = errand.door, errand.project.policy
    cells = _line_cells(errand)
    for index, line in enumerate(door.lines):
        within = cells[index]
        for control in line.control if line.state in DECIDED and within is not None else ():
            said = words.honoured(policy, door, errand.data, control)
            claim = errand.claim("opt-out-honoured", control, said, door.path("applies", index))
            if sum(control in other.control for other in door.lines) > 1:
                claim = claim._replace(id=errand.id(f"{control}/line-{index + 1}"))
            task = Task(claim, errand.seeds, errand.target, depends=errand.real)
            yield _choice(errand.project, task, control, line, within or [None])


def _line_cells(errand: Errand) -> list[list[Guard | None] | None]:
    """Per line the cells that it is about; None, for all rows, where none can be seen. No list
    for a line that is not in force."""
    lines = errand.door.lines
    table = errand.project.cells(lines) if any(line.scope for line in lines) else None
    if table is None:
        return [[None] for _ in lines]
    space, masks = table
    found: list[list[Guard | None] | None] = []
    for mask in masks:
        cells = [cell for box in space.boxes(mask) for cell in _cells(box)]
        guards = [_guards(errand.project, cell) for cell in cells]
        seen = all(guards) and bool(guards)  # a cell that nothing shows may be anybody
        listed: list[Guard | None] = [guard for some in guards for guard in some]
        found.append((listed if seen else [None]) if mask else None)
    return found


def _choice(
    project: Project, task: Task, control: str, line: Line, cells: list[Guard | None]
) -> Task:
    policy = project.policy
    flag = policy.bindings.flags.get(control) if policy.bindings else None
    if flag is None or not project.ends.flags.get(control):
        why = f"no field is bound to '{control}': say in bindings.flags where its position lies"
        return task._replace(settled=("unknown", why))
    asked = line.state in ("opt-in", "ask")
    missing = "allowed" if asked else flag.missing  # where one asks, `_untouched` decides
    guards: list[Guard] = []
    for cell in dict.fromkeys(cells):
        guards += refusals(control, flag.refused, missing, flag.read, cell)
        guards += [_untouched(project, line, cell)] if asked else []
    settled = _stored_stops(policy.controls[control], control, flag.read)
    return task._replace(guards=tuple(dict.fromkeys(guards)), settled=settled)


def _untouched(project: Project, line: Line, within: Guard | None) -> Guard:
    """Whoever has touched no control of a line that asks: one allowance is enough, and an
    untouched second control is no refusal."""
    read = project.ends.read
    seen = [flag_name(c, read.get(c)) for c in line.control if project.ends.flags.get(c)]
    cell = within or Guard((), ())
    values = (*[MISSING] * len(seen), *cell.values)
    return Guard((*seen, *cell.tracked), values, cell.doubtful)


def _stored_stops(control: Control, id_: str, read: str | None) -> tuple[Verdict, str] | None:
    """A refusal that is to stop stored data needs a flag that is looked up when it matters."""
    effect = control.effect
    if effect is None or effect.refusing.stored == "continues" or read == "run-time":
        return None
    if read == "stamped":
        why = (
            "a flag stamped on each row keeps out new data only, but a refusal is to stop "
            "stored data too"
        )
        return "violated", why
    why = f"nothing says when the flag of '{id_}' is read: add 'read: run-time' or 'read: stamped'"
    return "unknown", why


# -- events ----------------------------------------------------------------------------------------


def marked(project: Project, door: Door, target: str) -> Iterator[Task]:
    """One claim a route and target: no row is behind what arrives that its event does not mark."""
    if not door.route or project.closed(door):
        return
    event = door.use.also[door.route].when
    seeds = tuple(p for data in door.data for p in project.ends.sources.get(data, ()))
    claim = Claim(
        f"{door.key}/only-{event}@{target}",
        "scope-excluded",
        words.only_when(project.policy, door, event),
        project.policy.at("uses", door.use_id, *door.path("when")),
        use=door.use_id,
        route=door.route,
        subject=f"only-{event}",
        target=target,
    )
    real = f"{door.key}/{door.data[0]}/used@{target}" if door.data else None
    task = Task(claim, tuple(dict.fromkeys(seeds)), target, depends=real)
    yield from _marked(project, task, event)


def _marked(project: Project, task: Task, event: str) -> Iterator[Task]:
    bindings = project.policy.bindings
    mark = bindings.events.get(event) if bindings else None
    if mark is None:
        why = (
            f"nothing says which records '{event}' marks: bind a field or a dataset in "
            "bindings.events"
        )
        yield task._replace(settled=("unknown", why))
    elif project.ends.marks[event]:
        tracked, listed = (mark_name(event),), frozenset((mark.value,))
        yield task._replace(guards=(Guard(tracked, (Other(listed),)), Guard(tracked, (MISSING,))))
    elif nodes := project.ends.branches[event]:
        before = tuple(node for node in nodes if node != task.target)
        why = f"'{task.target}' is the sink itself: name in bindings.events what comes before it"
        settled: tuple[Verdict, str] | None = None if before else ("unknown", why)
        yield task._replace(branches=(Branch(before),) if before else (), settled=settled)


# -- scopes ----------------------------------------------------------------------------------------


def exclusions(errand: Errand) -> Iterator[Task]:
    """One claim a box of cells that a line excludes."""
    policy, door = errand.project.policy, errand.door
    table = errand.project.cells(door.lines)
    if table is None or policy.header is None:
        return
    space, masks = table
    for index, line in enumerate(door.lines):
        for box in space.boxes(masks[index]) if line.state == "never" else ():
            subject = "never-" + "-".join("-".join((a, *v)) for a, v in sorted(box.items()))
            said = words.excluded(policy, door, errand.data, box)
            claim = errand.claim("scope-excluded", subject, said, door.path("applies", index))
            claim = claim._replace(scope=words.box(policy.header, box))
            task = Task(claim, errand.seeds, errand.target, depends=errand.real)
            yield _excluded(errand.project, task, box)


def _excluded(project: Project, task: Task, box: dict[str, tuple[str, ...]]) -> Task:
    guards: list[Guard] = []
    for cell in _cells(box):
        found = _guards(project, cell)
        if not found:
            axes = " and ".join(f"'{axis}'" for axis in sorted(box))
            why = f"no field is bound to {axes}: say in bindings.axes where it lies"
            return task._replace(settled=("unknown", why))
        guards += found
    return task._replace(guards=tuple(dict.fromkeys(guards)))


def _guards(project: Project, cell: Cell) -> list[Guard]:
    """What keeps out one cell, by any of its axes that the pipeline can see: one guard a
    combination of values that mean it, doubtful where one is missing."""
    bindings = project.policy.bindings
    rows: list[tuple[tuple[str, object], ...]] = [()]
    for axis, value in cell.items():
        for name, raws in (bindings.axes.get(axis, {}) if bindings else {}).items():
            if not project.ends.axes.get(f"{axis}:{name}"):
                continue
            if axis == COLLECTED or value in raws:
                found = (*_meant(axis, value, raws), MISSING)
                rows = [(*row, (f"axis:{axis}:{name}", raw)) for row in rows for raw in found]
    guards = []
    for row in rows if rows != [()] else ():
        values = tuple(raw for _, raw in row)
        guards.append(Guard(tuple(thing for thing, _ in row), values, MISSING in values))
    return guards


def _meant(axis: str, value: str, raws: dict[str, list[Any]]) -> tuple[object, ...]:
    """The raw values of an axis value; of a time, all that lie in it."""
    if axis == COLLECTED:
        start, _, end = value.partition("..")
        return (Span(start, end),)
    return raw_values(raws[value], [raw for v in raws.values() for raw in v])


def _cells(box: dict[str, tuple[str, ...]]) -> list[Cell]:
    cells: list[Cell] = [{}]
    for axis, values in sorted(box.items()):
        cells = [{**cell, axis: value} for cell in cells for value in values]
    return cells
