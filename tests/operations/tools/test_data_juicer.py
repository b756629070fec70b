"""Data-Juicer's operators really run: what the catalogue says of them holds of the result."""

from __future__ import annotations

from typing import Any

import pytest
from tests.operations.tools.conftest import Run
from tests.pipeline.recipes import HEAD, stores
from tests.pipeline.recipes import read as read_text

from aboveboard.pipeline.graph import Step
from aboveboard.pipeline.part import Part
from aboveboard.pipeline.predicate import MISSING, can_pass

PLANTED = {
    "email": "a.person@example.org",
    "ip-address": "10.11.12.13",
    "url": "https://people.example.org/a-person",
    "phone": "13812345678",
    "id-card": "11010519491231002X",
    "mac-address": "00:1B:44:11:3A:B7",
    "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
}
TEXT = " and then ".join(f"here is {value} ." for value in PLANTED.values())
FIELDS = ("text", "answer", "note")

CHAINS: list[list[dict[str, Any]]] = [
    [{"clean_email_mapper": None}],
    [{"clean_ip_mapper": None}],
    [{"clean_links_mapper": None}],
    [{"clean_email_mapper": {"text_key": "answer"}}],
    [{"clean_email_mapper": {"repl": "<\\g<0>>"}}],
    [{"clean_email_mapper": {"repl": "[EMAIL]"}}, {"clean_ip_mapper": {"text_key": "note"}}],
    [{"pii_redaction_mapper": {"redact_keys": ["answer"]}}],
    [{"pii_redaction_mapper": {"redact_keys": ["text", "note"], "mask_urls": True}}],
    [{"pii_redaction_mapper": {"redact_keys": ["text"], "mask_emails": False, "mask_ips": False}}],
    [{"pii_redaction_mapper": {"redact_keys": ["text"], "email_replacement": "<\\g<0>>"}}],
    [{"whitespace_normalization_mapper": None}, {"fix_unicode_mapper": None}],
    [{"punctuation_normalization_mapper": None}],
]
# Not run here, and so from documentation: fix_unicode needs a package that is not installed.
NOT_RUN = {"fix_unicode_mapper"}
CHAINS = [[op for op in chain if not op.keys() & NOT_RUN] for chain in CHAINS]


def spelled(process: list[dict[str, Any]]) -> str:
    """A recipe of these operators; JSON is YAML."""
    import json

    return f"process: {json.dumps(process)}"


@pytest.fixture(scope="session")
def made(run: Run) -> list[list[dict[str, Any]]]:
    rows = [dict.fromkeys(FIELDS, TEXT)]
    chains = [[{k: v or {} for k, v in op.items()} for op in chain] for chain in CHAINS]
    found: list[list[dict[str, Any]]] = run(
        "run_data_juicer", [{"process": chain, "rows": rows} for chain in chains]
    )
    return found


@pytest.mark.parametrize("number", range(len(CHAINS)))
def test_redactions(made: list[Any], number: int) -> None:
    """What a step says that it takes out of a field is gone, and all else is there."""
    read = read_text(spelled(CHAINS[number]))
    (row,) = made[number]

    for field in FIELDS:
        gone = {e for e, value in PLANTED.items() if value not in row[field]}
        taken = _taken(read, field)
        assert taken <= gone, (field, taken - gone)
        assert gone - taken <= _swallowed(taken), (field, gone - taken)


def _taken(read: Part, field: str) -> set[str]:
    steps = [s for s in read.steps if s.op == "redact" and field in s.fields and not s.keeps_text]
    return {entity for s in steps for entity in s.entities if entity in PLANTED}


def _swallowed(taken: set[str]) -> set[str]:
    """What a wider pattern takes along: a part of a link or a token may look like something else."""
    return {"email", "url"} if taken & {"email", "url"} else set()


VALUES: list[Any] = [True, False, None]
WORDS: list[Any] = ["free", "pro", "", None]
FILTERS: list[tuple[dict[str, Any], str, list[Any]]] = [
    ({"general_field_filter": {"filter_condition": "optout == False"}}, "optout", VALUES),
    ({"general_field_filter": {"filter_condition": "optout != True"}}, "optout", VALUES),
    ({"general_field_filter": {"filter_condition": "not optout"}}, "optout", VALUES),
    ({"general_field_filter": {"filter_condition": "optout"}}, "optout", VALUES),
    ({"general_field_filter": {"filter_condition": "optout not in [True]"}}, "optout", VALUES),
    ({"general_field_filter": {"filter_condition": ""}}, "optout", VALUES),
    ({"general_field_filter": {"filter_condition": "plan in ['free', 'pro']"}}, "plan", WORDS),
    ({"specified_field_filter": {"field_key": "plan", "target_value": ["free"]}}, "plan", WORDS),
    ({"specified_field_filter": {"field_key": "plan", "target_value": []}}, "plan", WORDS),
    ({"specified_field_filter": {"field_key": "plan", "target_value": ["free"], "reversed_range": True}}, "plan", WORDS),
    ({"specified_field_filter": {"field_key": "optout", "target_value": [False]}}, "optout", VALUES),
]  # fmt: skip


def test_filters(run: Run) -> None:
    """No row passes that surely does not, and none is dropped that surely passes."""
    cases = []
    for filter_, field, values in FILTERS:
        rows = [{"text": "x", "n": n, field: value} for n, value in enumerate(values)]
        cases.append({"process": [filter_], "rows": rows})
    decided = 0
    for (filter_, field, values), rows in zip(FILTERS, run("run_data_juicer", cases), strict=True):
        kept = {row["n"] for row in rows}
        where = _only(read_text(spelled([filter_]))).where
        assert where is not None
        for n, value in enumerate(values):
            given = {field: MISSING if value is None else value}
            surely = can_pass(where, given, doubt_blocks=True)
            perhaps = can_pass(where, given, doubt_blocks=False)
            assert surely <= (n in kept) <= perhaps, (filter_, value)
            decided += surely == perhaps
    assert decided > 30


def _only(part: Part) -> Step:
    return next(s for s in part.steps if s.name)


def test_the_places_that_a_run_writes_to(run: Run) -> None:
    """Raw text lies in the cache and the trace, as the reader says, and not in the export."""
    recipe = {
        "dataset_path": "in.jsonl",
        "export_path": "out/o.jsonl",
        "ds_cache_dir": "cache",
        "work_dir": "work",
        "np": 1,
        "open_tracer": True,
        "process": [{"clean_email_mapper": None}],
    }
    planted = PLANTED["email"]
    found = run("run_recipe", {"recipe": recipe, "rows": [{"text": TEXT}], "planted": [planted]})
    holding = {file.split("/")[0] for file, texts in found.items() if texts} - {"in.jsonl"}

    read = stores(read_text("open_tracer: true\nprocess: [{clean_email_mapper: }]", HEAD))
    assert {"train/cache", "train/trace"} <= read.keys()
    assert {"cache", "work"} <= holding
    assert found["out/o.jsonl"] == []
    assert any("trace" in file for file, texts in found.items() if texts)
