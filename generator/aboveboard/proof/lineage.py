"""Which fields of a node still are what they were bound as: the person key, flags, axis fields.

A flag is whole at a node while its value there is that of the row's own person. It ends where it
is overwritten, aggregated away, mixed with a namesake, or joined on anything but the person key.
`anchored` are the fields whose data belongs to the row's own person, so that a filter on a whole
flag decides over them.

Where a setting cannot be read there are several worlds: the sure trace holds in all of them, the
hopeful one in the most favourable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..pipeline.graph import Step
from .works import ANY, CAN_FAIL, errors_pass, may_be_off, switched_off, under

Tracked = str  # the name of a bound thing: "flag:training-switch", "axis:plan:user_plan"
PERSON: Tracked = "person"
ROW_LEVEL = ("axis:", "row-flag:")  # a person's rows may differ in it
UNSAID = "some-flag:"  # nobody says whether they do
_CHANGES = frozenset({"redact", "mask", "encrypt", "noise", "generalise"})
_KEEP_ALL = frozenset({*_CHANGES, "hash", "drop-field", "allow-fields", "rename", "copy", "index",
                       "train"})  # fmt: skip


class Trace(NamedTuple):
    """What is known of one node's fields.

    loose are fields that may be missing on a row though its person has a value; complete
    the things of which every person still has a row here; bound those that a dataset upstream has.
    """

    tracked: Mapping[Tracked, frozenset[str]] = MappingProxyType({})
    anchored: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    complete: frozenset[Tracked] = frozenset()
    bound: frozenset[Tracked] = frozenset()

    def whole(self, name: Tracked) -> frozenset[str]:
        return self.tracked.get(name, frozenset())

    def persons(self) -> Iterator[frozenset[str]]:
        """The person keys, and their pseudonyms, each with the fields that hold it."""
        return (f for name, f in self.tracked.items() if name.partition("#")[0] == PERSON)

    def within(self, fields: frozenset[str]) -> Trace:
        """Only what a node with these fields can have."""
        return self._replace(anchored=self.anchored & fields)

    def without(self, lost: frozenset[str]) -> Trace:
        """Without some fields, and all that lies within them."""
        tracked = {n: f - lost - under(f, lost) for n, f in self.tracked.items()}
        return Trace(tracked, self.anchored, self.loose - lost, self.complete, self.bound)


Input = tuple[Trace, frozenset[str]]  # with the fields that its node has


def flag_name(control: str, read: str | None) -> Tracked:
    """What a control's flag is tracked as: looked up at run time it is one value a person."""
    return {"run-time": "flag:", "stamped": "row-flag:"}.get(read or "", UNSAID) + control


def row_level(name: Tracked, *, hopeful: bool = False) -> bool:
    return name.startswith(ROW_LEVEL) or (name.startswith(UNSAID) and not hopeful)


def merged(inputs: list[Input], *, hopeful: bool = False) -> Trace:
    """What holds whichever way a row came. A field that an input surely lacks is missing there."""
    if len(inputs) < 2:
        return inputs[0][0] if inputs else Trace()
    tracked: dict[Tracked, frozenset[str]] = {}
    every = frozenset[str]().union(*(fields for _, fields in inputs))
    loose = frozenset[str]().union(*(trace.loose | (every - fields) for trace, fields in inputs))
    for name in {n for trace, _ in inputs for n in trace.tracked}:
        held = frozenset[str]().union(*(trace.whole(name) for trace, _ in inputs))
        for trace, fields in inputs:
            unseen = ANY in fields and not hopeful
            absent = frozenset() if unseen else held - fields - under(held, fields)
            held &= trace.whole(name) | absent
        tracked[name] = held
    anchored = frozenset.union(*(trace.anchored for trace, _ in inputs))
    stray = frozenset.union(*(fields - trace.anchored for trace, fields in inputs))
    return Trace(
        tracked,
        anchored - stray,
        loose,
        frozenset.intersection(*(trace.complete for trace, _ in inputs)),
        frozenset.union(*(trace.bound for trace, _ in inputs)),
    )


def both(one: Trace, other: Trace) -> Trace:
    """What both of two traces of the same node say."""
    return Trace(
        {n: f & other.whole(n) for n, f in one.tracked.items()},
        one.anchored & other.anchored,
        one.loose | other.loose,
        one.complete & other.complete,
        one.bound | other.bound,
    )


