"""`graph`: what was read, for people, for machines and as a drawing, whole or in part."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from tests.examples import BROKEN, CLAIMS

from aboveboard.cli import main
from aboveboard.reporters.graph import REPORTERS
from aboveboard.reporters.graph.json_schema import schema

ROOT = Path(__file__).parents[2]
GOOD = CLAIMS / "deidentified-before/proved"
EVERY = sorted(p.parent for part in (BROKEN, CLAIMS) for p in part.rglob("policy_data"))
VALID = Draft202012Validator(schema())


def graph(root: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["graph", "--project", str(root), *more])


def read(root: Path, *more: str) -> dict[str, Any]:
    result = graph(root, "--format", "json", *more)
    assert result.exit_code in (0, 1), result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def nodes(root: Path, *more: str) -> set[str]:
    found = read(root, *more)
    return {node["id"] for kind in ("datasets", "steps") for node in found[kind]}


@pytest.mark.parametrize("root", [ROOT, *EVERY], ids=lambda path: path.name)
def test_every_project_can_be_shown(root: Path) -> None:
    """Whatever is wrong with it: what was read is shown, and what is wrong is said."""
    if root.name == "policy-none":
        return
    made = {form: graph(root, "--format", form) for form in REPORTERS}

    assert not [result.exception for result in made.values() if result.exit_code not in (0, 1)]
    found = json.loads(made["json"].stdout)
    assert not list(VALID.iter_errors(found))
    failing = any(finding["severity"] == "error" for finding in found["findings"])
    assert {result.exit_code for result in made.values()} == {int(failing)}
    ElementTree.fromstring(made["svg"].stdout)
    for kind in ("datasets", "steps"):
        for node in found[kind]:
            assert f"  {node['id']}: " in made["text"].stdout
    for finding in found["findings"]:
        assert finding["message"].split("\n")[0][:20] in made["text"].stdout


def test_the_text_of_a_small_project() -> None:
    result = graph(CLAIMS / "opt-out-honoured/declared")

    assert result.exit_code == 0
    assert result.stdout == (
        "pipeline/train.yml: native\n"
        "  notes: source (line 3, described)\n"
        "      fields: text, opted_out\n"
        "      kept: nobody says how long\n"
        "  training_set: training-set (line 4, described)\n"
        "      fields: nobody lists them\n"
        "      kept: nobody says how long\n"
        "  opted-in: filter (line 6, described)\n"
        "      reads: notes\n"
        "      keeps: opted_out is false\n"
        "  pick: allow-fields (line 7, described)\n"
        "      reads: opted-in\n"
        "      writes: training_set\n"
        "      fields: text\n"
        "\n"
        "1 file, 2 datasets, 2 steps; 0 opaque\n"
    )


OPAQUE = """\
version: 1
datasets: {notes: {role: source, retention: "${DAYS}"}, out: {role: external}}
steps:
  - {id: think, in: notes, op: call-model, enabled: "${ON}", on_error: {to: lost}}
  - {id: pass, in: think, op: filter, where: {ok: "${OK}"}, out: out}
"""


@pytest.fixture
def opaque(tmp_path: Path) -> Path:
    (tmp_path / "policy_data").mkdir()
    (tmp_path / "policy_data/b.yml").write_text("bindings: {files: [p.yml, lost.yml]}\n")
    (tmp_path / "p.yml").write_text(OPAQUE.replace("out: {r", "lost: {}, out: {r"))
    return tmp_path


def test_what_is_not_known_is_said(opaque: Path) -> None:
    result = graph(opaque)

    assert result.exit_code == 1
    said = result.stdout.partition("What is not known:\n")[2].split("\n\n")[0].split("\n")
    assert [line.split("  ")[2] for line in said] == [
        "notes: nobody lists its fields",
        "notes: how long it is kept cannot be read: keep ${DAYS}",
        "think: opaque: any field that it reads can be in any field that it writes",
        "think: whether it runs cannot be told: enabled: unknown",
        "pass: its condition cannot be read: ok is unknown",
    ]
    assert "policy_data/b.yml:1:27  error: no file matches 'lost.yml'" in result.stdout
    assert "1 file, 3 datasets, 2 steps; 1 opaque\n" in result.stdout
    assert {(e["from"], e["to"], e["kind"]) for e in read(opaque)["edges"]} == {
        ("notes", "think", "reads"),
        ("think", "lost", "on-error"),
        ("think", "pass", "reads"),
        ("pass", "out", "writes"),
    }
    svg = graph(opaque, "--format", "svg").stdout
    assert 'stroke-dasharray="6 3"' in svg and 'stroke-dasharray="2 4"' in svg


def test_parts() -> None:
    whole = nodes(ROOT)
    use = nodes(ROOT, "--use", "train-assistant")
    trained = "s3://example-training/assistant/chats.parquet"
    assert {"exports.chats", "exports.ratings", trained} < use < whole
    assert "s3://example-review/queue.parquet" not in use and "chats/log" not in use
    one = nodes(ROOT, "--data", "usage-events")
    assert "reports.usage" in one and "exports.chats" not in one
    rated = nodes(ROOT, "--use", "train-assistant/rated")
    assert {n for n in use if "rat" in n.partition("/")[0]} < rated and trained not in rated
    review = nodes(ROOT, "--to", "s3://example-review/queue.parquet")
    assert review > {"exports.chats", "review/random_selector"}
    claim = "train/notes/redact@data/training.jsonl"
    assert nodes(GOOD, "--claim", claim) == {
        "data/notes.jsonl", "train/clean_email_mapper", "data/training.jsonl",
    }  # fmt: skip
    assert read(GOOD, "--claim", claim)["part"] == f"claim {claim}"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--use", "trai"), "'trai' is no use of bindings.sinks; did you mean 'train'?"),
        (("--data", "note"), "'note' is no data of bindings.sources; did you mean 'notes'?"),
        (("--to", "data/note"), "'data/note' is no dataset or step; did you mean"),
        (("--claim", "zzz"), "'zzz' is no claim; known: "),
    ],
)
def test_names_that_mean_nothing(more: tuple[str, str], said: str) -> None:
    result = graph(GOOD, *more)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_claim_of_a_project_with_errors() -> None:
    result = graph(BROKEN / "many-at-once", "--claim", "x")

    assert result.exit_code == 2
    assert "no claim was judged" in result.stderr


def test_the_same_bytes_each_time() -> None:
    for form in REPORTERS:
        assert graph(ROOT, "--format", form).stdout == graph(ROOT, "--format", form).stdout
