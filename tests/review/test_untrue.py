"""What a policy says and its settings contradict is found, with the change that wrote it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.examples import TODAY

from aboveboard.load import load_project
from aboveboard.reporters.diff import REPORTERS
from aboveboard.review.difference import Difference, State, difference

DEMO = Path(__file__).parents[2]
KEEP = "    scope: otherwise\n    keep: P90D"
NAMES = State("before", None, []), State("after", None, [])


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


def promised(root: Path, keep: str) -> Path:
    """The demo, which says that the export is kept for another time than its settings have."""
    for folder in ("policy_data", "pipeline"):
        shutil.copytree(DEMO / folder, root / folder)
    edit(root / "policy_data/retention.yml", KEEP, f"    scope: otherwise\n    keep: {keep}")
    return root


@pytest.fixture(scope="module")
def shorter(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """90 days become 30 in words; the pipeline keeps 90."""
    after = load_project(promised(tmp_path_factory.mktemp("demo"), "P30D"), TODAY)
    return difference(load_project(DEMO, TODAY), after, NAMES, answers=True)


def test_a_shorter_promise_that_the_settings_break_is_no_good_news(shorter: Difference) -> None:
    assert shorter.count("strengthens") == 1 and not shorter.count("weakens")

    assert shorter.untrue and shorter.moved("weakens") == sum(u.sentences for u in shorter.untrue)
    for each in shorter.untrue:
        assert each.changes == (0,)  # the only change wrote it
        assert each.said.path == "policy_data/retention.yml"
        assert each.settings and each.settings.path == "pipeline/warehouse.sql"
        assert each.settings.message == "TTL of 90 days"


def test_every_report_says_so_before_it_counts(shorter: Difference) -> None:
    stop = f"{shorter.moved('weakens')} sentences are not true of the settings today: do not sign"
    for form in ("text", "markdown", "html"):
        text = REPORTERS[form](shorter, False)
        assert 0 < text.index(stop) < text.index("Strengthens"), form
    assert "in words alone" in REPORTERS["html"](shorter, False)


def test_the_redline_says_what_to_sign_and_what_nobody_has_to(tmp_path: Path) -> None:
    """The demo asks for rights and recipients; a longer time to keep data weakens, and is neither."""
    after = load_project(promised(tmp_path, "P180D"), TODAY)
    before = State("release 1.0.0", None, [])
    found = difference(load_project(DEMO, TODAY), after, (before, NAMES[1]), answers=True)
    change = found.changes[0]
    assert found.outside == (0,) and change.effect == "weakens" and found.redline

    note = "needs no signature here (review.sign-off: rights, recipients)"
    for form in ("text", "markdown", "html"):
        text = REPORTERS[form](found, False).replace("\\", "").replace("&#8203;", "")
        assert text.lower().count(note) == 2, form  # above or below all, and with the change
    sign = found.redline.signs.by_key[change.key]
    assert sign.name == "retention/export-allowed" and not sign.roles
    assert 0 < sign.statements < found.redline.signs.statements
    command = f"aboveboard review sign {sign.name} --changed-since release:1.0.0</code>"
    assert command in REPORTERS["html"](found, False)


def test_what_a_rule_asks_for_names_its_role(tmp_path: Path) -> None:
    root = promised(tmp_path, "P180D")
    rule = "review: {sign-off: {statements: retention, role: legal}}\n"
    (root / "policy_data/review.yml").write_text(rule)
    found = difference(load_project(DEMO, TODAY), load_project(root, TODAY), NAMES, answers=True)
    assert found.outside == () and found.redline
    key = next(change.key for change in found.changes if change.key.startswith("retention/"))
    assert found.redline.signs.by_key[key].roles == ("legal",)
    assert "asked of legal: <code>aboveboard review sign retention/" in REPORTERS["html"](
        found, False
    )


def test_another_longest_time_is_explained(tmp_path: Path) -> None:
    """The 5 years of the training sets changed nowhere, and are no longer told first."""
    after = load_project(promised(tmp_path, "P10Y"), TODAY)
    found = difference(load_project(DEMO, TODAY), after, NAMES, answers=True)
    said = (
        "The longest time is now that of the export for training; before, it was that of the "
        "training sets."
    )
    assert said in REPORTERS["html"](found, False)
    assert found.redline and found.redline.passages
    lines = [x for p in found.redline.passages for part in p.parts for x in part.lines if x.note]
    assert lines and all(0 in line.causes for line in lines)


def test_a_longest_time_of_the_same_copy_needs_no_note(shorter: Difference) -> None:
    assert "The longest time is now" not in REPORTERS["html"](shorter, False)


def test_words_that_count_comparisons_lead_to_the_verdicts(shorter: Difference) -> None:
    """That so many do not hold follows from no line of the policy, but from what was found."""
    assert shorter.redline and shorter.redline.passages
    counts = next(p for p in shorter.redline.passages if p.path == "questions/how-to-check")
    assert not counts.causes and counts.verdicts == tuple(range(len(shorter.verdicts)))
    assert "No single change could be tied" not in REPORTERS["html"](shorter, False)


def test_a_promise_that_holds_stops_nobody() -> None:
    found = difference(load_project(DEMO, TODAY), load_project(DEMO, TODAY), NAMES)
    assert not found.untrue and not found.unmarked


def test_what_a_correction_replaces_is_said_nowhere(tmp_path: Path) -> None:
    root = promised(tmp_path, "P30D")
    found = load_project(root, TODAY)
    claims = [id_ for id_, it in found.proof.judged.items() if it.verdict == "violated"]
    (root / "policy_data/mend.yml").write_text(
        "corrections:\n  longer:\n"
        f"    claims: {claims}\n    since: {TODAY}\n    instead: We keep the export for 90 days.\n"
        f"    owner: Data team\n    expires: {TODAY}\n"
    )
    after = load_project(root, TODAY)
    assert after.loaded, after.findings
    assert difference(load_project(DEMO, TODAY), after, NAMES).untrue == ()
