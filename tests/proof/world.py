"""The people and rows that pipelines of the tests run on, and the policy they are held against."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from aboveboard.pipeline.graph import Pipeline
from aboveboard.pipeline.join import join
from aboveboard.pipeline.readers.native.file import read_file
from aboveboard.policy.load import load as load_policy
from aboveboard.policy.model import Policy
from aboveboard.proof.judge import judge
from aboveboard.proof.model import Judged
from aboveboard.source import read

from .executor import Atom, Cell, Place, Rows, Spec

TEXTS = {"notes": "text", "accounts": "bio", "votes": "score"}
ENTITIES = ("email", "phone")
K = 3


@dataclass(frozen=True)
class Setup:
    """What the bindings say.

    flag and plan are the datasets that hold the control's flag and the axis `plan`; `stamped` flags
    and `own_plans` differ between the rows of a person. scoped: only people on Free may opt out,
    and people on Team are never used.
    """

    flag: tuple[str, ...] = ("notes",)
    plan: tuple[str, ...] = ("notes",)
    stamped: bool = False
    own_plans: bool = False
    missing: str = "refused"
    scoped: bool = False


def datasets(setup: Setup) -> dict[str, Any]:
    """The datasets of every pipeline, as in the native format."""
    fields = {
        "notes": ["text", "user_id", "session", "team"],
        "accounts": ["bio", "user_id", "team"],
        "votes": ["score", "user_id", "flag"],  # a namesake of the flag
    }
    for name in setup.flag:
        fields[name].append("flag")
    for name in setup.plan:
        fields[name].append("plan")
    found: dict[str, Any] = {
        name: {"role": "source", "person": "user_id", "fields": {f: {} for f in listed}}
        for name, listed in fields.items()
    }
    stores = {
        "kept": "store",
        "failed": "dead-letter",
        "out": "training-set",
        "partner": "external",
    }
    return found | {name: {"role": role} for name, role in stores.items()}


@dataclass(frozen=True)
class Person:
    name: str
    flag: bool | None
    plan: str | None
    team: str


def people() -> Iterator[Person]:
    plans = ("free", "team", None)
    for number, (flag, plan) in enumerate(product((True, False, None), plans)):
        yield Person(f"p{number}", flag, plan, f"t{number % 4}")
    yield Person("refused", True, "free", "t1")
    yield Person("silent", None, "free", "t2")
    yield Person("allowed", False, "free", "t0")
    yield Person("allowed-too", False, "free", "t1")
    yield Person("legacy", False, "old", "t0")
    yield Person("no-account", True, "free", "t1")
    yield Person("no-notes", True, "team", "t1")


ABSENT = {"accounts": "no-account", "notes": "no-notes"}


@cache
def rows(setup: Setup) -> dict[str, Rows]:
    """Rows of every source: all combinations of flag and plan, missing ones included."""
    found: dict[str, Rows] = {}
    for name in TEXTS:
        found[name] = []
        for number, person in enumerate(people()):
            if ABSENT.get(name) == person.name:
                continue
            found[name].append(_row(setup, name, person, 1))
            if name == "votes" or (number % 4 == 0 and _has_more(setup, name)):
                found[name].append(_row(setup, name, _later(setup, person), 2))
    return found


def _has_more(setup: Setup, dataset: str) -> bool:
    return dataset == "notes" or (setup.own_plans and dataset in setup.plan)


def _later(setup: Setup, person: Person) -> Person:
    """The same person on another row."""
    flag, plan = person.flag, person.plan
    if setup.stamped and flag is not None:
        flag = not flag
    if setup.own_plans:
        plan = {"free": "team"}.get(plan or "", "free")
    return Person(person.name, flag, plan, person.team)


def _row(setup: Setup, dataset: str, person: Person, number: int) -> dict[str, Cell]:
    id_ = f"{dataset}-{person.name}-{number}"
    values: dict[str, Any] = {
        TEXTS[dataset]: f"{id_} writes",
        "user_id": person.name,
        "session": id_,
        "team": person.team,
        "plan": person.plan,
        "flag": person.flag,
    }
    if dataset == "votes":
        values["flag"] = number == 2
    fields = datasets(setup)[dataset]["fields"]
    return {
        name: Cell(value, frozenset([Atom((dataset, name), id_, person.name)]), (dataset, name))
        for name, value in values.items()
        if name in fields
    }


# -- whom it concerns ------------------------------------------------------------------------------


def values(setup: Setup, thing: str, atom: Atom) -> set[Any]:
    """What is known of the flag or plan behind an atom: of its own row, else of its person."""
    places = setup.flag if thing == "flag" else setup.plan
    data = rows(setup)
    own = atom.place[0] in places
    found = set()
    for name in [atom.place[0]] if own else places:
        for row in data[name]:
            (one,) = row["user_id"].atoms
            if one.row == atom.row if own else one.person == atom.person:
                found.add(row[thing].value)
    return found or {None}


def refused(setup: Setup, atom: Atom) -> bool:
    meaning = {True: True, False: False, None: setup.missing == "refused"}
    return all(meaning[value] for value in values(setup, "flag", atom))


def plan_is(setup: Setup, atom: Atom, plan: str | None) -> bool:
    return values(setup, "plan", atom) == {plan}


def flag_places(setup: Setup) -> frozenset[Place]:
    return frozenset((name, "flag") for name in setup.flag)


def plan_places(setup: Setup) -> frozenset[Place]:
    return frozenset((name, "plan") for name in setup.plan)


# -- the policy ------------------------------------------------------------------------------------

_STEPS: dict[str, dict[str, Any]] = {
    "redact": {"technique": "redaction", "entities": list(ENTITIES)},
    "hide": {"technique": "masking"},
    "count": {"technique": "k-anonymity", "parameters": {"k": K}},
    "unlink": {"technique": "unlinking"},
    "pseudonym": {"technique": "keyed-hash"},
}


@cache
def policy(setup: Setup) -> Policy:
    """Texts are used for training, unless refused; only votes are shared with the partner."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "policy_data").mkdir()
        (Path(folder) / "policy_data" / "p.yml").write_text(yaml.safe_dump(written(setup)))
        found, findings = load_policy(Path(folder))
    assert not findings, findings
    return found


