"""Random configurations, judged by the checker and run by a small collector: what is said to hold
holds for every record, and what is said to be broken can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.examples import run as load
from tests.pipeline import machine

from aboveboard.proof.model import Judged

SOURCE, SINK = "collector/receivers/otlp/logs", "collector/exporters/otlphttp"
PLACES = {"one": "attributes.a", "two": "attributes.b", "host": "resource.a", "text": "body"}
EMAIL = "[a-zA-Z0-9._+-]+@[a-zA-Z0-9.-]+"
POLICY = f"""
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{{name: Notewise Ltd, contact: privacy@example.org}}]
data: {{{", ".join(f"{name}: {{name: {name}, origin: provided}}" for name in [*PLACES, "secret"])}}}
uses:
  watch:
    name: watching
    purpose: improve-service
    data: [{", ".join(PLACES)}]
    applies: {{state: opt-out, control: switch}}
    steps: hide
steps:
  hide:
    {{name: hide addresses, technique: redaction, entities: email, stage: before-sharing,
     relink: nobody, limits: Names remain.}}
controls:
  switch:
    name: watching
    kind: switch
    how: {{do: [Click]}}
    effect: {{refusing: {{future: stops, stored: continues, running: continues, trained: continues}}}}
    spreads-to: account
bindings:
  files: [pipeline/collector.yml]
  tools: {{opentelemetry-collector: 0.164.0}}
  sources: {{{", ".join(f"{n}: {SOURCE}.{p}" for n, p in PLACES.items())}, secret: {SOURCE}.attributes.c}}
  not-personal: {SOURCE}.attributes.out
  sinks: {{watch: {SINK}}}
  flags: {{switch: {{field: {SOURCE}.attributes.out, refused: "yes", read: stamped}}}}