def beside(trace: Trace, fields: frozenset[str], others: list[Trace]) -> Trace:
    """A trace, and of others that meet it what its own rows surely lack: it is missing there."""
    if ANY in fields:
        return trace
    tracked, loose = dict(trace.tracked), trace.loose
    for other in others:
        for name, held in other.tracked.items():
            tracked[name] = tracked.get(name, frozenset()) | (held - fields)
            loose |= held - fields
    return trace._replace(tracked=tracked, loose=loose)


def _best(worlds: list[Trace]) -> Trace:
    """What holds in any of these worlds."""
    return Trace(
        {
            n: frozenset[str]().union(*(w.whole(n) for w in worlds))
            for w in worlds
            for n in w.tracked
        },
        frozenset.union(*(w.anchored for w in worlds)),
        frozenset.intersection(*(w.loose for w in worlds)),
        frozenset.union(*(w.complete for w in worlds)),
        frozenset.intersection(*(w.bound for w in worlds)),
    )


def after(
    step: Step, inputs: list[Input], worked: frozenset[str], *, hopeful: bool = False
) -> Trace:
    """The trace of a step's own output; `worked` are the fields of the rows that it worked on."""
    plain = merged(inputs, hopeful=hopeful)
    if switched_off(step):
        return plain
    acted = _kept(step, _acted(step, inputs, plain, hopeful))
    passed = errors_pass(step)
    untouched = step.partial is not None or passed is True
    if not (untouched or may_be_off(step) or passed is None):
        return acted
    fields = frozenset[str]().union(*(f for _, f in inputs))
    mixed = merged([(acted, worked), (plain, fields)], hopeful=hopeful)
    if not hopeful or untouched:
        return _best([mixed, plain]) if hopeful and may_be_off(step) else mixed
    return _best([acted, plain]) if may_be_off(step) else acted


def _kept(step: Step, trace: Trace) -> Trace:
    """Without what is no longer complete, where the step may drop rows."""
    drops = step.on_error is not None and step.on_error.does.value != "fail"
    if step.op in _KEEP_ALL or step.op == "join" or (step.op == "map" and not step.opaque):
        keeps = not drops and not (step.on_error is None and step.op in CAN_FAIL)
        if keeps:
            return trace
    return Trace(trace.tracked, trace.anchored, trace.loose, frozenset(), trace.bound)


def _acted(step: Step, inputs: list[Input], trace: Trace, hopeful: bool) -> Trace:
    if step.op == "join":
        return _joined(step, inputs, hopeful) if len(inputs) == 2 else Trace()
    if step.opaque:
        return Trace(bound=trace.bound)
    fields = frozenset[str]().union(*(f for _, f in inputs)) if step.all_fields else step.fields
    if step.op == "allow-fields":
        incoming = frozenset[str]().union(*(f for _, f in inputs))
        inside = under(incoming, fields)  # a column may also have a dot in its very name
        trace = trace.without(incoming - frozenset(fields) - inside)
        return trace._replace(loose=trace.loose | inside)
    if step.op == "drop-field":
        incoming = frozenset[str]().union(*(f for _, f in inputs))
        return trace.without(frozenset(fields) | under(incoming, fields))
    if step.op in _CHANGES:
        return trace.without(frozenset(fields))
    if step.op == "hash":
        return _hashed(step, trace, frozenset(fields))
    if step.op == "rename":
        return _renamed(step, trace, frozenset[str]().union(*(f for _, f in inputs)))
    if step.op == "aggregate":
        kept = frozenset(step.group_by) - frozenset(step.writes or ())
        trace = trace.without(frozenset().union(*trace.tracked.values()) - kept)
    if step.writes is None:
        return trace
    return _written(step, trace, frozenset[str]().union(*(f for _, f in inputs)))


def _written(step: Step, trace: Trace, fields: frozenset[str]) -> Trace:
    """What is made of the data of the row's own person alone still belongs to that person."""
    made = step.writes or {}
    others = fields - trace.anchored
    own = frozenset(
        name
        for name, of in made.items()
        if others.isdisjoint(of) and (ANY not in others or fields.issuperset(of))
    )
    trace = trace.without(frozenset(made))
    anchored = (trace.anchored - frozenset(made)) | own
    return Trace(trace.tracked, anchored, trace.loose, trace.complete, trace.bound)


