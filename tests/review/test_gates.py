"""Which changes need a record, for whom, and with how much notice."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from tests.examples import CLAIMS, TODAY

from aboveboard.checks import run, run_since
from aboveboard.findings import Finding
from aboveboard.load import load_project
from aboveboard.review.since import Since

POLICY = """\
policy:
  service: Notewise
  version: 1.0.0
  effective: {effective}
  controllers: [{{name: Notewise Ltd, contact: privacy@example.org}}]
  axes: {{plan: {{free: Free, pro: Pro}}, region: {{us: United States, eea: Europe}}}}
data: {{notes: {{name: what you write in notes, origin: provided}}}}
copies: {{servers: {{name: our servers}}}}
steps:
  redact:
    name: replace names
    technique: k-anonymity
    parameters: {{k: 20}}
    stage: before-training
    relink: nobody
    limits: Some names stay.
uses:
  train:
    name: training the helper
    purpose: train-model
    data: notes
    applies: {{state: always, why: The helper learns from notes.}}
    steps: redact
    tell-before-change: P45D
retention:
  notes: {{data: notes, copy: servers, keep: P30D}}
"""
KEEP = "keep: P30D"
RECORD = """\
changes:
  longer:
    what: {what}
    {scope}
    reason: People ask for notes that they lost.
    {announced}
    effective: {effective}
    told-by: e-mail
    earlier-data: old-rule
