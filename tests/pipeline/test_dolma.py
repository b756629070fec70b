"""Dolma's configs: streams as chains of steps, which meet in the files that they name."""

from __future__ import annotations

import pytest
from tests.pipeline.hostile import mutants
from tests.pipeline.mixers import (
    EMAIL,
    PHONE,
    TAG,
    TOKENS,
    joined,
    mixer,
    read,
    replaced,
    steps,
    stream,
    told,
)

from aboveboard.findings import Location
from aboveboard.pipeline.graph import UNKNOWN, Pipeline
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Part
from aboveboard.pipeline.readers import READERS, dolma
from aboveboard.source import Document

MIX = mixer(stream(attributes=["pii"], span_replacement=[replaced()]))


def redact(*replacements: dict[str, object], name: str = "EMAIL_ADDRESS", tag: bool = True):  # type: ignore[no-untyped-def]
    mix = mixer(stream(attributes=["pii"], span_replacement=list(replacements)))
    return steps(mix, *((TAG,) if tag else ()))[f"forum/{name}"]


# -- what is taken out ---------------------------------------------------------------------------


def test_a_span_of_a_known_tagger_is_redacted() -> None:
    step = redact(replaced())

    assert (step.op, step.fields, step.keeps_text) == ("redact", ("text",), False)
    assert {name: f.grade for name, f in step.entities.items()} == {"email": "default"}
    assert step.on_error and step.on_error.does.value == "fail"


def test_a_replacement_that_keeps_the_text_redacts_nothing() -> None:
    assert redact(replaced(replacement="[B]{}[E]")).keeps_text


@pytest.mark.parametrize(
    ("bounds", "kept"),
    [
        ({"min_score": 0.5}, ["email"]), ({"min_score": 1.0}, ["email"]), ({"min_score": 1.1}, []),
        ({"max_score": 1.0}, []), ({"max_score": 1.01}, ["email"]),
        ({"min_score": 0.2, "max_score": 0.9}, []),
    ],
)  # fmt: skip
def test_scores_outside_the_bounds_are_left_alone(
    bounds: dict[str, float], kept: list[str]
) -> None:
    """From the lower bound on, and below the upper one; spans of PII taggers have the score 1."""
    step = redact({"span": EMAIL, "replacement": "", **bounds})

    assert (list(step.entities), list(step.spared)) == (kept, [] if kept else ["email"])


def test_of_two_replacements_of_the_same_spans_the_first_decides() -> None:
    first, second = replaced(replacement="<{}>"), replaced()
    late = redact(first, second, name="EMAIL_ADDRESS-2")

    assert late.keeps_text
    assert (list(late.entities), list(late.spared)) == ([], ["email"])
    assert not redact(second, first).keeps_text
    assert redact(second, first).entities["email"].grade == "default"


def test_spans_within_others_that_are_kept_may_be_kept() -> None:
    step = redact(replaced(), replaced("$.attributes.wide", replacement="<{}>"))

    assert step.entities["email"].grade == "unknown"


def test_what_an_attribute_of_no_known_tagger_holds_is_for_an_overlay() -> None:
    step = redact(replaced("$.attributes.toxic"), name="toxic")

    assert (step.op, step.writes, step.opaque) == ("map", {"text": ("text",)}, False)


def test_attributes_that_are_not_listed_are_not_found() -> None:
    mix = mixer(stream(attributes=["other"], span_replacement=[replaced()]))

    assert steps(mix)["forum/EMAIL_ADDRESS"].entities == {}
    assert (
        "no attributes called 'pii' are listed, so that none is replaced",
        "add pii to attributes",
    ) in [(message, hint) for _, message, hint in told(mix)]


@pytest.mark.parametrize(
    "tagger",
    [
        None,
        {**TAG, "experiment": "other"},
        {**TAG, "taggers": ["gopher_v1"]},
        {**TAG, "documents": ["in/documents/a*.json.gz"]},
        {**TAG, "profile": {"steps": 100}},
        {**TAG, "destination": ["elsewhere"]},
    ],
)
def test_a_document_without_attributes_passes_as_it_is(tagger: dict[str, object] | None) -> None:
    """Unless a tagger of the files listed makes them for all documents."""
    found = steps(MIX, *((tagger,) if tagger else ()))["forum/EMAIL_ADDRESS"].on_error

    assert found and found.does.value is UNKNOWN
    assert found.does.fact.text.startswith("a document without attributes passes as it is")


@pytest.mark.parametrize(
    "pattern", ["in/documents/*.json.gz", "in/documents/**", "in/documents/**/*.gz"]
)
def test_a_tagger_of_more_documents_makes_them(pattern: str) -> None:
    found = steps(MIX, {**TAG, "documents": [pattern]})["forum/EMAIL_ADDRESS"].on_error

    assert found and found.does.value == "fail"


# -- versions ------------------------------------------------------------------------------------


