"""The version of a tool decides its defaults: said once, or read where the project pins it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.examples import run

from aboveboard.findings import Finding, Location
from aboveboard.pipeline.graph import Fact, Setting
from aboveboard.pipeline.part import Context, Entry, File, Said
from aboveboard.pipeline.readers.data_juicer.catalogue import TABLES as DATA_JUICER
from aboveboard.pipeline.readers.dolma.catalogue import TABLES as DOLMA
from aboveboard.pipeline.readers.otel_collector.versions import KNOWN as COLLECTOR
from aboveboard.pipeline.versions import choose, undecided
from aboveboard.source import Document

CLAIM = "train/notes/redact@data/training.jsonl"
POLICY = """
policy:
  service: Notewise
  version: 1.0.0
  effective: 2026-12-01
  controllers: [{{name: Notewise Ltd, contact: privacy@example.org}}]
data:
  notes: {{name: what you write in notes, origin: provided}}
uses:
  train: {{name: training, purpose: train-model, data: notes, steps: redact,
    applies: {{state: always, why: The helper learns from notes.}}}}
steps:
  redact: {{name: replace e-mail addresses, technique: redaction, entities: email,
    stage: before-training, relink: nobody, limits: Names inside a story can remain.}}
copies: {{servers: {{name: our servers}}}}
retention: {{rows: {{data: [notes], copy: servers, until: you-delete}}}}
bindings:
  files: pipeline/train.yml
{tools}
  sources: {{notes: data/notes.jsonl.{field}}}
  sinks: {{train: data/training.jsonl}}
  copies: {{servers: [data/notes.jsonl, data/training.jsonl, train/cache, train/log]}}
"""
OURS = ("unknown-version", "unknown-reference", "missing-file", "invalid-policy", "unknown-setting")
RECIPE = """
dataset_path: data/notes.jsonl
export_path: data/training.jsonl
process:
  - clean_email_mapper:
"""
NESTED = RECIPE.replace("clean_email_mapper:", "clean_email_mapper: {text_key: note.text}")


def judged(
    root: Path, tools: str, recipe: str = RECIPE, field: str = "text", **files: str
) -> tuple[str | None, list[Finding]]:
    """The verdict on a redaction, and what is found of versions; files by name, `_` for a dot."""
    said = POLICY.format(tools=f"  tools: {tools}" if tools else "", field=field)
    texts = {"policy_data/p.yml": said, "pipeline/train.yml": recipe}
    texts |= {name.replace("_", "."): text for name, text in files.items()}
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    project, findings = run(root)
    told = [f for f in findings if f.rule in OURS]
    return (project.proof.judged[CLAIM].verdict if project.loaded else None), told


def test_a_version_that_is_said(tmp_path: Path) -> None:
    assert judged(tmp_path, "{data-juicer: 1.6.1}") == ("proved", [])


def test_a_version_that_a_file_pins(tmp_path: Path) -> None:
    pinned = "{data-juicer: {pinned: requirements.txt}}"
    lock = "ray==2.1.0\npy-data-juicer[all]==1.6.1\n"

    assert judged(tmp_path, pinned, requirements_txt=lock) == ("proved", [])


@pytest.mark.parametrize(("version", "verdict"), [("1.6.1", "proved"), ("1.5.5", "unknown")])
def test_a_recipe_is_judged_by_the_version_that_runs_it(
    tmp_path: Path, version: str, verdict: str
) -> None:
    """From 1.6 on a field that is no column stops the run; before, it was read and not written."""
    tools = f"{{data-juicer: {version}}}"

    assert judged(tmp_path, tools, NESTED, "note.text") == (verdict, [])


def only(found: tuple[str | None, list[Finding]]) -> tuple[str | None, str, str, str]:
    verdict, (finding,) = found
    assert (finding.rule, finding.severity) == ("unknown-version", "warning")
    assert finding.location
    return verdict, str(finding.location), finding.message, finding.hint


def test_without_a_version_no_default_is_known(tmp_path: Path) -> None:
    """One finding, however many files; what a file says itself is known."""
    assert only(judged(tmp_path, "")) == (
        "unknown",
        "policy_data/p.yml:18:10",
        "nothing says which version of Data-Juicer runs, so what pipeline/train.yml does not set is unknown",
        "below 'bindings:' say 'tools: {data-juicer: \"1.6.1\"}', or 'pinned:' with the file that pins it",
    )


def test_the_hint_can_be_pasted(tmp_path: Path) -> None:
    """Of every tool: in quotes, since 0.164 alone is a number."""
    hint = only(judged(tmp_path, ""))[3]
    quoted = re.findall(r"'tools: (\{.*?\})'", hint)
    assert judged(tmp_path, *quoted) == ("proved", [])
    for tables in (DATA_JUICER, DOLMA, COLLECTOR):
        place = Location("p.yml", 1)
        file = File(Document("x.yml"), Entry((Said("x.yml", place),)))
        finding = undecided("dolma", tables, [file], Context(date(2026, 12, 1)))
        said = yaml.safe_load(re.findall(r"'(tools: \{.*?\})'", finding.hint)[0])
        (version,) = said["tools"].values()
        assert isinstance(version, str)
        assert choose(Setting(version, Fact("", "declared", place)), dict.fromkeys(tables, True))


def test_what_a_file_says_needs_no_version(tmp_path: Path) -> None:
    recipe = """