"""
START = date(2026, 12, 31)  # TODAY and 30 days


def record(
    what: str = "retention/notes/keep.default",
    *,
    scope: str = "",
    announced: str = "",
    effective: date = START,
) -> str:
    return RECORD.format(
        what=what,
        scope=f"scope: {scope}" if scope else "",
        announced=f"announced: {announced}" if announced else "",
        effective=effective.isoformat(),
    )


def policy(*edits: tuple[str, str], effective: date = date(2026, 11, 1), more: str = "") -> str:
    text = POLICY.format(effective=effective.isoformat())
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    return text + more


def told(
    tmp_path: Path, before: str, after: str, on: date = TODAY, pipeline: tuple[str, str] = ("", "")
) -> list[Finding]:
    """What a comparison of two states finds."""
    states = []
    for name, text, files in (("a", before, pipeline[0]), ("b", after, pipeline[1])):
        folder = tmp_path / name / "policy_data"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "policy.yml").write_text(text)
        (tmp_path / name / "pipeline.yml").write_text(files)
        states.append(load_project(tmp_path / name, on))
        assert not [f for f in states[-1].findings if f.severity == "error"]
    base, head = states
    return run_since(Since(base, head, "main"))


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


LONGER = (KEEP, "keep: P90D")
SHORTER = (KEEP, "keep: P7D")


def test_what_strengthens_or_is_neutral_needs_no_record(tmp_path: Path) -> None:
    assert told(tmp_path, policy(), policy(SHORTER, effective=START)) == []


def test_what_weakens_is_told_at_its_line_beside_the_line_of_the_base(tmp_path: Path) -> None:
    (found,) = told(tmp_path, policy(), policy(LONGER))

    assert (found.rule, found.severity) == ("unannounced-change", "error")
    assert found.location and str(found.location) == "policy_data/policy.yml:26:39"
    (was,) = found.related
    assert (was.path, was.line, was.message) == (
        "main:policy_data/policy.yml", 26, "before: 30 days",
    )  # fmt: skip


def test_the_record_of_the_hint_can_be_pasted(tmp_path: Path) -> None:
    (found,) = told(tmp_path, policy(), policy(LONGER))
    hint = re.search(r"changes: \{.*\}$", found.hint)
    assert hint
    pasted = yaml.safe_load(hint[0].replace("…", "People ask for it."))
    (made,) = pasted["changes"].values()

    after = policy(LONGER, effective=made["effective"], more=yaml.safe_dump(pasted))

    assert made["what"] == "retention/notes/keep.default"
    assert told(tmp_path, policy(), after) == []


def test_a_removed_promise_is_told_though_no_line_is_left(tmp_path: Path) -> None:
    right = "rights: {see: {right: access, how: {do: Ask us}}}\n"
    (found,) = told(tmp_path, policy(more=right), policy())

    assert found.rule == "unannounced-change" and "“Access" not in found.message
    assert found.location and found.location.path == "policy_data/policy.yml"
    assert [place.line for place in found.related] == [27]


@pytest.mark.parametrize(("days", "short"), [(29, True), (30, False), (31, False)])
def test_the_notice_is_kept_to_the_day(tmp_path: Path, days: int, short: bool) -> None:
    first = TODAY + timedelta(days=days)
    after = policy(LONGER, effective=first, more=record(effective=first))

    assert rules(told(tmp_path, policy(), after)) == (["short-notice"] if short else [])


def test_the_notice_is_counted_from_the_announcement(tmp_path: Path) -> None:
    after = policy(LONGER, effective=TODAY, more=record(announced="2026-11-01", effective=TODAY))

    assert told(tmp_path, policy(), after) == []
    later = after.replace("2026-11-01\n    effective", "2026-11-02\n    effective")
    assert rules(told(tmp_path, policy(), later)) == ["short-notice"]


def test_a_day_that_has_passed_is_told(tmp_path: Path) -> None:
    passed = TODAY - timedelta(days=1)
    after = policy(LONGER, effective=passed, more=record(announced="2026-10-01", effective=passed))

    (found,) = told(tmp_path, policy(), after)
    assert found.rule == "misdated-change"
    assert "that day has passed, and main does not have it" in found.message


def test_a_change_must_not_hold_before_the_day_that_people_are_told(tmp_path: Path) -> None:
    (found,) = told(tmp_path, policy(), policy(LONGER, more=record()))

    assert found.rule == "misdated-change"
    assert "says 31 December 2026, and by the policy it holds from 1 December 2026" in found.message


def test_rows_that_hold_from_the_day_need_no_other_day_of_the_policy(tmp_path: Path) -> None:
    rows = (
        "  notes: {data: notes, copy: servers, keep: P30D}\n",
        "  notes: {data: notes, copy: servers, keep: P30D, "
        "scope: {in-force: {before: 2026-12-31}}}\n"
        "  later: {data: notes, copy: servers, keep: P90D, "
        "scope: {in-force: {from: 2026-12-31}}}\n",
    )
    key = "retention/later/keep.default"

    assert rules(told(tmp_path, policy(), policy(rows))) == ["unannounced-change"]
    assert told(tmp_path, policy(), policy(rows, more=record(key))) == []
    early = record(key, effective=START + timedelta(days=5))
    assert rules(told(tmp_path, policy(), policy(rows, more=early))) == ["misdated-change"]


# -- for whom ------------------------------------------------------------------------------------

ROWS = (
    "  notes: {data: notes, copy: servers, keep: P30D}\n",
    "  free: {data: notes, copy: servers, keep: P90D, scope: {plan: free, region: us}}\n"
    "  notes: {data: notes, copy: servers, keep: P30D, scope: otherwise}\n",
)


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("", []),
        ("{plan: free, region: us}", []),
        ("{plan: free}", []),
        ("{plan: [free, pro]}", []),
        ("{plan: pro}", ["unannounced-change", "idle-record"]),
        ("{region: eea}", ["unannounced-change", "idle-record"]),
    ],
)
def test_a_record_must_tell_the_people_concerned(
    tmp_path: Path, scope: str, found: list[str]
) -> None:
    more = record("retention/free/keep.default", scope=scope)

    assert rules(told(tmp_path, policy(), policy(ROWS, effective=START, more=more))) == found


def test_two_records_can_tell_each_a_part(tmp_path: Path) -> None:
    key = "retention/notes/keep.default"
    one = record(key, scope="{plan: free}")
    other = record(key, scope="{plan: pro}").replace("changes:\n  longer:", "  other:")

    text = policy(LONGER, effective=START, more=one)
    assert rules(told(tmp_path, policy(), text)) == ["unannounced-change"]
    text = policy(LONGER, effective=START, more=one + other)
    assert rules(told(tmp_path, policy(), text)) == []


# -- rules ---------------------------------------------------------------------------------------


def test_a_change_does_not_lower_the_bar_for_itself(tmp_path: Path) -> None:
    none = "review: {weakens: none, unclear: none}\n"
    found = told(tmp_path, policy(), policy(LONGER, more=none))

    errors = [f for f in found if f.severity == "error"]
    assert rules(errors) == ["unannounced-change"] * 3
    assert told(tmp_path, policy(more=none), policy(LONGER, more=none)) == []


def test_a_shortened_notice_holds_for_what_comes_after_it(tmp_path: Path) -> None:
    """The use's own promise counts, as it was, for the use and for its steps."""
    edits = (("P45D", "P1D"), ("k: 20", "k: 10"))
    found = told(tmp_path, policy(), policy(*edits))

    assert rules(found) == ["unannounced-change"] * 2
    assert all("effective: 2027-01-15" in f.hint for f in found)
    keys = "[uses/train/tell-before-change, steps/redact/parameters.k]"
    text = policy(*edits, effective=START, more=record(keys))
    assert rules(told(tmp_path, policy(), text)) == ["short-notice"] * 2