def written(setup: Setup) -> dict[str, Any]:
    opt_out = {"state": "opt-out", "control": "training"}
    lines: list[dict[str, Any]] = [opt_out]
    if setup.scoped:
        lines = [{**opt_out, "scope": {"plan": "free"}}, {"state": "never", "scope": "otherwise"}]
    said = {"name": "do it", "stage": "before-training", "relink": "nobody", "limits": "None."}
    return {
        "policy": {
            "service": "Test",
            "version": "1",
            "effective": "2026-01-01",
            "controllers": [{"name": "Test", "contact": "x@example.org"}],
            "axes": {"plan": {"free": "Free", "team": "Team"}},
        },
        "data": {name: {"name": f"your {name}", "origin": "provided"} for name in TEXTS},
        "uses": _uses(lines),
        "controls": {"training": _control()},
        "steps": {name: {**said, **step} for name, step in _STEPS.items()},
        "bindings": _bindings(setup),
    }


def _uses(lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "train": {
            "name": "training",
            "purpose": "train-model",
            "data": list(TEXTS),
            "applies": lines,
            "steps": list(_STEPS),
        },
        "share": {
            "name": "sharing",
            "purpose": "analytics",
            "data": ["votes"],
            "never": ["notes", "accounts"],
            "applies": [{"state": "always"}],
        },
    }


def _bindings(setup: Setup) -> dict[str, Any]:
    flag = {
        "field": [f"{name}.flag" for name in setup.flag],
        "refused": True,
        "missing": setup.missing,
        "read": "stamped" if setup.stamped else "run-time",
    }
    return {
        "sources": {name: f"{name}.{field}" for name, field in TEXTS.items()},
        "sinks": {"train": "out", "share": "partner"},
        "flags": {"training": flag},
        "axes": {"plan": {"plan": {"free": "free", "team": "team"}}},
    }


def _control() -> dict[str, Any]:
    return {
        "name": "training",
        "kind": "switch",
        "how": [{"do": ["Switch it off"]}],
        "effect": {"refusing": {"future": "stops", "stored": "continues", "running": "continues",
                                "trained": "continues"}},
        "spreads-to": "account",
    }  # fmt: skip


def pipeline(spec: Spec) -> Pipeline:
    """The graph of one native file; it has no faults."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml", dir=_memory()) as file:
        yaml.dump({"version": 1, **spec}, file, Dumper=_Dumper, sort_keys=False)
        file.flush()
        document = read(Path(file.name), "p.yml")
    part = read_file(document)
    found = Pipeline()
    join(found, [part])
    faults = [*part.findings, *found.findings]
    assert not faults, faults
    return found


_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def verdicts(setup: Setup, spec: Spec) -> dict[str, Judged]:
    return judge(policy(setup), pipeline(spec)).judged
