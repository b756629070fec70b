"""Suppressions: advice is put aside with a reason, an owner and a last day, and nothing else is."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.commands.test_check import check
from tests.examples import BROKEN, CLAIMS, EXAMPLES, TODAY
from tests.site.test_corrections import printed

from aboveboard import checks
from aboveboard.checks import ALL, ANSWER_CHECKS, BASE_CHECKS, OF_CLAIMS, OF_RELEASES, OF_REVIEWS
from aboveboard.checks.faults import FAULTS
from aboveboard.checks.suppressing import RULES
from aboveboard.findings import Finding
from aboveboard.load import load_project
from aboveboard.policy.written import written
from aboveboard.project import Project
from aboveboard.reporters import REPORTERS
from aboveboard.review.diff import changes

ASIDE = {"reason": "Known: it goes.", "owner": "Data team", "expires": "2027-01-31"}


def project(root: Path, to: Path, **suppressions: dict[str, Any]) -> Project:
    """A copy of an example project with these suppressions."""
    if not to.exists():
        shutil.copytree(root, to)
    found = {id_.replace("_", "-"): {**ASIDE, **one} for id_, one in suppressions.items()}
    text = json.dumps({"suppressions": found})
    (to / "policy_data" / "suppressions.yml").write_text(text)
    return load_project(to, TODAY)


def told(found: Project, rule: str, *, prose: bool = False) -> list[Finding]:
    return [f for f in checks.run(found, prose=prose) if f.rule == rule]


# -- which rules -------------------------------------------------------------------------------


def test_only_rules_that_are_there_can_be_suppressed() -> None:
    assert {*ALL, *FAULTS} > RULES


def test_what_readers_would_be_told_wrongly_cannot_be_suppressed() -> None:
    never = {*OF_CLAIMS, *OF_RELEASES, *OF_REVIEWS, *BASE_CHECKS}
    never |= {rule for rule in ALL if "correction" in rule or "suppression" in rule}
    never |= {"overstated-claim", "overstated-proof", "unanswered-question", "unknown-fact"}

    assert not RULES & never
    assert {rule for rule in RULES if rule in ALL and ALL[rule].SEVERITY == "error"} == {
        "consent-by-default",
        "consent-without-withdrawal",
        "special-without-condition",
    }


def test_a_claim_that_fails_stays_an_error(tmp_path: Path) -> None:
    root = CLAIMS / "deidentified-before/violated"
    found = project(root, tmp_path / "p", a={"rule": "step-bypassed", "at": "uses/train"})

    assert {f.severity for f in told(found, "step-bypassed")} == {"error"}
    assert len(told(found, "forbidden-suppression")) == 1


def test_what_could_not_be_read_stays_an_error(tmp_path: Path) -> None:
    """The same rule is a warning where the tool runs all the same."""
    root = BROKEN / "recipe-misspelt"
    files = sorted(
        path.relative_to(root).as_posix() for path in (root / "pipeline").rglob("*.y*ml")
    )
    found = project(root, tmp_path / "p", a={"rule": "unknown-setting", "at": files})
    settings = told(found, "unknown-setting")

    assert {f.severity for f in settings if not f.suppression} <= {"error"}
    assert all(f.severity == "note" for f in settings if f.suppression)
    assert settings


# -- what it does ------------------------------------------------------------------------------

CONSENT = EXAMPLES / "consent-by-default/bad"


def test_an_error_that_is_put_aside_lets_the_check_pass(tmp_path: Path) -> None:
    rule = "consent-by-default"
    first = told(load_project(CONSENT, TODAY), rule)
    assert {f.severity for f in first} == {"error"}

    found = project(CONSENT, tmp_path / "p", known={"rule": rule, "at": ["uses/train", "policy"]})
    covered = [f for f in told(found, rule) if f.suppression]

    assert covered and {(f.severity, f.suppression) for f in covered} == {
        ("note", "suppressions/known")
    }
    for finding in covered:
        assert finding.hint.endswith("; the suppression ends with 2027-01-31")
        assert finding.related[-1].path == "policy_data/suppressions.yml"
    assert [f.fingerprint for f in told(found, rule)] == [f.fingerprint for f in first]


def test_it_holds_to_its_last_day(tmp_path: Path) -> None:
    project(
        EXAMPLES / "vague-word/bad", tmp_path / "p", a={"rule": "vague-word", "at": "data/notes"}
    )

    def on(year: int, month: int, day: int) -> tuple[int, list[str]]:
        found = load_project(tmp_path / "p", date(year, month, day))
        late = [f.message for f in told(found, "untimely-suppression")]
        return sum(f.is_suppressed for f in checks.run(found)), late

    assert on(2027, 1, 31) == (1, [])
    assert on(2027, 2, 1) == (0, ["this suppression ended with 2027-01-31; its owner is Data team"])
    assert on(2026, 1, 31) == (1, [])
    assert on(2026, 1, 30) == (1, ["this suppression ends later than 2027-01-30, in a year"])


def test_in_a_year_of_a_leap_day(tmp_path: Path) -> None:
    last = {"rule": "vague-word", "at": "data/notes", "expires": "2029-02-28"}
    project(EXAMPLES / "vague-word/bad", tmp_path / "p", a=last)

    assert not told(load_project(tmp_path / "p", date(2028, 2, 29)), "untimely-suppression")
    assert told(load_project(tmp_path / "p", date(2028, 2, 27)), "untimely-suppression")


def test_of_several_findings_at_a_place_the_fingerprint_picks_one(tmp_path: Path) -> None:
    root = EXAMPLES / "vague-word/bad"
    first, *others = told(load_project(root, TODAY), "vague-word")
    assert len(others) > 2
    every = ["data/notes", "uses/train", "steps/redact"]
    one = {"rule": "vague-word", "at": every, "findings": [first.fingerprint]}

    found = project(root, tmp_path / "p", a=one)

    aside = [f for f in told(found, "vague-word") if f.is_suppressed]
    assert [f.fingerprint for f in aside] == [first.fingerprint]


def test_a_deeper_path_is_narrower(tmp_path: Path) -> None:
    def count(*at: str) -> int:
        root = EXAMPLES / "vague-word/bad"
        found = project(root, tmp_path / "p", a={"rule": "vague-word", "at": list(at)})
        return sum(f.is_suppressed for f in told(found, "vague-word"))

    assert count("steps/redact") == count("steps/redact/name", "steps/redact/limits") == 2
    assert count("steps/redact/name") == 1
    assert count("steps/redact/technique") == count("steps") == count("step/redact") == 0
    assert count("policy_data/policy.yml") == 0  # a whole file is more than anybody has looked at


def test_it_stays_when_lines_move(tmp_path: Path) -> None:
    root = EXAMPLES / "vague-word/bad"
    first = told(load_project(root, TODAY), "vague-word")[0]
    one = {"rule": "vague-word", "at": "data/notes", "findings": [first.fingerprint]}
    project(root, tmp_path / "p", a=one)
    file = tmp_path / "p/policy_data/policy.yml"
    file.write_text("# a\n# b\n\n" + file.read_text())

    found = load_project(tmp_path / "p", TODAY)

    assert [f.is_suppressed for f in told(found, "vague-word")].count(True) == 1
    assert not told(found, "idle-suppression")


# -- what is idle ------------------------------------------------------------------------------


def test_of_a_rule_that_had_no_say_nobody_can_tell(tmp_path: Path) -> None:
    """The answers are read with `--prose` alone."""
    root = EXAMPLES / "vague-word/ok"
    wanted = {"rule": next(iter(RULES & {*ANSWER_CHECKS})), "at": "data/notes"}
    found = project(
        root, tmp_path / "p", a=wanted, b={"rule": "double-negative", "at": "data/notes"}
    )

    def idle(prose: bool) -> list[str]:
        return [f.message for f in told(found, "idle-suppression", prose=prose)]

    assert idle(False) == ["'double-negative' finds nothing at 'data/notes'"]
    assert len(idle(True)) == 2


def test_hints_take_the_nearest_that_is(tmp_path: Path) -> None:
    root = EXAMPLES / "unused-control/bad"
    finding = told(load_project(root, TODAY), "unused-control")[0]
    near = finding.fingerprint[:-1] + ("0" if finding.fingerprint[-1] != "0" else "1")
    (control,) = {f.message.split("'")[1] for f in [finding]}
    found = project(
        root,
        tmp_path / "p",
        a={"rule": "unused-contorl", "at": f"controls/{control}"},
        b={"rule": "unused-control", "at": f"control/{control}"},
        c={"rule": "unused-control", "at": f"controls/{control}", "findings": [near]},
    )

    hints = [f.hint for f in told(found, "idle-suppression")]

    assert hints == [
        "did you mean 'unused-control'?",
        f"did you mean 'controls/{control}'?",
        f"did you mean '{finding.fingerprint}'?",
    ]


def test_nothing_is_idle_while_files_cannot_be_read(tmp_path: Path) -> None:
    found = project(BROKEN / "many-at-once", tmp_path / "p", a={"rule": "vague-word", "at": "x/y"})

    assert not told(found, "idle-suppression")


# -- where it is told, and where not -----------------------------------------------------------


@pytest.mark.parametrize("form", REPORTERS)
def test_every_report_lists_it(form: str, tmp_path: Path) -> None:
    root = EXAMPLES / "vague-word/bad"
    project(root, tmp_path / "p", known_word={"rule": "vague-word", "at": "data/notes"})

    text = check(tmp_path / "p", "--format", form).stdout

    for said in ("suppressions/known-word", "Known: it goes.", "Data team", "2027-01-31"):
        assert said in text.replace("\\", "").replace("&#8203;", ""), form
    if form == "json":
        report = json.loads(text)
        assert report["summary"]["suppressed"] == report["suppressions"][0]["findings"] == 1
    if form in ("text", "markdown", "github"):
        assert ", 1 suppressed" in text


def test_no_reader_learns_of_it(tmp_path: Path) -> None:
    """It is on no page, in no release and in no comparison."""
    root = EXAMPLES / "vague-word/bad"
    shutil.copytree(root, tmp_path / "before")
    before = load_project(tmp_path / "before", TODAY)
    after = project(root, tmp_path / "p", known={"rule": "vague-word", "at": "data/notes"})

    assert any(f.is_suppressed for f in checks.run(after))
    assert changes(before, after) == []
    assert written(after.policy) == written(before.policy)
    pages, others = printed(after, tmp_path / "one"), printed(before, tmp_path / "other")
    assert {path: _shown(text) for path, text in pages.items()} == {
        path: _shown(text) for path, text in others.items()
    }
    assert not any("Known: it goes" in text for text in pages.values())


def _shown(text: str) -> str:
    """A page but for the digest of all files, which one more file changes."""
    return re.sub(r"(?<=were read: )[0-9a-f]+", "", text)
