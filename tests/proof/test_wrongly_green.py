"""Projects whose promise is false, though much about them looks true: none may be green."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.examples import run

RECIPE: dict[str, Any] = {
    "dataset_path": "data/chats.parquet",
    "export_path": "data/out.parquet",
    "load_dataset_kwargs": {"columns": ["text"]},
    "ds_cache_dir": "data/cache",
    "use_cache": False,
    "skip_op_error": False,
    "process": [{"whitespace_normalization_mapper": None}],
}
STEP: dict[str, Any] = {
    "name": "replace e-mail addresses",
    "technique": "redaction",
    "stage": "before-training",
    "on-failure": "stop",
    "relink": "nobody",
    "limits": "Names stay.",
}
SWITCH: dict[str, Any] = {
    "name": "use of your chats for training",
    "kind": "switch",
    "spreads-to": "account",
    "how": {"do": ["Open Settings"]},
    "effect": {"refusing": dict.fromkeys(("stored", "running", "trained"), "continues")},
}
SWITCH["effect"]["refusing"]["future"] = "stops"
LINES: list[dict[str, Any]] = [{"state": "always"}]


def policy(**more: Any) -> dict[str, Any]:
    """A service that trains on chats; `use` and `bindings` add to its own."""
    use = {"name": "training our models", "purpose": "train-model", "data": ["chats"],
           "applies": LINES}  # fmt: skip
    bindings = {
        "files": ["pipeline/*.yml"],
        "tools": {"data-juicer": "1.6.1"},
        "sources": {"chats": ["data/chats.parquet.text"]},
        "sinks": {"train": "data/out.parquet"},
        "copies": {"export": ["data/chats.parquet", "data/out.parquet", "data/cache", "r/log"]},
    }
    use |= more.pop("use", {})
    bindings |= more.pop("bindings", {})
    return {
        "policy": {"service": "S", "version": "1", "effective": "2026-12-01",
                   "controllers": [{"name": "S Ltd", "contact": "a@b.example"}]},
        "data": {"chats": {"name": "your chats", "origin": "provided"},
                 "location": {"name": "your location", "origin": "observed"}},
        "uses": {"train": use},
        "copies": {"export": {"name": "the export"}},
        "retention": {"export": {"data": "chats", "copy": "export", "keep": "P30D"}},
        "bindings": bindings,
        **more,
    }  # fmt: skip


def verdicts(
    root: Path, said: dict[str, Any], **files: dict[str, Any]
) -> tuple[dict[str, str], list[str]]:
    """The verdict of each claim, and the rule and message of each finding."""
    for name, content in {"policy_data/p.yml": said, **{f"pipeline/{n}.yml": f for n, f in files.items()}}.items():  # fmt: skip
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(yaml.safe_dump(content, sort_keys=False))
    project, findings = run(root)
    judged = {id_: str(j.verdict) for id_, j in project.proof.judged.items()}
    return judged, [f"{f.rule}: {f.message}" for f in findings if f.severity == "error"]


@pytest.mark.parametrize(
    ("operator", "step", "verdict"),
    [
        ({"python_lambda_mapper": {"lambda_str": "lambda x: x"}}, "python_lambda_mapper", "declared"),
        ({"whitespace_normalization_mapper": None}, "whitespace_normalization_mapper", "declared"),
        ({"document_deduplicator": None}, "document_deduplicator", "violated"),
        ({"text_length_filter": {"min_len": 1}}, "text_length_filter", "violated"),
    ],
)  # fmt: skip
def test_a_binding_alone_makes_no_step_a_redaction(
    tmp_path: Path, operator: dict[str, Any], step: str, verdict: str
) -> None:
    said = policy(
        steps={"redact": STEP},
        use={"steps": ["redact"]},
        bindings={"steps": {"redact": f"r/{step}"}},
    )

    judged, findings = verdicts(tmp_path, said, r={**RECIPE, "process": [operator]})

    assert judged["train/chats/redact@data/out.parquet"] == verdict
    told = [f for f in findings if "step-bypassed" in f and "is bound as redaction, but was" in f]
    assert bool(told) == (verdict == "violated")


def test_a_technique_that_no_setting_shows_is_declared_by_its_binding(tmp_path: Path) -> None:
    step = {**STEP, "name": "keep a few", "technique": "sampling"}
    said = policy(
        steps={"few": step},
        use={"steps": ["few"]},
        bindings={"steps": {"few": "r/random_selector"}},
    )
    recipe = {**RECIPE, "process": [{"random_selector": {"select_ratio": 0.1}}]}

    judged, _ = verdicts(tmp_path, said, r=recipe)

    assert judged["train/chats/few@data/out.parquet"] == "declared"


def test_nothing_lies_in_a_step(tmp_path: Path) -> None:
    step = "r/whitespace_normalization_mapper"

    judged, findings = verdicts(tmp_path, policy(bindings={"copies": {"export": step}}), r=RECIPE)

    assert judged["chats/export@export"] == "vacuous"
    assert f"unmatched-binding: '{step}' is a step; a copy is a dataset" in findings


def test_what_a_recipe_reads_lies_somewhere_too(tmp_path: Path) -> None:
    listed = {"export": ["data/out.parquet", "data/cache", "r/log"]}

    judged, findings = verdicts(tmp_path, policy(bindings={"copies": listed}), r=RECIPE)

    assert judged["chats/copies"] == "violated"
    assert any("'data/chats.parquet' holds it, and no copy is bound" in f for f in findings)


def drawn(*steps: dict[str, Any]) -> dict[str, Any]:
    """A native file: steps from chats, of which nobody lists the fields, to the training set."""
    return {
        "version": 1,
        "datasets": {
            "chats": {"role": "source", "person": "user_id", "retention": "P10D"},
            "out": {"role": "training-set", "retention": "P10D"},
        },
        "steps": list(steps),
    }


def drawn_policy(**more: Any) -> dict[str, Any]:
    bindings = {
        "sources": {"chats": "chats.text", "location": "chats.meta.place"},
        "sinks": {"train": "out"},
        "copies": {"export": ["chats", "out"]},
    } | more.pop("bindings", {})
    return policy(bindings=bindings, **more)


ALLOW_TEXT: dict[str, Any] = {"id": "a", "in": "s", "op": "allow-fields", "fields": ["text"], "out": "out"}  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ([{"op": "allow-fields", "fields": ["text", "meta"]}], "violated"),
        ([{"op": "allow-fields", "fields": ["text", "meta.place.city"]}], "violated"),
        ([{"op": "aggregate", "group_by": ["text", "meta"]}], "violated"),
        ([{"op": "aggregate", "group_by": ["text"], "measures": {"x": "meta"}}], "violated"),
        ([{"op": "rename", "fields": {"meta": "m"}}], "violated"),
        ([{"op": "map", "writes": {"text": ["text", "meta"]}}, ALLOW_TEXT], "violated"),
        ([{"op": "map", "writes": {"text": ["text", "metal"]}}, ALLOW_TEXT], "declared"),
        ([{"op": "allow-fields", "fields": ["text", "metal", "place"]}], "declared"),
    ],
)
def test_a_field_lies_within_another(
    tmp_path: Path, steps: list[dict[str, Any]], verdict: str
) -> None:
    first = {"id": "s", "in": "chats", **steps[0], **({} if steps[1:] else {"out": "out"})}

    judged, _ = verdicts(
        tmp_path, drawn_policy(use={"never": ["location"]}), d=drawn(first, *steps[1:])
    )

    assert judged["train/location/never@out"] == verdict


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        ({"op": "map", "writes": {"meta": "text"}}, "violated"),
        ({"op": "rename", "fields": {"other": "meta"}}, "violated"),
        ({"op": "mask", "fields": "meta", "on_error": "fail"}, "violated"),
        ({"op": "hash", "fields": "meta", "on_error": "fail"}, "violated"),
        ({"op": "allow-fields", "fields": ["text", "meta"]}, "declared"),
        ({"op": "copy"}, "declared"),
    ],
)
def test_a_flag_ends_with_what_it_lies_in(
    tmp_path: Path, step: dict[str, Any], verdict: str
) -> None:
    said = drawn_policy(
        controls={"switch": SWITCH},
        use={"applies": [{"state": "opt-out", "control": "switch"}]},
        bindings={
            "flags": {"switch": {"field": "chats.meta.off", "refused": True, "read": "run-time"}}
        },
    )
    keep = {"op": "filter", "where": {"meta.off": False}, "missing": "drop"}
    steps = [{"id": "m", "in": "chats", **step}, {"id": "s", "in": "m", **keep}, ALLOW_TEXT]

    judged, _ = verdicts(tmp_path, said, d=drawn(*steps))

    assert judged["train/chats/switch@out"] == verdict


@pytest.mark.parametrize(("columns", "verdict"), [(["text"], "proved"), (["text", "secret"], "unknown")])  # fmt: skip
def test_a_column_that_nobody_binds_is_seen(
    tmp_path: Path, columns: list[str], verdict: str
) -> None:
    recipe = {**RECIPE, "load_dataset_kwargs": {"columns": columns}}

    judged, _ = verdicts(tmp_path, policy(), r=recipe)

    assert judged["train/nothing-else@data/out.parquet"] == verdict


@pytest.mark.parametrize(
    ("ages", "verdict"), [(["adult"], "proved"), (["adult", "teen"], "violated"), ([], "violated")]
)
def test_all_others_are_also_those_that_a_filter_names(
    tmp_path: Path, ages: list[str], verdict: str
) -> None:
    said = policy(
        use={"applies": [{"scope": {"age": "adult"}, "state": "always"},
                         {"scope": "otherwise", "state": "never"}]},
        bindings={"axes": {"age": {"data/chats.parquet.age": {"adult": "adult", "teen": "*"}}}},
    )  # fmt: skip
    said["policy"]["axes"] = {"age": {"adult": "18 or over", "teen": "Under 18"}}
    keep = {"specified_field_filter": {"field_key": "age", "target_value": ages}}
    columns = {"columns": ["text", "age"]}
    recipe = {**RECIPE, "load_dataset_kwargs": columns, "process": [keep]}

    judged, _ = verdicts(tmp_path, said, r=recipe)

    assert judged["train/chats/never-age-teen@data/out.parquet"] == verdict


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({"retention": "P5Y"}, "retention"),
        ({"retention": [{"keep": "P10D"}, {"keep": "P1D", "where": {"off": True}}]}, "retention"),
        ({"retention": "P10D", "role": "store"}, ""),
        ({"role": "external"}, "role"),
        ({"regions": ["US"]}, "regions"),
        ({"regions": ["IE"], "fields": {"text": {}}}, ""),
    ],
)
@pytest.mark.parametrize("overlay", [False, True])
def test_two_files_that_disagree_about_a_dataset(
    tmp_path: Path, second: dict[str, Any], told: str, overlay: bool
) -> None:
    first = drawn({"id": "s", "in": "chats", "op": "allow-fields", "fields": "text", "out": "out"})
    first["datasets"]["out"] |= {"retention": "P10D", "regions": ["IE"]}
    again = {"version": 1, "overlay": overlay, "datasets": {"out": second}}

    _, findings = verdicts(tmp_path, drawn_policy(), d=first, e=again)

    twice = [f for f in findings if f.startswith("given-twice")]
    assert [f.partition(" in pipeline/d.yml:")[0] for f in twice] == (
        [f"given-twice: 'out' has another {told}"] if told else []
    )


@pytest.mark.parametrize(
    ("columns", "verdict"), [(["text", "place"], "violated"), (["text"], "proved")]
)
def test_what_was_never_taken_apart(tmp_path: Path, columns: list[str], verdict: str) -> None:
    step = {**STEP, "never-joined-with": "location"}
    sources = {"chats": "data/chats.parquet.text", "location": "data/chats.parquet.place"}
    said = policy(
        steps={"redact": step}, use={"steps": ["redact"]}, bindings={"sources": sources}
    )  # fmt: skip
    recipe = {**RECIPE, "load_dataset_kwargs": {"columns": columns}}

    judged, _ = verdicts(tmp_path, said, r=recipe)

    assert judged["train/chats/redact/apart-from-location"] == verdict


@pytest.mark.parametrize(("group", "verdict"), [("user_id", "violated"), ("day", "declared")])
def test_a_group_of_one_person_is_a_join(tmp_path: Path, group: str, verdict: str) -> None:
    step = {**STEP, "never-joined-with": "location"}
    said = drawn_policy(
        steps={"redact": step},
        use={"steps": ["redact"]},
        bindings={"sources": {"chats": "chats.text", "location": "places.place"}},
    )
    whole = drawn(
        {"id": "u", "in": ["chats", "places"], "op": "copy"},
        {"id": "g", "in": "u", "op": "aggregate", "group_by": group, "out": "out",
         "measures": {"words": "text", "where": "place"}},
    )  # fmt: skip
    whole["datasets"]["places"] = {"role": "source", "person": "user_id", "retention": "P10D"}

    judged, _ = verdicts(tmp_path, said, d=whole)

    assert judged["train/chats/redact/apart-from-location"] == verdict


@pytest.mark.parametrize(
    ("stage", "claims"),
    [
        (["elsewhere"], {"out": "violated"}),
        (["queue"], {"queue": "declared"}),
        (["queue", "elsewhere"], {"queue": "declared"}),
        (["queue", "out"], {"queue": "declared", "out": "violated"}),
    ],
)
def test_a_stage_that_the_data_never_reaches(
    tmp_path: Path, stage: list[str], claims: dict[str, str]
) -> None:
    said = drawn_policy(
        steps={"redact": {**STEP, "stage": "before-review"}},
        use={"steps": ["redact"]},
        bindings={"stages": {"before-review": stage}},
    )
    text = {"fields": "text", "entities": "email", "on_error": "fail"}
    whole = drawn(
        {"id": "raw", "in": "chats", "op": "allow-fields", "fields": "text", "out": "out"},
        {"id": "r", "in": "raw", "op": "redact", **text, "out": "queue"},
        {"id": "l", "in": "chats", "op": "allow-fields", "fields": "day", "out": "elsewhere"},
    )
    whole["datasets"] |= {"queue": {"retention": "P1D"}, "elsewhere": {"retention": "P1D"}}

    judged, _ = verdicts(tmp_path, said, d=whole)

    start = "train/chats/redact@"
    found = {i.removeprefix(start): v for i, v in judged.items() if i.startswith(start)}
    assert found == claims


@pytest.mark.parametrize(
    ("mark", "keep", "verdict"),
    [
        ("rated", {"where": {"rated": True}, "missing": "drop"}, "declared"),
        ("rated", {"where": {"rated": True}, "missing": "keep"}, "violated"),
        ("rated", {"where": {"rated": [True, False]}, "missing": "drop"}, "violated"),
        ("rated", {"where_not": {"rated": False}, "missing": "drop"}, "violated"),
        ({"field": "rated", "value": "up"}, {"where": {"rated": "up"}, "missing": "drop"}, "declared"),
        ("rated", {"where": {"day": 1}, "missing": "drop"}, "violated"),
        (None, {"where": {"day": 1}, "missing": "drop"}, "unknown"),
    ],
)  # fmt: skip
def test_a_route_takes_only_what_its_event_marks(
    tmp_path: Path, mark: Any, keep: dict[str, Any], verdict: str
) -> None:
    event = {"name": "you rate an answer", "by": "you", "takes": [{"data": "chats", "reach": "item"}]}  # fmt: skip
    said = drawn_policy(
        events={"thumbs": event},
        use={"applies": [{"state": "never"}], "also": {"rated": {"when": "thumbs", "applies": LINES}}},
        bindings={"sinks": {"train/rated": "out"}, "events": {"thumbs": mark} if mark else {}},
    )  # fmt: skip
    whole = drawn({"id": "s", "in": "chats", "op": "filter", **keep}, ALLOW_TEXT)
    fields = ("text", "rated", "day", "user_id", "meta.place")
    whole["datasets"]["chats"]["fields"] = {name: {} for name in fields}

    judged, findings = verdicts(tmp_path, said, d=whole)

    assert judged["train/rated/only-thumbs@out"] == verdict
    assert any(f.startswith("scope-leak") for f in findings) == (verdict != "declared")


def test_a_mark_that_no_dataset_has(tmp_path: Path) -> None:
    event = {"name": "you rate an answer", "by": "you", "takes": [{"data": "chats", "reach": "item"}]}  # fmt: skip
    said = drawn_policy(
        events={"thumbs": event},
        use={"also": {"rated": {"when": "thumbs", "applies": LINES}}},
        bindings={"sinks": {"train/rated": "out"}, "events": {"thumbs": "chats.loved"}},
    )
    whole = drawn({"id": "s", "in": "chats", "op": "copy"}, ALLOW_TEXT)
    whole["datasets"]["chats"]["fields"] = {name: {} for name in ("text", "meta.place")}

    _, findings = verdicts(tmp_path, said, d=whole)

    assert "unmatched-binding: 'chats.loved' matches no field of the pipeline" in findings


def test_what_reads_it_next_is_only_our_own_description(tmp_path: Path) -> None:
    further = {"version": 1, "steps": [{"id": "m", "in": "data/out.parquet", "op": "map"}]}

    before, _ = verdicts(tmp_path, policy(), r=RECIPE)
    after, _ = verdicts(tmp_path, policy(), r=RECIPE, s=further)

    held = ("chats/recipients", "chats/copies")
    assert [before[claim] for claim in held] == ["proved", "proved"]
    assert [after[claim] for claim in held] == ["declared", "declared"]