def test_the_score_that_is_left_out() -> None:
    """0.5 before 1.0; from then on one bound has to be given."""
    mix = mixer(stream(attributes=["pii"], span_replacement=[{"span": EMAIL}]))

    assert list(steps(mix, version="0.9.4")["forum/EMAIL_ADDRESS"].entities) == ["email"]
    assert told(mix, version="0.9.4") == []
    assert told(mix) == [
        (
            "unreadable-pipeline",
            "either min_score or max_score must be given",
            "add 'min_score: 0.5'",
        )
    ]


def test_without_a_version_no_default_is_known() -> None:
    bare = mixer(stream(attributes=["pii"], span_replacement=[{"span": EMAIL, "min_score": 0.5}]))
    step = steps(bare, version="")["forum/EMAIL_ADDRESS"]

    assert not step.entities_known
    full = steps(MIX, version="")["forum/EMAIL_ADDRESS"]
    assert full.entities["email"].grade == "unknown"
    assert [rule for rule, _, _ in told(MIX, version="")] == ["unknown-version"]


@pytest.mark.parametrize("version", ["1.2.1", ""])
def test_keys_that_the_tool_does_not_have(version: str) -> None:
    mix = mixer(stream(span_replacement=[replaced(min_scor=1)], filters={}), proceses=3)
    name = "Dolma 1.2.1" if version else "Dolma"

    assert [
        t for t in told(mix, version=version) if t[0] == "unknown-setting" and "has no" in t[1]
    ] == [
        ("unknown-setting", f"{name} has no setting 'proceses' here", "did you mean 'processes'?"),
        ("unknown-setting", f"{name} has no setting 'filters' here", "did you mean 'filter'?"),
        ("unknown-setting", f"{name} has no setting 'min_scor' here", "did you mean 'min_score'?"),
    ]


# -- how files meet ------------------------------------------------------------------------------


def reaches(pipeline: Pipeline, end: str) -> set[str]:
    """All datasets from which a dataset is fed."""
    found, waiting = set(), {end}
    while waiting:
        name = waiting.pop()
        found.add(name)
        feeding = [s for s in pipeline.steps.values() if name in (*s.outputs, s.id)]
        waiting |= {i for s in feeding for i in s.inputs} - found
    return found & pipeline.datasets.keys()


def test_a_pattern_reads_what_a_mixer_writes() -> None:
    pipeline = joined(TAG, MIX, TOKENS)

    assert reaches(pipeline, "tokens") == {
        "in/documents/*.json.gz", "in/attributes/pii/*.json.gz", "out/documents", "tokens",
    }  # fmt: skip
    assert pipeline.resolve("out/documents/*.json.gz") == "out/documents"
    assert "out/documents/*.json.gz" not in pipeline.datasets


@pytest.mark.parametrize(
    "pattern", ["out/documents/*.jsonl.gz", "out/*.json.gz", "out/documents/b-*.json.gz"]
)
def test_a_pattern_that_matches_nothing_written_is_another_place(pattern: str) -> None:
    pipeline = joined(MIX, {**TOKENS, "documents": [pattern]})

    assert reaches(pipeline, "tokens") == {pattern, "tokens"}


def test_a_pattern_over_several_outputs_reads_them_all() -> None:
    both = mixer(
        stream(span_replacement=[replaced("$.attributes.x")]),
        stream(
            name="wiki", span_replacement=[replaced("$.attributes.x")], output={"path": "out/wiki"}
        ),
    )
    pipeline = joined(both, {**TOKENS, "documents": ["out/**/*.json.gz"]})

    assert reaches(pipeline, "tokens") >= {"out/documents", "out/wiki", "in/documents/*.json.gz"}


def test_documents_that_keep_their_names() -> None:
    mix = {**MIX, "shuffle": False}
    pipeline = joined(mix, {**TOKENS, "documents": ["out/documents/in/*.json.zst"]})

    assert "out/documents" in reaches(pipeline, "tokens")


def test_what_another_tool_writes_is_read_by_a_pattern() -> None:
    recipe = {"export_path": "in/documents/a.json.gz", "dataset_path": "raw.jsonl", "process": []}
    text = str(recipe).replace("'", '"').encode()
    from aboveboard.pipeline.readers.data_juicer.catalogue import catalogue
    from aboveboard.pipeline.readers.data_juicer.chain import read_recipe
    from aboveboard.source import parse_yaml

    pipeline = Pipeline()
    join(pipeline, [*read(MIX, TOKENS), read_recipe(parse_yaml(text, "r.yml"), catalogue("1.6.1"))])

    assert "raw.jsonl" in reaches(pipeline, "tokens")


# -- the rest of a stream ------------------------------------------------------------------------


def test_a_stream_is_a_chain_in_the_order_of_the_tool() -> None:
    full = stream(
        attributes=["pii"],
        filter={"include": ["$.metadata.ok"]},
        span_replacement=[replaced(), replaced(PHONE)],
        output={"discard_fields": ["attributes"], "min_text_length": 20},
    )
    found = steps(mixer(full))

    assert [(s.id.partition("/")[2], s.op) for s in found.values()] == [
        ("forum/with-pii-only", "allow-fields"),
        ("forum/with-pii", "join"),
        ("forum/filter", "filter"),
        ("forum/EMAIL_ADDRESS", "redact"),
        ("forum/PHONE_NUMBER", "redact"),
        ("forum/discard", "drop-field"),
        ("forum/min-text-length", "filter"),
    ]
    assert found["forum/min-text-length"].outputs == ("out/documents",)
    assert found["forum/discard"].fields == ("attributes",)


