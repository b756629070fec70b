"""Every free text of the language is read as prose, or is named here with the reason why not."""

from pathlib import Path

import pytest

from aboveboard.policy.load import ALONE, MODELS, load
from aboveboard.policy.mentions import Place
from aboveboard.policy.schema import _schemas, fields_of
from aboveboard.policy.texts import TEXTS, texts, within

QUOTES = "a quote of the product or of a document"
TERMS = "a term, an address, an id or a code"
NOT_PROSE = {
    "policy.service": TERMS,
    "policy.words.*": "what a word means claims nothing about data",
    "policy.version": TERMS,
    "policy.language": TERMS,
    "policy.wrong": TERMS,
    "policy.controllers.*.name": TERMS,
    "policy.controllers.*.contact": TERMS,
    "policy.controllers.*.representative": TERMS,
    "policy.documents.*.name": QUOTES,
    "policy.axes.*.*.name": QUOTES,
    "data.dpv": TERMS,
    "changes.what.*": "keys of changes",
    "corrections.claims.*": "ids of claims",
    "corrections.owner": TERMS,
    "suppressions.rule": "a rule",
    "suppressions.at.*": "paths of the policy",
    "suppressions.findings.*": "fingerprints",
    "suppressions.reason": "no reader learns of it",
    "suppressions.owner": TERMS,
    "questions.paraphrases.*": "what people type into a search",
    "questions.about.*": TERMS,
    "events.takes.*.reach": TERMS,
    "uses.basis.*.of.*": TERMS,
    "controls.label": QUOTES,
    "controls.how.*.do.*": QUOTES,
    "controls.earlier.*.choice": QUOTES,
    "controls.lasts": TERMS,
    "steps.detector": TERMS,
    "copies.regions.*": TERMS,
    "recipients.regions.*": TERMS,
    "rights.how.*.do.*": QUOTES,
}


def paths_of(name: str, seen: tuple[str, ...] = ()) -> set[str]:
    """The key path of each free text below a class."""
    schema = _schemas()[name]
    while "fields" not in schema:
        schema = schema["schema"]
    found: set[str] = set()
    for field, (_, raw) in zip(fields_of(name), schema["fields"].items(), strict=True):
        found |= {f"{field.key}{rest}" for rest in _below(raw["schema"], (*seen, name))}
    return found


def _below(node: dict, seen: tuple[str, ...]) -> set[str]:  # type: ignore[type-arg]
    kind = node.get("type")
    if kind == "definition-ref":
        name = node["schema_ref"]
        return set() if name in seen else {f".{rest}" for rest in paths_of(name, seen)}
    if kind == "function-after" and node["function"].get("function").__name__ == "is_text":
        return {""}
    if kind == "list":
        return {f".*{rest}" for rest in _below(node["items_schema"], seen)}
    if kind == "dict":
        return {f".*{rest}" for rest in _below(node["values_schema"], seen)}
    if "schema" in node and isinstance(node["schema"], dict):
        return _below(node["schema"], seen)
    return set()


def every_text() -> set[str]:
    models = {**MODELS, "policy": ALONE["policy"][1]}
    return {f"{kind}.{path}" for kind, model in models.items() for path in paths_of(model.__name__)}


def test_each_free_text_is_prose_or_has_a_reason() -> None:
    prose = {f"{kind}.{path}" for kind, paths in TEXTS.items() for path in paths}

    assert prose | set(NOT_PROSE) == every_text()
    assert not prose & set(NOT_PROSE)


HEAD = """\
policy: {service: S, version: "1", effective: 2026-12-01, controllers: [{name: N, contact: c@example.org}]}
uses: {train: {name: training, purpose: train-model, data: notes, applies: {state: always}}}
"""


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("data: {notes: {name: a word and a word, origin: provided}}", (3, 35)),
        ('data: {notes: {name: "a word and a word", origin: provided}}', (3, 36)),
        (
            "data:\n  notes:\n    name: a word\n      and a\n      word\n    origin: provided",
            (7, 7),
        ),
        (
            "data:\n  notes:\n    name: >-\n      a word and\n      a word\n    origin: provided",
            (7, 9),
        ),
        (
            "data:\n  notes:\n    name: |\n      a word and\n      a word\n    origin: provided",
            (7, 9),
        ),
    ],
)
def test_a_word_is_found_where_it_stands(
    written: str, place: tuple[int, int], tmp_path: Path
) -> None:
    (tmp_path / "policy_data").mkdir()
    (tmp_path / "policy_data/policy.yml").write_text(HEAD + written + "\n", encoding="utf-8")
    policy, _ = load(tmp_path)
    said = dict(texts(policy))[Place("data", "notes", ("name",))]
    start = said.rindex("word")

    at = within(policy, Place("data", "notes", ("name",)), said, start, start + 4)

    assert (at.line, at.column, at.end_line, at.end_column) == (*place, place[0], place[1] + 4)


def test_a_word_in_escapes_is_told_at_its_text(tmp_path: Path) -> None:
    (tmp_path / "policy_data").mkdir()
    text = HEAD + 'data: {notes: {name: "a w\\x6frd", origin: provided}}\n'
    (tmp_path / "policy_data/policy.yml").write_text(text, encoding="utf-8")
    policy, _ = load(tmp_path)

    at = within(policy, Place("data", "notes", ("name",)), "a word", 2, 6)

    assert (at.line, at.column) == (3, 22)
