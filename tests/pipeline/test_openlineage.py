"""Run events: each expectation is what the spec of OpenLineage says of its states and facets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.pipeline.events import TIME, Values, column, event, file, lineage, read, steps
from tests.pipeline.hostile import mutants
from tests.pipeline.plans import DAY

from aboveboard.pipeline.graph import Pipeline, Step
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Context, Entry, File, Part
from aboveboard.pipeline.predicate import Unreadable
from aboveboard.pipeline.readers import openlineage
from aboveboard.source import Document
from aboveboard.source import read as read_source

IDENTITY = lineage(id=[column("id", "IDENTITY")])


def messages(part: Part) -> list[tuple[str, str]]:
    return [(f.rule, f.message) for f in part.findings]


def find(part: Part, op: str) -> Step:
    [step] = [step for step in part.steps if step.op == op]
    return step


# -- runs ----------------------------------------------------------------------------------


def test_a_complete_run_is_observed_with_its_time() -> None:
    part = read(event("START"), event("COMPLETE", IDENTITY))

    assert {step.fact.grade for step in part.steps} == {"observed"}
    assert all(step.fact.text.endswith(f"as run at {TIME}") for step in part.steps)
    assert {d.id: sorted(d.fields or {}) for d in part.datasets} == {
        "postgres://db:5432/app.users": ["email", "id", "refused"],
        "s3://lake/users": [],
    }


@pytest.mark.parametrize("state", ["START", "RUNNING", "OTHER", "FAIL", "ABORT"])
def test_a_run_that_did_not_end_well_counts_for_nothing(state: str) -> None:
    part = read(event("START"), event(state, IDENTITY))

    assert not part.steps
    assert messages(part) == [
        (
            "stale-run",
            f"no run of 'export' is complete (the last says {state}); it counts for nothing",
        )
    ]


def test_a_run_that_failed_after_all_counts_for_nothing() -> None:
    assert not read(event("COMPLETE", IDENTITY), event("FAIL")).steps


def test_the_newest_complete_run_counts() -> None:
    part = read(
        event("COMPLETE", IDENTITY, time="2026-11-30T03:00:00+05:00", run="a"),
        event("COMPLETE", lineage(email=[column("email", "IDENTITY")]), time="2026-11-30T00:00:00Z", run="b"),
        event("FAIL", IDENTITY, time="2026-11-30T09:00:00Z", run="c"),
    )  # fmt: skip

    assert find(part, "allow-fields").fields == ("email",)
    assert not part.findings


@pytest.mark.parametrize(
    ("time", "age"),
    [("2026-11-24T00:00:00Z", ""), ("2026-11-23T23:00:00Z", "8 days old"), (None, "nobody knows")],
)
def test_a_run_that_is_too_old_is_unknown(time: str | None, age: str) -> None:
    part = read(event("COMPLETE", IDENTITY, time=time), max_age="P7D")

    stale = [f for f in part.findings if f.rule == "stale-run"]
    assert len(stale) == bool(age)
    if age:
        assert age in stale[0].message
        assert "max-age is P7D" in stale[0].message
        assert stale[0].related[0].path == "policy_data/bindings.yml"
        assert [step.opaque for step in part.steps] == [True]
        assert {step.fact.grade for step in part.steps} == {"unknown"}


def test_a_design_is_described() -> None:
    design = event("", IDENTITY)
    del design["run"], design["eventType"]
    part = read(design)

    assert {step.fact.grade for step in part.steps} == {"described"}
    assert not part.findings


def test_events_one_a_line_are_read_with_their_lines(tmp_path: Path) -> None:
    part = read(event("START"), event("COMPLETE", IDENTITY), lines=True)

    assert {step.fact.location.line for step in part.steps} == {2}
    log = tmp_path / "runs.log"
    log.write_text("\n".join(["", json.dumps(event()), json.dumps(event()), '{"run": 1, "job']))
    document = read_source(log, "runs.log")
    assert len(document.data) == 2
    assert [problem.position.line for problem in document.problems] == [4]
    assert document.position((1, "job", "name")).line == 3


# -- columns -------------------------------------------------------------------------------


def test_without_columns_a_run_is_opaque() -> None:
    assert find(read(event()), "map").opaque


def test_columns_that_go_on_as_they_are_stay_themselves() -> None:
    part = read(event("COMPLETE", lineage(id=[column("id", "IDENTITY")], mail=[column("email", "IDENTITY")])))  # fmt: skip

    assert steps(part) == [("export/renamed", "rename"), ("export/written", "allow-fields")]
    assert find(part, "rename").writes == {"mail": ("email",)}
    assert find(part, "allow-fields").fields == ("id", "mail")


def test_changed_columns_are_made_anew() -> None:
    part = read(event("COMPLETE", lineage(id=[column("id", "IDENTITY")], name=[column("email", "TRANSFORMATION"), column("id", "TRANSFORMATION")])))  # fmt: skip

    assert find(part, "map").writes == {"name": ("email", "id")}


def test_one_name_for_two_columns_is_told_apart() -> None:
    """As in `select a as i, sum(b) as a`."""
    part = read(event("COMPLETE", lineage(i=[column("a", "IDENTITY")], a=[column("b", "AGGREGATION")])))  # fmt: skip

    assert find(part, "map").writes == {"i": ("a",), "a": ("b",)}


def test_masking_is_something_that_nobody_knows() -> None:
    part = read(event("COMPLETE", lineage(who=[column("email", "TRANSFORMATION!")], id=[column("id", "IDENTITY")])))  # fmt: skip
    mask = find(part, "mask")

    assert mask.fields == ("who",)
    assert not mask.entities_known
    assert "nobody says how" in mask.fact.text


def test_a_column_that_is_masked_in_one_way_only_is_not() -> None:
    part = read(event("COMPLETE", lineage(who=[column("email", "TRANSFORMATION!", "IDENTITY")])))

    assert not [step for step in part.steps if step.op == "mask"]


def test_the_old_word_for_masking_is_read() -> None:
    facets = lineage(who=[column("email")])
    facets["columnLineage"]["fields"]["who"]["transformationType"] = "MASKED"

    assert find(read(event("COMPLETE", facets)), "mask").fields == ("who",)


def test_what_only_decides_on_rows_is_listed_apart() -> None:
    part = read(event("COMPLETE", lineage(column("refused", "-FILTER"), column("email", "-JOIN"), id=[column("id", "IDENTITY")])))  # fmt: skip

    assert find(part, "filter").where == Unreadable(
        "rows are chosen by refused, and nobody says how", frozenset(["refused"])
    )
    last = find(part, "allow-fields")
    assert last.fields == ("id",)
    assert "these only decide on rows: email (join), refused (filter)" in last.fact.text


def test_each_input_has_its_own_way() -> None:
    part = read(event("COMPLETE", lineage(id=[column("id", "IDENTITY")], price=[column("price", "IDENTITY", name="app.orders")])))  # fmt: skip

    written = [step for step in part.steps if step.op == "allow-fields"]
    assert [(s.id, s.inputs, s.fields) for s in written] == [
        ("export/1/written", ("postgres://db:5432/app.users",), ("id",)),
        ("export/2/written", ("postgres://db:5432/app.orders",), ("price",)),
    ]


# -- names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("namespace", "name", "id_", "others"),
    [
        ("s3://lake", "/raw/users", "s3://lake/raw/users", ()),
        ("gs://lake", "raw/users", "gs://lake/raw/users", ()),
        ("file", "/data/users", "/data/users", ()),
        ("bigquery", "acme.shop.users", "acme.shop.users", ()),
        ("kafka://broker:9092", "users", "kafka://broker:9092/users", ("kafka://users",)),
        ("hive://h:9083", "db.users", "hive://h:9083/db.users", ("db.users",)),
    ],
)
def test_datasets_have_the_names_of_their_platform(
    namespace: str, name: str, id_: str, others: tuple[str, ...]
) -> None:
    data = event()
    data["inputs"] = [{"namespace": namespace, "name": name}]
    part = read(data)

    assert part.datasets[0].id == id_
    assert part.names[id_] == others


def test_a_link_is_a_further_name() -> None:
    data = event()
    link = {"namespace": "file", "name": "/warehouse/users", "type": "LOCATION"}
    data["inputs"][0]["facets"]["symlinks"] = {"identifiers": [link]}

    assert "/warehouse/users" in read(data).names["postgres://db:5432/app.users"]


# -- bad input -----------------------------------------------------------------------------


def test_what_is_no_event_is_told() -> None:
    bad: list[Values] = [event(), {"job": {}, "run": {}}]

    assert messages(read(*bad)) == [("unreadable-pipeline", "an event needs a 'job' with a name")]
    assert not openlineage.recognises(file('{"columnLineage": {"fields": {}}}').document)
    assert not openlineage.recognises(file("[]").document)


def test_anything_may_be_wrong_in_an_event() -> None:
    facets = lineage(
        column("refused", "-FILTER"),
        id=[column("id", "IDENTITY")],
        who=[column("email", "TRANSFORMATION!")],
    )
    whole = [event("COMPLETE", facets, columns=("id",))]
    count = 0
    for mutant in mutants(whole):
        document = Document("runs.json", data=mutant)
        if openlineage.recognises(document):
            join(Pipeline(), list(openlineage.read([File(document, Entry(()))], Context(DAY))))
            count += 1
    assert count > 500