def _hashed(step: Step, trace: Trace, fields: frozenset[str]) -> Trace:
    """A pseudonym still tells people apart, and matches what the same step made; no other does."""
    tracked = dict(trace.without(fields).tracked)
    for name, held in trace.tracked.items():
        if name.partition("#")[0] == PERSON and held & fields:
            tracked[f"{name}#{step.id}"] = held & fields
    return Trace(tracked, trace.anchored, trace.loose, trace.complete, trace.bound)


def _renamed(step: Step, trace: Trace, incoming: frozenset[str]) -> Trace:
    writes = step.writes or {}
    old = frozenset(name for made in writes.values() for name in made)
    trace = trace.without(under(incoming, old | frozenset(writes)))

    def moved(fields: frozenset[str]) -> frozenset[str]:
        stay = fields - old - frozenset(writes)
        return stay | {name for name, made in writes.items() if fields.issuperset(made)}

    tracked = {n: moved(f) for n, f in trace.tracked.items()}
    loose = (trace.loose - old - frozenset(writes)) | {
        name for name, made in writes.items() if not trace.loose.isdisjoint(made)
    }
    empty = frozenset(name for name, made in writes.items() if incoming.isdisjoint(made))
    anchored = moved(trace.anchored) | (empty if ANY not in incoming else frozenset())
    return Trace(tracked, anchored, loose, trace.complete, trace.bound)


# -- joins ---------------------------------------------------------------------------------------


def on_person(step: Step, inputs: list[Trace]) -> bool:
    """Whether a join matches rows of the same person: a key is the whole person key, or the same
    pseudonym, on both sides."""
    if len(inputs) != 2:
        return False
    names = [n for n in inputs[0].tracked if n.partition("#")[0] == PERSON]
    return any(
        all(key in trace.whole(name) for trace in inputs) for key in step.join_on for name in names
    )


def row_of(left: Trace) -> int:
    """Whose row it is after a join on another key than the person: the left side's, unless that is
    about nobody, as a table of products is."""
    return 0 if left.bound else 1


def _joined(step: Step, inputs: list[Input], hopeful: bool) -> Trace:
    (left, left_fields), (right, right_fields) = inputs
    inner = step.join_kind == "inner" or (step.join_kind == "unknown" and hopeful)
    unlisted = not hopeful and ANY in left_fields | right_fields
    mixed = left_fields | right_fields if unlisted else left_fields & right_fields
    mixed |= under(left_fields, right_fields) | under(right_fields, left_fields)
    mixed -= frozenset(step.join_on)  # of these nobody knows which side's is kept
    stray = (left_fields - left.anchored) | (right_fields - right.anchored)
    joined = Trace(
        {},
        frozenset(),
        left.loose | right.loose | (frozenset() if inner else right_fields - left_fields),
        frozenset() if inner else left.complete,
        left.bound | right.bound,
    )
    if on_person(step, [left, right]):
        anchored = (left.anchored | right.anchored) - stray
        return _of_one_person(
            step, (left, right), mixed, joined._replace(anchored=anchored), hopeful
        )
    trace, fields = inputs[row_of(left)]
    keys = frozenset(step.join_on) if trace is right and not inner else frozenset()
    anchored = (trace.anchored & fields) - mixed - stray
    return joined._replace(tracked=trace.without(mixed | keys).tracked, anchored=anchored)


def _of_one_person(
    step: Step, sides: tuple[Trace, Trace], mixed: frozenset[str], joined: Trace, hopeful: bool
) -> Trace:
    """After a join on the person key, both sides' flags are the row's person's."""
    left, right = sides
    inner = step.join_kind == "inner" or (step.join_kind == "unknown" and hopeful)
    keys = frozenset(step.join_on)
    tracked, loose = {}, joined.loose
    for name in {*left.tracked, *right.tracked}:
        ours, theirs = left.whole(name), right.whole(name) - (frozenset() if inner else keys)
        if row_level(name, hopeful=hopeful):
            one = frozenset() if name in right.bound else ours - mixed
            other = frozenset() if name in left.bound else theirs - mixed
            tracked[name] = one | other | (keys & ours & right.whole(name))
        else:
            tracked[name] = (ours | theirs) - (mixed - (ours & theirs))
        if inner or _all_matched(name, step, left, right):
            loose -= theirs - left.loose - right.loose
    return joined._replace(tracked=tracked, loose=loose)


def _all_matched(name: Tracked, step: Step, left: Trace, right: Trace) -> bool:
    """Whether a left join finds the value of everybody who has one."""
    return len(step.join_on) == 1 and step.join_on[0] not in left.loose and name in right.complete