"""


def records() -> Iterator[machine.Record]:
    """Every record that differs in what a configuration may look at."""
    for out, d, odd in product((None, "no", "yes"), (None, "x", "y"), (False, True)):
        record: machine.Record = {
            "attributes": {"c": "secret-c", "a": "about-a ann-a@example.com"},
            "resource": {"a": "about-host ann-host@example.com"},
            "scope": {},
            "body": "about-text ann-text@example.com",
            "refused": out != "no",  # whoever has not chosen counts as refusing
        }
        record["attributes"]["b"] = 7 if odd else "about-b ann-b@example.com"
        record["attributes"] |= {k: v for k, v in (("out", out), ("d", d)) if v}
        yield record


# -- configurations --------------------------------------------------------------------------------

KEYS = st.sampled_from(["a", "b", "c", "d", "out"])
ACTIONS = st.one_of(
    st.fixed_dictionaries({"key": KEYS, "action": st.sampled_from(["delete", "hash"])}),
    st.fixed_dictionaries(
        {"pattern": st.sampled_from(["^[ab]$", "c"]), "action": st.just("delete")}
    ),
    st.fixed_dictionaries(
        {
            "key": KEYS,
            "value": st.just("x"),
            "action": st.sampled_from(["insert", "update", "upsert"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "key": KEYS,
            "from_attribute": KEYS,
            "action": st.sampled_from(["insert", "update", "upsert"]),
        }
    ),
)
WHERE = st.sampled_from(
    ["", ' where attributes["a"] != nil', ' where attributes["d"] == "x"', ' where attributes["b"] != nil'
     ' and attributes["d"] != "y"', ' where IsMatch(attributes["a"], "ann")']
)  # fmt: skip
TARGETS = [
    'attributes["a"]',
    'log.attributes["b"]',
    'resource.attributes["a"]',
    "body",
    'attributes["c"]',
]
EDITS = st.one_of(
    st.builds(
        'delete_key({}, "{}")'.format, st.sampled_from(["attributes", "resource.attributes"]), KEYS
    ),
    st.builds('keep_keys(attributes, ["{}", "{}", "out"])'.format, KEYS, KEYS),
    st.sampled_from(
        ['delete_matching_keys(attributes, "^[abc]$")', 'keep_matching_keys(attributes, "a|out")']
    ),
    st.builds(
        "set({}, {})".format,
        st.sampled_from(TARGETS),
        st.sampled_from(
            [*TARGETS, '"gone"', "nil", 'SHA256(attributes["b"])', 'Concat([body, "!"], "")']
        ),
    ),
    st.builds(f'replace_pattern({{}}, "{EMAIL}", "***")'.format, st.sampled_from(TARGETS)),
    st.builds(
        f'replace_all_patterns({{}}, "value", "{EMAIL}", "***")'.format,
        st.sampled_from(["attributes", "resource.attributes"]),
    ),
)
STATEMENTS = st.lists(st.builds("{}{}".format, EDITS, WHERE), min_size=1, max_size=3)
MODES = st.sampled_from(["ignore", "propagate"])
CONDITIONS = st.sampled_from(
    ['attributes["out"] != "no"', 'attributes["out"] == "yes"', 'attributes["out"] == nil',
     'attributes["out"] == "yes" and attributes["d"] == "x"', 'not (attributes["out"] == "no")',
     'IsMatch(attributes["out"], "yes")', 'resource.attributes["out"] == "yes"']
)  # fmt: skip
PROCESSORS = st.one_of(
    st.tuples(st.just("attributes"), st.builds(lambda a: {"actions": a}, st.lists(ACTIONS, min_size=1, max_size=2))),
    st.tuples(
        st.just("attributes"),
        st.builds(
            lambda a: {"include": {"match_type": "strict", "attributes": [{"key": "d", "value": "x"}]}, "actions": [a]},
            ACTIONS,
        ),
    ),
    st.tuples(st.just("resource"), st.builds(lambda a: {"attributes": [a]}, ACTIONS)),
    st.tuples(
        st.just("redaction"),
        st.fixed_dictionaries(
            {"allow_all_keys": st.booleans()},
            optional={
                "allowed_keys": st.lists(KEYS, max_size=3),
                "ignored_keys": st.lists(KEYS, max_size=1),
                "blocked_values": st.just([EMAIL]),
                "blocked_key_patterns": st.just(["^b$"]),
                "allowed_values": st.just(["about-host"]),
            },
        ),
    ),
    st.tuples(
        st.just("transform"),
        st.builds(lambda s, m: {"error_mode": m, "log_statements": s}, STATEMENTS, MODES),
    ),
    st.tuples(
        st.just("transform"),
        st.builds(
            lambda s, m, c: {"error_mode": m, "log_statements": [{"context": "log", "conditions": c, "statements": s}]},
            STATEMENTS, MODES, st.lists(CONDITIONS, max_size=1),
        ),
    ),
    st.tuples(
        st.just("filter"),
        st.builds(lambda c, m: {"error_mode": m, "logs": {"log_record": c}}, st.lists(CONDITIONS, min_size=1, max_size=2), MODES),
    ),
    st.just(("batch", {})),
)  # fmt: skip
CHAINS = st.lists(st.lists(PROCESSORS, max_size=3), min_size=1, max_size=3)


def config(chains: list[list[tuple[str, Any]]], forwards: bool) -> dict[str, Any]:
    """Pipelines side by side, or the first handing on to the others."""
    processors: dict[str, Any] = {}
    pipelines: dict[str, Any] = {}
    for n, chain in enumerate(chains):
        names = []
        for kind, said in chain:
            names.append(f"{kind}/{len(processors)}")
            processors[names[-1]] = said
        first = n == 0 or not forwards
        last = not forwards or n > 0 or len(chains) == 1
        pipelines[f"logs/{n}"] = {
            "receivers": ["otlp" if first else "forward"],
            "processors": names,
            "exporters": ["otlphttp" if last else "forward"],
        }
    joined = forwards and len(chains) > 1
    return {
        "receivers": {"otlp": {}},
        "processors": processors,
        "connectors": {"forward": {}} if joined else {},
        "exporters": {"otlphttp": {"endpoint": "h"}},
        "service": {"pipelines": pipelines},
    }


def judged(root: Path, data: dict[str, Any]) -> dict[str, Judged]:
    (root / "pipeline").mkdir(exist_ok=True)
    (root / "policy_data").mkdir(exist_ok=True)
    (root / "policy_data/policy.yml").write_text(POLICY, "utf-8")
    (root / "pipeline/collector.yml").write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    project, _ = load(root)
    assert not [f for f in project.findings if f.rule == "unreadable-pipeline"]
    return project.proof.judged


def said(name: str) -> str:
    return {"one": "a", "two": "b"}.get(name, name)


REDACTS: Any = ("redaction", {"allow_all_keys": True, "blocked_values": [EMAIL]})
KEEPS_A: Any = (
    "transform",
    {"error_mode": "ignore", "log_statements": ['keep_keys(attributes, ["a"])']},
)
UNSET: Any = ("attributes", {"actions": [{"key": "a", "from_attribute": "d", "action": "upsert"}]})
HASHES: Any = (
    "transform",
    {"error_mode": "ignore", "log_statements": ['set(attributes["b"], SHA256(attributes["b"]))']},
)
KEEPS_OUT: Any = (
    "filter",
    {"error_mode": "propagate", "logs": {"log_record": ['attributes["out"] != "no"']}},
)


def is_plain(data: dict[str, Any]) -> bool:
    """Whether no value of a record decides what is done to it, which the checker does not look at:
    nor is anything copied from a field that may be missing, or hashed."""
    values = ("where", "conditions", "include", "allowed_values", "filter")
    words = (*values, "from_attribute", "set(", "hash")
    return not any(word in str(data) for word in words)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CHAINS, st.booleans())
@example([[REDACTS]], False)
@example([[("redaction", {**REDACTS[1], "ignored_keys": ["a"]})]], False)
@example([[("redaction", {**REDACTS[1], "allowed_values": ["about-host"]})]], False)
@example([[("redaction", {"allowed_keys": ["a"], "blocked_key_patterns": ["a"]})]], False)
@example([[UNSET, REDACTS]], False)
@example([[REDACTS], [KEEPS_A]], True)
@example([[KEEPS_A], [REDACTS]], False)
@example([[HASHES]], False)
@example([[KEEPS_OUT]], False)
def test_what_holds_holds_for_every_record(
    tmp_path: Path, chains: list[list[tuple[str, Any]]], forwards: bool
) -> None:
    data = config(chains, forwards)
    claims = judged(tmp_path, data)
    arrived = machine.run(data, list(records()))["otlphttp"]
    whole = [str({k: v for k, v in r.items() if k != "refused"}) for r in arrived]

    def verdict(part: str) -> Judged:
        return next(j for id_, j in claims.items() if part in id_)

    def holds(part: str) -> bool:
        return verdict(part).verdict in ("proved", "declared")

    def broken(part: str) -> bool:
        return verdict(part).verdict == "violated"

    for name in PLACES:
        raw = any(f"ann-{said(name)}@example.com" in text for text in whole)
        there = any(f"about-{said(name)}" in text for text in whole)
        if holds(f"watch/{name}/hide/entities"):
            assert not raw, (name, verdict(f"watch/{name}/hide/entities"))
        if broken(f"watch/{name}/hide/entities") and is_plain(data):
            assert raw, (name, verdict(f"watch/{name}/hide/entities"))
        if broken(f"watch/{name}/used"):
            assert not there, (name, verdict(f"watch/{name}/used"))
        if holds(f"watch/{name}/switch"):
            assert not any(
                r["refused"] and f"about-{said(name)}" in t
                for r, t in zip(arrived, whole, strict=True)
            )
    if holds("secret/recipients"):
        assert not any("secret-c" in text for text in whole)