dataset_path: data/notes.jsonl
export_path: data/training.jsonl
skip_op_error: false
process:
  - pii_redaction_mapper: {redact_keys: [text], mask_emails: true, email_replacement: "[EMAIL]"}
"""
    judged(tmp_path, "", recipe)
    claims = run(tmp_path)[0].proof.judged

    assert claims["train/notes/redact/entities@data/training.jsonl"].verdict == "proved"
    assert claims["notes/copies"].verdict == "unknown"  # a tracer may be on, or a checkpoint


@pytest.mark.parametrize(
    ("requirement", "message", "hint"),
    [
        ("py-data-juicer>=1.6", "'py-data-juicer>=1.6' leaves the version of Data-Juicer open",
         "pin one version there, or say it in 'tools:'"),
        ("py-data-juicer", "'py-data-juicer' leaves the version of Data-Juicer open",
         "pin one version there, or say it in 'tools:'"),
        ("py-data-juicer==1.4.0", "the defaults of Data-Juicer 1.4.0 are not known here",
         "known: 1.6.1, 1.6.0 and 1.5.5; or set in the files what the claims rest on"),
    ],
)  # fmt: skip
def test_a_pin_that_decides_nothing(
    tmp_path: Path, requirement: str, message: str, hint: str
) -> None:
    found = judged(tmp_path, "{data-juicer: {pinned: r.txt}}", r_txt=f"# tools\n{requirement}\n")

    rest = ", so what pipeline/train.yml does not set is unknown"
    assert only(found) == ("unknown", "r.txt:2:1", message + rest, hint)


def test_a_file_that_does_not_name_the_tool(tmp_path: Path) -> None:
    found = only(judged(tmp_path, "{data-juicer: {pinned: r.txt}}", r_txt="ray==2.1.0\n"))

    assert found[:2] == ("unknown", "policy_data/p.yml:19:11")
    assert found[2].startswith("r.txt does not name Data-Juicer, so what")


def test_pins_that_disagree(tmp_path: Path) -> None:
    tools = "{data-juicer: {pinned: [a.txt, b.txt]}}"
    a, b = "py-data-juicer==1.6.1\n", "py-data-juicer==1.6.0\n"

    found = only(judged(tmp_path, tools, a_txt=a, b_txt=b))

    assert found[:2] == ("unknown", "a.txt:1:1")
    assert found[2].startswith("Data-Juicer is 1.6.1 in a.txt:1 and 1.6.0 in b.txt:1, so what")


def test_a_bound_that_a_lock_makes_exact(tmp_path: Path) -> None:
    tools = "{data-juicer: {pinned: [pyproject.toml, uv.lock]}}"
    project = '[project]\ndependencies = ["py-data-juicer>=1.5"]\n'
    lock = '[[package]]\nname = "py-data-juicer"\nversion = "1.6.1"\n'

    assert judged(tmp_path, tools, pyproject_toml=project, uv_lock=lock) == ("proved", [])


@pytest.mark.parametrize(
    ("tools", "rule", "message", "hint"),
    [
        ("{data-jucer: 1.6.1}", "unknown-reference", "no tool is called 'data-jucer'",
         "did you mean 'data-juicer'?"),
        ("{data-juicer: {pinned: nowhere.txt}}", "missing-file", "no file matches 'nowhere.txt'", ""),
        ("{data-juicer: {pinned: ../r.txt}}", "missing-file",
         "'../r.txt' leaves the project; name files below its folder", ""),
        ("{data-juicer: 1.6}", "invalid-policy", "'1.6' is a number here; write the version in quotes", ""),
        ("{data-juicer: {version: 1.6.1, pinned: r.txt}}", "invalid-policy",
         "say 'version' or 'pinned', not both", ""),
        ("{data-juicer: {}}", "invalid-policy", "say 'version' or 'pinned'", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_tool(
    tmp_path: Path, tools: str, rule: str, message: str, hint: str
) -> None:
    verdict, found = judged(tmp_path, tools)

    assert verdict is None
    assert (rule, message, hint) in [(f.rule, f.message, f.hint) for f in found]


PLACE = Location("r.txt", 1)


@pytest.mark.parametrize(
    ("version", "table"),
    [
        ("1.6.1", "one"), ("v1.6.1", "one"), ("1.6.1.0", "one"), ("1.6.1+cu118", "one"),
        ("0.105.0", "range"), ("0.110.2", "range"), ("0.115", "range"), ("0.115.1", None),
        ("0.104.9", None), ("1.6.1rc1", None), ("1.6", None), ("", None), ("latest", None),
    ],
)  # fmt: skip
def test_which_table_holds(version: str, table: str | None) -> None:
    said = Setting(version, Fact("", "observed", PLACE))

    assert choose(said, {"1.6.1": "one", "0.105.0..0.115.0": "range"}) == table
    assert choose(None, {"1.6.1": "one"}) is None