def test_a_run_that_only_prints_reads_and_writes_nothing() -> None:
    assert steps({**MIX, "dryrun": True}) == {}
    assert told({**MIX, "dryrun": True})[0][1] == "dryrun is true: nothing is read or written"
    assert steps({**TOKENS, "dryrun": True}) == {}


def test_what_lies_on_s3_is_copied_to_the_working_folders() -> None:
    far = stream(documents=["s3://b/documents/*.gz"], output={"path": "s3://b/out"},
                 span_replacement=[replaced("$.attributes.x")])  # fmt: skip
    (part,) = read(mixer(far, work_dir={"input": "/scratch/in", "output": "/scratch/out"}))

    assert {k: v for k, v in part.paths.items() if "work" in k} == {
        "c0/work-input": "/scratch/in", "c0/work-output": "/scratch/out",
    }  # fmt: skip
    assert {s.id: s.inputs for s in part.steps if s.op == "copy"} == {
        "c0/work-input-writer": ("s3://b/documents/*.gz",),
        "c0/work-output-writer": ("c0/forum/x",),
    }
    assert not any("work" in d.id for d in read(MIX)[0].datasets)


def test_the_tokenizer_writes_the_text_and_the_id_alone() -> None:
    found = steps({**TOKENS, "fields": {"text_field_name": "body"}})

    assert found["tokens"].writes == {"input_ids": ("body",), "id": ("id",)}
    assert found["written"].fields == ("input_ids", "id")
    assert steps(TOKENS, version="")["tokens"].opaque
    assert steps(TOKENS, version="0.9.4")["tokens"].writes == {
        "input_ids": ("text",),
        "id": ("id",),
    }


def test_a_deduper_writes_attributes() -> None:
    config = {
        "documents": ["in/documents/*.json.gz"],
        "dedupe": {"name": "urls", "documents": {"attribute_name": "dup", "key": "$.metadata.url"}},
        "bloom_filter": {"file": "bloom.bin", "read_only": False},
    }
    assert steps(config)["dedupe"].outputs == ("in/attributes/urls/*.json.gz",)
    assert told(config) == []


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (MIX, "mix"), (TAG, "tag"), (TOKENS, "tokens"),
        ({"documents": [], "dedupe": {}, "bloom_filter": {}}, "dedupe"),
        ({"streams": []}, None), ({"streams": [{"name": "x"}]}, None), ({"documents": []}, None),
        ([], None), ("text", None),
    ],
)  # fmt: skip
def test_a_config_is_found_by_its_keys(data: object, kind: str | None) -> None:
    document = Document("x.yml", data=data)

    assert dolma.recognises(document) == (kind is not None)
    if kind:
        assert dolma.kind(document.data) == kind
        assert [n for n, r in READERS.items() if r.recognises(document)] == ["dolma"]


def test_whatever_is_wrong_is_a_finding() -> None:
    """Every value of every config replaced by one of another type, or left out."""
    full = mixer(
        stream(
            attributes=["pii"],
            filter={"include": ["$.metadata.ok"], "exclude": [], "syntax": "jsonpath"},
            span_replacement=[replaced(max_score=2.0, syntax="jsonpath")],
            output={
                "discard_fields": ["attributes"],
                "min_text_length": 20,
                "max_size_in_bytes": 9,
            },
            compression={"input": "gz", "output": "gz"},
        ),
        work_dir={"input": "a", "output": "b"},
        shuffle=True,
    )
    tokens = {**TOKENS, "fields": {"id_field_name": "key"}, "work_dir": {}}
    dedupe = {"documents": ["a/documents/x"], "dedupe": {"name": "n", "paragraphs": {"attribute_name": "p"}},
              "bloom_filter": {"file": "f", "read_only": True}}  # fmt: skip
    count = 0
    for config in (full, {**TAG, "profile": {"steps": 3}}, tokens, dedupe):
        for mutant in mutants(config):
            for known in ("1.2.1", ""):
                _reads(mutant, known)
                count += 1
    assert count > 500


def _reads(data: object, version: str) -> None:
    from datetime import date

    from aboveboard.pipeline.graph import Fact, Setting
    from aboveboard.pipeline.part import Context, Entry, File, Said

    document = Document("pipeline/c.yml", data=data)
    if not dolma.recognises(document):
        return
    said = (
        {"dolma": Setting(version, Fact("", "declared", Location("p.yml", 1)))} if version else {}
    )
    entry = Entry((Said("pipeline/*", Location("p.yml", 1)),))
    parts: list[Part] = list(dolma.read([File(document, entry)], Context(date(2026, 12, 1), said)))
    join(Pipeline(), parts)
