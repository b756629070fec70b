"""`explain`: a claim's proof or witness in words, a rule's purpose, and the nearest spelling."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.examples import BROKEN, CLAIMS

import aboveboard
from aboveboard.checks.told import rules, told
from aboveboard.cli import main

BAD = CLAIMS / "deidentified-before/violated"
GOOD = CLAIMS / "deidentified-before/proved"


def explain(root: Path, name: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["explain", "--project", str(root), name, *options])


def test_a_claim_that_fails() -> None:
    result = explain(BAD, "train/notes/redact@training_set")

    assert result.exit_code == 1
    lines = result.stdout.split("\n")
    assert lines[0] == "train/notes/redact@training_set"
    assert lines[1].startswith("  says:    What you write in notes: we replace e-mail addresses")
    assert lines[2] == "  written: policy_data/policy.yml:17:12"
    assert lines[3] == "  verdict: violated. It does not hold."
    assert "  rule:    step-bypassed" in lines
    assert "    1. notes.text (field, pipeline/train.yml:3)" in lines
    assert lines[-2] == "  in the files listed: pipeline/train.yml"


def test_a_claim_that_holds() -> None:
    result = explain(GOOD, "train/notes/redact@data/training.jsonl")

    assert result.exit_code == 0
    assert "  verdict: proved. It holds on every path" in result.stdout
    assert "  rests on:\n" in result.stdout
    assert "(read from a file that a tool executes)" in result.stdout
    assert "rule:" not in result.stdout


# They are about a checkout, a run that is too old, a table of thousands of cells, and a build.
WITHOUT = {"wrong-revision", "stale-run", "table-too-large", "broken-link", "page-collision", "site-fault"}  # fmt: skip
ONLY_BAD = {"unknown-setting", "unknown-version"}


@pytest.mark.parametrize("rule", rules())
def test_a_rule(rule: str, tmp_path: Path) -> None:
    """No project is needed for it."""
    result = explain(tmp_path, rule, "--examples")

    assert result.exit_code == 0
    assert result.stdout.startswith(f"{rule} ({told(rule).severity})\n\n{told(rule).finds}\n\n")
    assert f"Why it matters: {told(rule).why}\n\nHow to fix it: {told(rule).fix}\n" in result.stdout
    bad, _, good = result.stdout.partition("An example that passes:")
    bad = bad.partition("An example that it finds fault with:")[2]
    assert ("  # <- here\n" in bad) == (rule not in WITHOUT)
    assert ("policy:\n" in good or "version: 1\n" in good) == (rule not in WITHOUT | ONLY_BAD)
    assert "<- here" not in good
    assert "expect" not in bad + good


@pytest.mark.parametrize("rule", rules())
def test_a_rule_is_short_unless_its_examples_are_asked_for(rule: str, tmp_path: Path) -> None:
    result = explain(tmp_path, rule)

    assert result.exit_code == 0
    where = "" if rule in WITHOUT else f"\nExamples: `aboveboard explain {rule} --examples`\n"
    assert result.stdout == f"{rule} ({told(rule).severity})\n\n{told(rule).text}\n{where}"
    assert len(result.stdout.split("\n")) < 30


def test_every_rule_that_fires_while_files_are_read_is_told() -> None:
    """In the code it is the first word of a finding, or what a helper takes as `rule`."""
    named = re.compile(r"""(?:Finding\(\s*|rule: str = |rule == |RULE = )"([a-z]+(?:-[a-z]+)+)\"""")
    code = Path(aboveboard.__file__).parent
    found = {slug for file in code.rglob("*.py") for slug in named.findall(file.read_text("utf-8"))}
    assert len(found) > 20
    assert found <= set(rules())


def test_each_expected_rule_is_told() -> None:
    lines = (f.read_text("utf-8").splitlines() for f in BROKEN.glob("*/expected.txt"))
    assert {line.split()[1] for found in lines for line in found} <= set(rules())


def test_without_a_name_the_rules_are_listed(tmp_path: Path) -> None:
    result = explain(tmp_path, "")

    assert result.exit_code == 0
    titles = [line for line in result.stdout.split("\n") if line and not line.startswith(" ")]
    assert titles == [f"{rule} ({told(rule).severity})" for rule in rules()]
    assert "\n    A use reaches further back than its data is kept.\n" in result.stdout
    assert "Why it matters" not in result.stdout


@pytest.mark.parametrize("rule", ["missing-choice", "unknown-key", "kept-too-long"])
def test_a_rule_without_its_examples(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aboveboard.checks.examples.PROJECTS", tmp_path / "nowhere")

    for options in ([], ["--examples"]):
        result = explain(tmp_path, rule, *options)

        assert result.exit_code == 0
        assert result.stdout.startswith(f"{rule} (") and "How to fix it" in result.stdout
        assert "xample" not in result.stdout


@pytest.mark.parametrize(
    ("root", "name", "said"),
    [
        (BAD, "train/notes/redct@training_set",
         "no claim and no rule is called 'train/notes/redct@training_set'; "
         "did you mean 'train/notes/redact@training_set'?"),
        (BAD, "step-bypased",
         "no claim and no rule is called 'step-bypased'; did you mean 'step-bypassed'?"),
        (BAD, "qqq", "no claim and no rule is called 'qqq'"),
        (BROKEN / "many-at-once", "train/notes/redact@training_set",
         "the project has errors, so no claim was judged: see 'aboveboard check'"),
        (BAD / "pipeline", "x/y@z", "holds no 'policy_data/': is this the project's folder?"),
    ],
)  # fmt: skip
def test_a_name_that_means_nothing(root: Path, name: str, said: str) -> None:
    result = explain(root, name)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("aboveboard: ") and result.stderr.endswith(f"{said}\n")