@pytest.mark.parametrize(
    ("gate", "severity"),
    [
        ("{changes: retention, weakens: advised}", "warning"),
        ("{changes: retention/notes, weakens: advised}", "warning"),
        ("{changes: retention/notes/keep, weakens: advised}", "warning"),
        ("{changes: retention/note, weakens: none}", "error"),
        ("{changes: retention, weakens: none}", ""),
    ],
)
def test_gates_are_for_the_keys_that_start_so(tmp_path: Path, gate: str, severity: str) -> None:
    review = f"review: {{gates: {gate}}}\n"
    found = told(tmp_path, policy(more=review), policy(LONGER, more=review))

    assert [f.severity for f in found] == ([severity] if severity else [])


def test_a_gate_can_ask_for_more_notice(tmp_path: Path) -> None:
    review = "review: {notice: P7D, gates: [{changes: retention, notice: P60D}]}\n"
    after = policy(LONGER, effective=START, more=review + record())

    assert rules(told(tmp_path, policy(more=review), after)) == ["short-notice"]


def test_what_only_a_person_can_judge_is_a_warning_unless_asked_for(tmp_path: Path) -> None:
    reworded = ("what you write in notes", "your notes")
    (found,) = told(tmp_path, policy(), policy(reworded))
    assert (found.rule, found.severity) == ("unannounced-change", "warning")
    for needed, severities in (("required", ["error"]), ("none", [])):
        review = f"review: {{unclear: {needed}}}\n"
        told_ = told(tmp_path, policy(more=review), policy(reworded, more=review))
        assert [f.severity for f in told_] == severities


def test_another_purpose_is_told_before(tmp_path: Path) -> None:
    found = told(tmp_path, policy(), policy(("purpose: train-model", "purpose: advertising")))

    purpose = [f for f in found if "purpose" in f.hint]
    assert [(f.rule, f.severity) for f in purpose] == [("unannounced-change", "error")]


# -- what the pipeline does ----------------------------------------------------------------------

BOUND = """\
bindings:
  files: pipeline.yml
  sources: {notes: notes.text}
  sinks: {train: training_set}
  copies: {servers: notes}
"""
PIPELINE = """\
version: 1
datasets:
  notes: {role: source, retention: P30D, fields: {text: {}}}
  training_set: {role: training-set}
steps:
  - {id: groups, in: notes, op: aggregate, group_by: [text], min_distinct: 20, out: training_set}
"""


def test_settings_that_break_a_promise_are_an_error_of_their_own(tmp_path: Path) -> None:
    weaker = PIPELINE.replace("min_distinct: 20", "min_distinct: 5")
    before, after = policy(more=BOUND), policy(more=BOUND)

    assert told(tmp_path, before, after, pipeline=(PIPELINE, weaker)) == []
    assert "weaker-parameter" in rules(run(load_project(tmp_path / "b", TODAY)))


@pytest.mark.parametrize("kind", ["deidentified-before", "scope-excluded", "parameter-kept"])
def test_a_claim_that_rests_on_less_needs_a_record(tmp_path: Path, kind: str) -> None:
    """Settings that a tool executes gave way to a description: nobody changed a word."""
    states = []
    for verdict in ("proved", "declared"):
        shutil.copytree(CLAIMS / kind / verdict, tmp_path / verdict)
        states.append(load_project(tmp_path / verdict, TODAY))
    before, after = states
    moved = Since(before, after, "main").verdicts
    assert moved and {(m.before, m.after) for m in moved} == {("proved", "declared")}

    found = [f for f in run_since(Since(before, after, "main")) if "claims/" in f.hint]
    assert rules(found) == ["unannounced-change"] * len(moved)
    assert all(f.location and f.location.path == "policy_data/policy.yml" for f in found)

    keys = [f"claims/{each.claim}" for each in moved]
    text = record(f"[{', '.join(keys)}]")
    (tmp_path / "declared" / "policy_data" / "changes.yml").write_text(text)
    told_ = run_since(Since(before, load_project(tmp_path / "declared", TODAY), "main"))
    assert not [f for f in told_ if "claims/" in f.message + f.hint]
