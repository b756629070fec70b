"""Dolma's taggers and mixer really run: what the catalogue says of them holds of the result."""

from __future__ import annotations

from typing import Any

import pytest
from tests.operations.tools.conftest import Run
from tests.pipeline.mixers import TAG, mixer, replaced, steps, stream

from aboveboard.pipeline.graph import Step
from aboveboard.pipeline.predicate import MISSING, can_pass
from aboveboard.pipeline.readers.dolma.catalogue import ENTITIES, PII_TAGGERS, SCORE
from aboveboard.pipeline.readers.dolma.conditions import condition

PLANTED = {"email": "a.person@example.org", "phone": "(415) 555-0132", "ip-address": "10.11.12.13"}
TEXT = f"Write to {PLANTED['email']} today, or call {PLANTED['phone']} now, from {PLANTED['ip-address']} here. \n"
EXPERIMENT, TAGGER = "pii", "pii_regex_with_counts_fast_v2"
# What needs a model is from documentation.
RUN = sorted(PII_TAGGERS - {"pii_presidio_v1"})


def key(kind: str) -> str:
    return f"{EXPERIMENT}__{TAGGER}__{kind}"


def test_taggers_find_what_was_planted(run: Run) -> None:
    found = run("run_dolma", {"tag": [[tagger, TEXT] for tagger in RUN]})["tag"]

    for spans in found:
        kinds = {kind: (TEXT[start:end], score) for kind, start, end, score in spans}
        for kind, entity in ENTITIES.items():
            assert PLANTED[entity] in kinds[kind][0]
            assert kinds[kind][1] == SCORE


REPLACEMENTS: list[list[dict[str, Any]]] = [
    [replaced(f"$.attributes.{key(kind)}", replacement="|||") for kind in ENTITIES],
    [replaced(replacement="[E]{}[/E]")],
    [replaced(replacement="<{}>"), replaced()],
    [replaced(), replaced(replacement="<{}>")],
    [replaced(min_score=1.0)],
    [replaced(min_score=1.01)],
    [{"span": f"$.attributes.{key('EMAIL_ADDRESS')}", "max_score": 1.0, "replacement": ""}],
    [{"span": f"$.attributes.{key('EMAIL_ADDRESS')}", "max_score": 1.5, "replacement": ""}],
    [replaced(f".attributes.{key('EMAIL_ADDRESS')}", syntax="jq")],
    [replaced("$.attributes.other")],
    [],
]


@pytest.fixture(scope="session")
def mixed(run: Run) -> list[Any]:
    spans = run("run_dolma", {"tag": [[TAGGER, TEXT]]})["tag"][0]
    row: dict[str, list[list[Any]]] = {}
    for kind, *span in spans:
        row.setdefault(key(kind), []).append(span)
    cases = [
        {
            "documents": [{"text": TEXT}],
            "attributes": {EXPERIMENT: [row]},
            "stream": {"attributes": [EXPERIMENT], "span_replacement": listed},
        }
        for listed in REPLACEMENTS
    ]
    made: list[Any] = run("run_dolma", {"mix": cases})["mix"]
    return made


@pytest.mark.parametrize("number", range(len(REPLACEMENTS)))
def test_replacements(mixed: list[Any], number: int) -> None:
    """An entity is gone if a step says that it takes it out, and there if none does."""
    listed = REPLACEMENTS[number]
    read = steps(mixer(stream(attributes=[EXPERIMENT], span_replacement=listed)), TAG)
    taken = _taken(list(read.values()))
    ((document,),) = (mixed[number],)

    for entity, planted in PLANTED.items():
        assert (planted not in document["text"]) == (entity in taken), entity


def _taken(read: list[Step]) -> set[str]:
    steps_ = [s for s in read if s.op == "redact" and "text" in s.fields and not s.keeps_text]
    return {entity for step in steps_ for entity in step.entities}


def test_a_document_without_attributes_passes_as_it_is(run: Run) -> None:
    case = {
        "documents": [{"text": TEXT}, {"text": TEXT}],
        "attributes": {EXPERIMENT: [{key("EMAIL_ADDRESS"): [[9, 29, 1.0]]}]},
        "stream": {"attributes": [EXPERIMENT], "span_replacement": [replaced()]},
    }
    first, second = run("run_dolma", {"mix": [case]})["mix"][0]

    assert PLANTED["email"] not in first["text"]
    assert PLANTED["email"] in second["text"]


def test_dropped_fields_and_what_is_left(run: Run) -> None:
    case = {
        "documents": [{"text": TEXT, "metadata": {"author": "x"}, "extra": 1}],
        "attributes": {},
        "stream": {"output": {"discard_fields": ["metadata"]}, "filter": {"include": ["$.text"]}},
    }
    ((document,),) = run("run_dolma", {"mix": [case]})["mix"]

    assert document["metadata"].keys() == {"provenance"}
    assert document["extra"] == 1


VALUES = [True, False, "true", "x", 1, 0, None, MISSING]
FILTERS = [
    ("jsonpath", "$.metadata[?(@.out == true)]"),
    ("jsonpath", "$@.metadata[?(@.out == true)]"),
    ("jsonpath", "$.metadata[?(@.out != true)]"),
    ("jsonpath", "$.metadata[?(!(@.out == true))]"),
    ("jsonpath", "$.metadata[?(@.out == true || @.out == 'x')]"),
    ("jsonpath", "$.metadata[?(@.out in ['y', 'x'])]"),
    ("jsonpath", "$.metadata[?(@.out)]"),
    ("jsonpath", "$.metadata.out"),
    ("jsonpath", "$.metadata[?(!@.out)]"),
    ("jsonpath", "$.metadata[?(@.out == null)]"),
    ("jq", ".metadata.out == true"),
    ("jq", ".metadata?.out? == true"),
    ("jq", '.metadata["out"] == true'),
    ("jq", ".metadata.out != true"),
    ("jq", "select(.metadata.out == true)"),
    ("jq", '(.metadata.out == true) or (.metadata.out == "x")'),
    ("jq", ".metadata.out == null"),
    ("jq", ".metadata.out != null"),
    ("jq", ".metadata.out"),
    ("jq", ".metadata.out | not"),
]


def test_filters(run: Run) -> None:
    """No document passes that surely does not, and none is dropped that surely passes."""
    documents = [
        {"text": "x", "metadata": {} if value is MISSING else {"out": value}} for value in VALUES
    ]
    asked = [(way, *f) for way in ("include", "exclude") for f in FILTERS]
    cases = [
        {
            "documents": documents,
            "attributes": {},
            "stream": {"filter": {way: [text], "syntax": syntax}},
        }
        for way, syntax, text in asked
    ]
    decided = 0
    for (way, syntax, text), made in zip(
        asked, run("run_dolma", {"mix": cases})["mix"], strict=True
    ):
        assert made is not None, (way, text)
        kept = {document["id"] for document in made}
        listed = [text]
        where = condition(
            listed if way == "include" else [], [] if way == "include" else listed, syntax
        )
        for number, value in enumerate(VALUES):
            row = {"metadata.out": MISSING if value is None else value}
            surely = can_pass(where, row, doubt_blocks=True)
            perhaps = can_pass(where, row, doubt_blocks=False)
            assert surely <= (str(number) in kept) <= perhaps, (way, text, value)
            decided += surely == perhaps
    assert decided > 200
