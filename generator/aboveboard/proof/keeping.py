"""Which edges keep guarded people out: filters, and joins on the person key with what a filter has
been through."""

from __future__ import annotations

from collections import defaultdict

from ..pipeline.graph import Step
from .flow import Flow
from .guards import Guard, View, decides, named_fields, views_of
from .lineage import Input, on_person, row_level, row_of
from .settle import in_order, run
from .works import errors_pass, may_be_off, switched_off

SURE, MAYBE, BITS = 0b101, 0b010, 3  # of the three bits of a guard: sure and hard, or maybe


def cuts(flow: Flow, guards: dict[Guard, int]) -> dict[int, int]:
    """Edge -> bits cut. Each guard has three bits at its number: cut surely, if all unread is
    favourable, and by observed facts alone."""
    return _Keeping(flow, guards).cuts() if guards else {}


class _Keeping:
    def __init__(self, flow: Flow, guards: dict[Guard, int]) -> None:
        self.flow, self.guards = flow, dict(guards)
        self.asked = (1 << BITS * len(guards)) - 1
        self.wider: dict[int, list[int]] = defaultdict(list)  # number -> guards that it keeps, too
        self._widen()
        self.all = sum(1 << BITS * n for n in self.guards.values())
        self.by_thing: dict[str, list[Guard]] = defaultdict(list)
        self.pairs = {  # spelled: True and 1 are equal
            g: [(t, repr(v)) for t, v in zip(g.tracked, g.values, strict=True)] for g in self.guards
        }
        for guard in self.guards:
            for thing in guard.tracked:
                self.by_thing[thing].append(guard)
        self.masks: dict[object, int] = {}
        self.gains: dict[frozenset[str], int] = {}
        self.filtered = self._filtered()
        self.loses: dict[str, int] = {}  # node -> guards that some row's person may not keep
        run(in_order(flow), self._visit)

    def _widen(self) -> None:
        """Whoever is kept out for what they are, on any row, is kept out on some: a guard on that
        alone is followed as well, since a join carries it further."""
        for guard, number in list(self.guards.items()):
            pairs = [
                pair
                for pair in zip(guard.tracked, guard.values, strict=True)
                if not row_level(pair[0])
            ]
            if 0 < len(pairs) < len(guard.tracked):
                alone = Guard(tuple(t for t, _ in pairs), tuple(v for _, v in pairs))
                self.wider[self.guards.setdefault(alone, len(self.guards))].append(number)

    def cuts(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for step in self.flow.pipeline.steps.values():
            if step.op not in ("filter", "join"):
                continue
            for node in dict.fromkeys(step.inputs):
                mask = self.filtered.get((step.id, node), 0) | self._joined(step, node)
                if mask & self.asked:
                    self._cut(found, step, node, mask & self.asked)
        return found

    def _cut(self, found: dict[int, int], step: Step, node: str, mask: int) -> None:
        """Only data of the row's own person is decided by what is known of that person."""
        flow = self.flow
        sure, hope = flow.traces[node].anchored, flow.hopes[node].anchored
        for edge in flow.acting[step.id]:
            tail, name = flow.vertices[flow.graph.tails[edge]]
            if tail != node:
                continue
            bits = (mask & self.all * SURE if name in sure else 0) | (
                mask & self.all * MAYBE if name in hope else 0
            )
            if bits:
                found[edge] = found.get(edge, 0) | bits

    # -- filters -----------------------------------------------------------------------------

    def _filtered(self) -> dict[tuple[str, str], int]:
        found = {}
        for step in self.flow.pipeline.steps.values():
            if step.op != "filter" or step.where is None:
                continue
            named = named_fields(step.where)
            for node in step.inputs:
                if node in self.flow.fields:
                    views = views_of(self.flow, step, node, named)
                    found[step.id, node] = self._mask(step, *views)
        return found

    def _mask(self, step: Step, sure: View, hope: View) -> int:
        """The same conditions on the same fields are judged once."""
        runs = step.runs and step.runs.value
        grades = (step.fact.grade, step.runs and step.runs.fact.grade)
        key = (step.where, repr(runs), step.partial is None, grades,
               tuple(sorted(sure.items())), tuple(sorted(hope.items())))  # fmt: skip
        if key not in self.masks:
            self.masks[key] = self._decided(step, sure, hope)
        return self.masks[key]

    def _decided(self, step: Step, sure: View, hope: View) -> int:
        """Guards that ask the same of the fields that a filter sees are judged once."""
        mask = 0
        known: dict[tuple[tuple[str, str], ...], int] = {}
        seen = {*sure, *hope}
        for guard in dict.fromkeys(g for thing in seen for g in self.by_thing.get(thing, ())):
            asked = tuple([pair for pair in self.pairs[guard] if pair[0] in seen])
            if asked not in known:
                cut = decides(guard, step, sure, hope)
                known[asked] = cut.sure | cut.maybe << 1 | cut.hard << 2
            mask |= known[asked] << BITS * self.guards[guard]
        return mask

    # -- joins -------------------------------------------------------------------------------

    def _joined(self, step: Step, node: str) -> int:
        """What an input of a join gains from the other: on the person key, rows meet only rows of
        the same person. Of a left join only the right side gains."""
        if step.op != "join" or len(step.inputs) != 2:
            return 0
        left, right = step.inputs
        gained = 0
        if node == right:
            gained |= self._gained(step, 1)
        if node == left:
            gained |= self._gained(step, 0)
        return gained

    def _gained(self, step: Step, side: int) -> int:
        """The guards that a side of a join gains from the other, and those that they include."""
        gained = self._gain(step, side) & ~self.loses.get(step.inputs[1 - side], 0)
        for number, others in self.wider.items():
            bits = gained >> BITS * number & (SURE | MAYBE)
            for other in others if bits else ():
                gained |= bits << BITS * other
        return gained

    def _gain(self, step: Step, side: int) -> int:
        """The guards that a side of a join may gain, in each mode."""
        if step.partial is not None or switched_off(step) or errors_pass(step) is True:
            return 0
        gained = 0
        for hopeful, bits in ((False, SURE), (True, MAYBE)):
            inputs = self.flow.inputs(step, hopeful=hopeful)
            kind = "inner" if hopeful and step.join_kind == "unknown" else step.join_kind
            unread = may_be_off(step) or errors_pass(step) is None
            if (unread and not hopeful) or not on_person(step, [trace for trace, _ in inputs]):
                continue
            if side == 1 or kind == "inner":
                gained |= self._own(step, inputs, side, hopeful) * bits
        return gained

    def _own(self, step: Step, inputs: list[Input], side: int, hopeful: bool) -> int:
        """Guards on what is one value a person, or of which this side has no value of its own."""
        mine, other = inputs[side][0], inputs[1 - side][0]
        equal = {
            thing
            for thing in mine.bound
            if mine.whole(thing) & other.whole(thing) & frozenset(step.join_on)
        }
        held = frozenset(t for t in mine.bound - equal if row_level(t, hopeful=hopeful))
        if held not in self.gains:
            self.gains[held] = sum(
                1 << BITS * number
                for guard, number in self.guards.items()
                if held.isdisjoint(guard.tracked)
            )
        return self.gains[held]

    # -- rows --------------------------------------------------------------------------------

    def _visit(self, node: str) -> bool:
        """The guards that some row of the node may not keep, whatever its fields."""
        step = self.flow.pipeline.steps.get(node)
        fresh = self._of_step(step) if step else self._of_dataset(node)
        moved = self.loses.get(node) != fresh
        self.loses[node] = fresh
        return moved

    def _of_dataset(self, node: str) -> int:
        fresh = self.all * (SURE | MAYBE) if self.flow.own_rows(node) else 0
        for writer in self.flow.writers[node]:
            fresh |= self.loses.get(writer, 0)
        return fresh

    def _of_step(self, step: Step) -> int:
        come = passed = 0
        for node in step.inputs:
            state = self.loses.get(node, 0)
            passed |= state
            come |= state & ~self.filtered.get((step.id, node), 0)
        if step.op == "join" and len(step.inputs) == 2 and not switched_off(step):
            left, right = (self.loses.get(node, 0) for node in step.inputs)
            about = row_of(self.flow.traces[step.inputs[0]])
            come = (right if about else left) & ~self._gained(step, 0)
            if step.partial is not None:
                come |= passed
            elif may_be_off(step):
                come |= passed & self.all * SURE
        if errors_pass(step) is True:
            return passed
        return come | (passed & self.all * SURE) if errors_pass(step) is None else come
