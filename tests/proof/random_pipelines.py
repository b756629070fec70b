"""Small random pipelines of native steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from .executor import Spec
from .world import Setup, datasets

SOURCES = ["notes", "accounts", "votes"]
TEXTS = ["text", "bio", "score"]
FIELDS = [*TEXTS, "user_id", "flag", "plan", "team", "f2", "t2"]
Draw = Callable[[Any], Any]

setups = st.builds(
    Setup,
    flag=st.sampled_from([("notes",), ("accounts",), ("notes", "accounts")]),
    plan=st.sampled_from([("notes",), ("accounts",), ("notes", "accounts")]),
    missing=st.sampled_from(["refused", "allowed"]),
    scoped=st.booleans(),
    own_plans=st.just(True),
)

some = st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3, unique=True)
texts = st.lists(st.sampled_from([*TEXTS, "t2"]), min_size=1, max_size=3, unique=True)
flags = st.sampled_from(["flag", "flag", "flag", "f2"])


@st.composite
def _where(draw: Draw) -> Spec:
    found: Spec = {}
    side = draw(st.sampled_from(["where", "where", "where", "where_not"]))
    what = draw(st.sampled_from(["flag", "flag", "plan", "both", "other"]))
    right = side == "where"
    if what in ("flag", "both"):
        good = draw(st.sampled_from([True, True, True, False]))
        found[draw(flags)] = good != right
    if what in ("plan", "both"):
        found["plan"] = (
            ["free", "old"] if right else draw(st.sampled_from(["team", ["team", "old"]]))
        )
    if what == "other":
        found["team"] = "t0"
    return {"op": "filter", side: found, "missing": draw(st.sampled_from(["drop", "drop", "keep"]))}


def _op(name: str, **keys: Any) -> Any:
    return st.fixed_dictionaries({"op": st.just(name), **keys})


_counted = st.fixed_dictionaries(
    {
        "op": st.just("aggregate"),
        "group_by": st.sampled_from([["flag"], ["flag", "plan"], ["team"], ["plan"], []]),
        "measures": st.sampled_from([{"t2": "text"}, {"text": "text"}, {"t2": "bio"}, {}]),
        "min_distinct": st.sampled_from([1, 2, 3, 5]),
    },
    optional={"of": st.sampled_from(["user_id", "user_id", "user_id", "session", "team"])},
)
_by_person = _op(
    "aggregate",
    group_by=st.sampled_from([["user_id"], ["user_id", "flag"], ["user_id", "plan"]]),
    measures=st.sampled_from([{"t2": "text"}, {"bio": "bio"}, {}]),
)

OPERATIONS = [
    _where(),
    _where(),
    _where(),
    _op("redact", fields=texts, entities=st.sampled_from([["email"], ["phone"], ["email", "phone"]])),
    _op("redact", fields=texts, entities=st.just(["email", "phone", "card"])),
    _op("drop-field", fields=some),
    _op("allow-fields", fields=st.lists(st.sampled_from(FIELDS), min_size=3, max_size=6, unique=True)),
    _op("mask", fields=texts),
    _op("hash", fields=st.sampled_from([["user_id"], ["user_id"], ["flag"]])),
    _op("encrypt", fields=some),
    _op("rename", fields=st.sampled_from([{"flag": "f2"}, {"f2": "flag"}, {"text": "t2"},
        {"text": "t2", "t2": "text"}, {"bio": "text"}, {"plan": "f2"}, {"user_id": "t2"}])),
    _op("map", writes=st.sampled_from([{"flag": ["text"]}, {"t2": ["text"]}, {"text": ["bio"]},
        {"t2": ["text", "bio"]}, {"flag": []}, {"text": []}, {"bio": "bio"}])),
    _op("copy"),
    _op("deduplicate"),
    _counted,
    _by_person,
]  # fmt: skip
JOINS = _op(
    "join",
    on=st.sampled_from([["user_id"], ["user_id"], ["user_id"], ["team"], ["user_id", "plan"]]),
    kind=st.sampled_from(["inner", "left"]),
)  # fmt: skip


@st.composite
def pipelines(draw: Draw, *, most: int = 6, undecided: bool = False) -> tuple[Setup, Spec]:
    """A setup, and a pipeline of up to `most` steps; undecided: some settings cannot be read."""
    setup = draw(setups)
    steps: list[Spec] = []
    known = [*SOURCES]
    for number in range(draw(st.integers(1, most))):
        step = _step(draw, f"s{number}", known, joins=sum(s["op"] == "join" for s in steps) < 2)
        steps.append(step)
        known.append(step["id"])
        if "kept" in step.get("out", []) and "kept" not in known:
            known.append("kept")
    steps[-1]["out"] = ["out"]
    _forget_unwritten(steps)
    if _writes_kept(steps) and steps[0]["op"] != "join" and draw(st.booleans()):  # a cycle
        steps[0]["in"] = [*steps[0]["in"], "kept"]
    if undecided:
        for _ in range(draw(st.integers(1, 2))):
            _unsettle(draw, draw(st.sampled_from(steps)))
    return setup, {"datasets": datasets(setup), "steps": steps}


def _writes_kept(steps: list[Spec]) -> bool:
    return any("kept" in s.get("out", []) for s in steps)


def _forget_unwritten(steps: list[Spec]) -> None:
    """A dataset that nobody writes, and whose fields nobody lists, is read by none."""
    if not _writes_kept(steps):
        for step in steps:
            step["in"] = ["notes" if name == "kept" else name for name in step["in"]]


def _step(draw: Draw, id_: str, known: list[str], *, joins: bool) -> Spec:
    recent = known[::-1]  # simple pipelines are chains
    last = draw(st.sampled_from([recent[0], *recent]))
    if joins and draw(st.integers(0, 3)) == 0:
        other = draw(st.sampled_from([*known[:3], *known]))
        pair = [last, other] if draw(st.booleans()) else [other, last]
        step = {"id": id_, "in": pair, **draw(JOINS)}
    else:
        step = {"id": id_, "in": [last], **draw(st.sampled_from(OPERATIONS).flatmap(lambda s: s))}
        if draw(st.integers(0, 3)) == 0:
            more = draw(st.sampled_from(known))
            step["in"] = list(dict.fromkeys([last, more]))
    return step | _extras(draw, step)


def _extras(draw: Draw, step: Spec) -> Spec:
    extra: Spec = {"on_error": draw(st.sampled_from(["fail", "fail", "drop", "pass", "to"]))}
    if step["op"] not in ("redact", "mask", "hash", "encrypt") and draw(st.integers(0, 4)):
        del extra["on_error"]
    elif extra["on_error"] == "to":
        extra["on_error"] = {"to": draw(st.sampled_from(["failed", "out", "kept"]))}
    odd = draw(st.integers(0, 15))
    if odd == 0:
        extra["enabled"] = False
    elif odd == 1:
        extra["sample"] = 0.5
    elif odd == 2:
        extra["only_if"] = "it rains"
    out = draw(st.sampled_from([[], [], [], ["out"], ["kept"], ["partner"]]))
    return extra | ({"out": out} if out else {})


def _unsettle(draw: Draw, step: Spec) -> None:
    """Makes one setting of a step unreadable."""
    op = step["op"]
    ways = ["enabled", "on_error", "sample"]
    ways += {"filter": ["missing", "value"], "redact": ["entities"], "join": ["kind"],
             "aggregate": ["k"], "map": ["opaque"]}.get(op, [])  # fmt: skip
    way = draw(st.sampled_from(ways))
    if way in ("enabled", "on_error", "sample", "kind"):
        step[way] = "${X}"
    elif way == "missing":
        step.pop("missing", None)
    elif way == "entities":
        step["entities"] = ["${X}"]
    elif way == "k":
        step["min_distinct"] = "${X}"
    elif way == "opaque":
        step.pop("writes", None)
    else:
        side = "where" if "where" in step else "where_not"
        name = next(iter(step[side]))
        step[side] = {**step[side], name: "${X}"}
