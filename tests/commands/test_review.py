"""`review` as people and builds call it: what is open, what signing shows and writes, refusals."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.site import projects

from aboveboard.cli import main
from aboveboard.load import load_project
from aboveboard.review.signing.settled import settled

DEMO = Path(__file__).parents[2]
DAY = "2026-12-01"
RULES = """\
review:
  sign-off:
    - {statements: [steps, retention], role: legal, lasts: P1Y}
    - {statements: steps, role: security, severity: warning}
"""
K = "steps/count-people/parameters/k@anonymisation"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The demo, with rules about who signs what."""
    for folder in ("policy_data", "pipeline"):
        shutil.copytree(DEMO / folder, tmp_path / folder)
    shutil.rmtree(tmp_path / "policy_data" / "reviews", ignore_errors=True)
    for file in (tmp_path / "policy_data").glob("*.yml"):
        if "\nreview:" in file.read_text("utf-8"):
            file.unlink()
    (tmp_path / "policy_data" / "review.yml").write_text(RULES)
    return tmp_path


def call(root: Path, *args: str, day: str = DAY, given: str = "") -> Result:
    return CliRunner().invoke(main, [*args, "--project", str(root), "--as-of", day], given)


def status(root: Path, *names: str, day: str = DAY) -> dict[str, Any]:
    result = call(root, "review", "status", *names, "--format", "json", day=day)
    found: dict[str, Any] = json.loads(result.stdout)
    assert result.exit_code == (1 if found["summary"]["open"] or found["damaged"] else 0)
    return found


def states(found: dict[str, Any], role: str) -> dict[str, str]:
    return {
        s["id"]: r["state"] for s in found["statements"] for r in s["roles"] if r["role"] == role
    }


def sign(root: Path, *args: str, role: str = "legal", day: str = DAY) -> Result:
    result = call(root, "review", "sign", *args, "--role", role, "--note", "read", "--yes", day=day)
    assert result.exit_code == 0, result.output
    return result


def everything(root: Path) -> dict[str, bytes]:
    return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}


def written(root: Path) -> list[Path]:
    return sorted((root / "policy_data" / "reviews").glob("*"))


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")


# -- status --------------------------------------------------------------------------------------


def test_what_the_policy_asks_for_is_open_until_it_is_signed(root: Path) -> None:
    before = status(root)
    legal, security = states(before, "legal"), states(before, "security")

    assert set(legal.values()) == {"unsigned"} == set(security.values())
    kinds = {s["id"]: s["kind"] for s in before["statements"]}
    assert {kinds[id_] for id_ in legal} == {"steps", "retention"}
    assert {kinds[id_] for id_ in security} == {"steps"}

    sign(root, "--all")
    sign(root, "--all", role="security")

    after = status(root)
    assert after["summary"]["open"] == 0
    assert after["summary"]["signed"] == len(legal) + len(security)
    assert len(written(root)) == 2
    assert call(root, "check").exit_code == 0


def test_names_are_ids_starts_of_ids_and_answers(root: Path) -> None:
    assert [s["id"] for s in status(root, K)["statements"]] == [K]
    found = [s["id"] for s in status(root, "steps/count-people")["statements"]]
    assert K in found and all(id_.startswith("steps/count-people/") for id_ in found)
    answers = [s["answers"] for s in status(root, "questions/how-long")["statements"]]
    assert answers and all("questions/how-long" in parts for parts in answers)
    assert call(root, "review", "status", "steps/count-peple").exit_code == 2
    assert (
        "did you mean 'steps/count-people"
        in call(root, "review", "status", "steps/count-peple/name").stderr
    )


def test_a_larger_k_in_the_pipeline_reopens_what_rests_on_it(root: Path) -> None:
    """No file of the policy is touched, no promise is broken: the evidence is another."""
    sign(root, "--all")
    sign(root, "--all", role="security")
    edit(root / "pipeline" / "statistics.sql", ">= 50", ">= 60")

    found = status(root)

    opened = {id_ for id_, state in states(found, "legal").items() if state == "changed"}
    on_k = {
        s["id"]
        for s in found["statements"]
        if any("/count-people/k@" in claim for claim in s["claims"])
        and s["kind"] in ("steps", "retention")
    }
    assert K in opened and opened == on_k
    parts = {tuple(r["changed"]) for s in found["statements"] for r in s["roles"] if r["changed"]}
    assert parts == {("evidence",)}
    text = call(root, "review", "status").stdout
    assert f"legal: changed since (evidence)  {K}\n" in text
    result = call(root, "check")
    assert result.exit_code == 1
    assert (
        "error[reopened-statement] changed since legal signed it on 2026-12-01, the evidence"
        in (result.stdout)
    )
    assert "warning[reopened-statement] changed since security signed it" in result.stdout


def test_other_lines_reopen_nothing(root: Path) -> None:
    sign(root, "--all")
    for file in [*(root / "pipeline").glob("*.yml"), *(root / "policy_data").glob("*.yml")]:
        file.write_text("# moved down\n\n" + file.read_text("utf-8"), "utf-8")

    assert set(states(status(root), "legal").values()) == {"signed"}


def test_other_words_show_what_was_signed(root: Path) -> None:
    sign(root, "steps/count-people")
    edit(root / "policy_data" / "steps.yml", "A count says that", "A number tells that")

    text = call(root, "review", "status", "steps/count-people").stdout

    assert "legal: changed since (wording)  steps/count-people/limits@" in text
    assert "    then, en: “A count says that a group exists.”\n" in text


def test_signatures_run_out_by_their_own_day_or_the_policy(root: Path) -> None:
    sign(root, K, "--expires", "2027-01-31")
    sign(root, "steps/count-people/limits")

    assert states(status(root, K, day="2027-01-31"), "legal")[K] == "signed"
    assert states(status(root, K, day="2027-02-01"), "legal")[K] == "expired"
    limits = status(root, "steps/count-people/limits", day="2027-12-01")
    assert set(states(limits, "legal").values()) == {"signed"}
    limits = status(root, "steps/count-people/limits", day="2027-12-02")
    assert set(states(limits, "legal").values()) == {"expired"}
    result = call(root, "check", day="2027-12-02")
    assert "error[expired-signature] the signature of legal ended with 2027-12-01" in result.stdout


def test_without_rules_nothing_is_open_and_anything_can_be_signed(root: Path) -> None:
    (root / "policy_data" / "review.yml").unlink()

    assert call(root, "review", "status").exit_code == 0
    sign(root, K, role="counsel")
    assert states(status(root), "counsel") == {K: "signed"}
    assert call(root, "check").exit_code == 0


# -- signing -------------------------------------------------------------------------------------


def test_signing_shows_the_sentence_and_its_evidence_and_asks(root: Path) -> None:
    args = ("review", "sign", K, "--role", "legal", "--note", "read")

    no = call(root, *args, given="n\n")
    none = call(root, *args)
    assert (no.exit_code, none.exit_code) == (1, 2) and "--yes" in none.stderr
    assert not (root / "policy_data/reviews").exists()
    for said in (
        "    “A group has 50 people or more.”\n",
        "at least 50 by count(distinct ...) (observed)\n",
        "1 statement, as legal.\nSign this? [y/N]:",
    ):
        assert said in no.stdout
    assert no.stdout.startswith("1 statement to sign, as legal:\n")  # before any of them
    yes = call(root, *args, given="y\n")
    assert yes.exit_code == 0 and "Signed 1 statement as legal: policy_data/reviews/" in yes.stdout


def test_a_record_has_a_role_and_a_name_only_if_it_was_given(root: Path) -> None:
    sign(root, K)
    sign(root, K, "--name", "A. Lawyer", day="2026-12-02")

    first, second = (file.read_text("utf-8") for file in written(root))
    assert "name:" not in first and 'name: "A. Lawyer"' in second


def test_a_statement_that_is_not_kept_cannot_be_signed(root: Path) -> None:
    edit(root / "pipeline" / "statistics.sql", ">= 50", ">= 5")

    result = call(root, "review", "sign", K, "--role", "legal", "--note", "read", "--yes")

    assert result.exit_code == 2 and not (root / "policy_data" / "reviews").exists()
    assert "what is not kept cannot be signed: “A group has 50 people or more.”" in result.stderr
    place = r"\(policy_data/steps\.yml:\d+:\d+\)"
    setting = r"the settings have .*\(pipeline/statistics\.sql:\d+:\d+\)"
    assert re.search(f"{place}: {setting}; '{re.escape(K)}' rests on count-usage/", result.stderr)


EXPORT = "    scope: otherwise\n    keep: P90D"


def longer(root: Path) -> tuple[str, ...]:
    """The export is kept for 180 days, in words and settings; how to sign what changed."""
    base = root / "base"
    for folder in ("policy_data", "pipeline"):
        shutil.copytree(root / folder, base / folder)
    edit(root / "policy_data" / "retention.yml", EXPORT, EXPORT.replace("90", "180"))
    file = root / "pipeline" / "warehouse.sql"
    first, table, rest = file.read_text("utf-8").partition("TABLE exports.")
    assert "90 DAY" in rest
    file.write_text(first + table + rest.replace("90 DAY", "180 DAY"), "utf-8")
    return ("--changed-since", str(base))


def test_only_what_changed_since_a_state_is_signed(root: Path) -> None:
    shutil.rmtree(root / "policy_data" / "releases")
    since = longer(root)

    result = sign(root, "retention", *since)

    signed = set(states(status(root), "legal").items())
    done = {id_ for id_, state in signed if state == "signed"}
    assert "retention/export-allowed@retention" in done
    assert result.stdout.startswith(f"{len(done)} statements to sign, as legal:\n")
    assert 1 < len(done) < sum(id_.startswith("retention") for id_, _ in signed) / 2
    again = call(root, "review", "sign", "retention", *since, "--role", "legal", "--note", "x")
    assert again.exit_code == 2 and "nothing that 'legal' has not signed differs" in again.stderr


def test_notice_that_is_due_is_said_at_signing(root: Path) -> None:
    since = longer(root)
    said = sign(root, "retention/export-allowed", *since).stdout
    assert "Notice is due (30 days), and people are not told: In the export for training" in said
    assert "unannounced-change" in said

    to_release = sign(root, K).stdout  # without a state, since the newest release
    assert "Notice is due" in to_release


def test_what_no_rule_asks_for_is_told_where_nothing_is_open(root: Path) -> None:
    rule = "review: {sign-off: {statements: [rights, recipients], role: legal}}\n"
    (root / "policy_data" / "review.yml").write_text(rule)
    sign(root, "--all")

    none = call(root, "review", "sign", "--all", "--role", "legal", "--note", "x", "--yes")
    said = r"\d+ statements need no signature here \(review\.sign-off: rights, recipients\): .*retention"
    assert none.exit_code == 2 and re.search(said, none.stderr)
    assert re.search(said, call(root, "review", "status").stdout)
    assert status(root)["summary"]["unneeded"] > 100


def test_what_rests_on_a_proposal_cannot_be_signed(root: Path) -> None:
    """What is named is refused with the proposal; of all, the rest is signed."""
    asked = "  to-confirm:\n    steps/count-people/parameters: Is k this large?\n"
    (root / "policy_data" / "review.yml").write_text(RULES + asked)

    named = call(root, "review", "sign", K, "--role", "legal", "--note", "x", "--yes")
    assert named.exit_code == 2 and not (root / "policy_data" / "reviews").exists()
    assert f"“A group has 50 people or more.” ({K}): steps/count-people/parameters" in named.stderr

    rest = sign(root, "--all")
    assert re.search(r"Left out: \d+ statements? rests? on what 'review\.to-confirm'", rest.stdout)
    found = states(status(root), "legal")
    assert found[K] == "unsigned"
    assert sum(state == "signed" for state in found.values()) > 20


def test_files_that_nobody_confirmed_are_under_every_comparison(root: Path) -> None:
    asked = "  to-confirm: {bindings/files: Do these run?}\n"
    (root / "policy_data" / "review.yml").write_text(RULES + asked)
    sign(root, "--all")
    signed = [s for s in status(root)["statements"] if any(r["record"] for r in s["roles"])]
    assert signed and not [s["id"] for s in signed if s["claims"]]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((K, "--role", "lgeal"), "no statement needs the role 'lgeal' (did you mean 'legal'?)"),
        (("--role", "legal"), "name what you sign, or say --all"),
        (("--all", "--changed-since", "x", "--role", "legal"), "name what you sign, or say --all"),
        ((K, "--all", "--role", "legal"), "name what you sign, or say --all"),
        (("steps/nothing-like", "--role", "legal"), "nothing on the site is called"),
        ((K, "--role", "legal", "--expires", "2026-11-30"), "cannot end before it is given"),
    ],
)
def test_what_cannot_be_meant_is_refused(root: Path, args: tuple[str, ...], message: str) -> None:
    result = call(root, "review", "sign", *args, "--note", "read", "--yes")

    assert result.exit_code == 2 and message in result.stderr
    assert not (root / "policy_data" / "reviews").exists()


def test_a_project_with_errors_cannot_be_signed(root: Path) -> None:
    edit(root / "policy_data" / "steps.yml", "steps:", "stesp:")

    result = call(root, "review", "sign", "--all", "--role", "legal", "--note", "x", "--yes")

    assert result.exit_code == 2 and "nothing can be signed" in result.stderr


def test_the_same_twice_is_refused_and_two_at_once_are_safe(root: Path) -> None:
    sign(root, K)
    again = call(root, "review", "sign", K, "--role", "legal", "--note", "read", "--yes")
    assert again.exit_code == 2 and "exactly this was signed before" in again.stderr

    command = [sys.executable, "-m", "aboveboard", "review", "sign", "--project", str(root)]
    command += ["--as-of", DAY, "--role", "legal", "--note"]
    both = [
        subprocess.Popen(
            [*command, note, "--yes", "steps"], env=os.environ, stdout=subprocess.DEVNULL
        )
        for note in ("one", "other")
    ]
    assert [process.wait() for process in both] == [0, 0]
    assert len(written(root)) == 3 and not [f for f in written(root) if f.suffix != ".yml"]
    assert status(root)["damaged"] == []


def test_a_correction_waits_for_no_signature(root: Path) -> None:
    """What is true must be online at once."""
    sign(root, "--all")
    edit(root / "pipeline" / "statistics.sql", ">= 50", ">= 5")
    found = json.loads(call(root, "check", "--format", "json").stdout)
    claims = [f["claim"] for f in found["findings"] if f["rule"] == "weaker-parameter"]
    correction = {
        "claims": claims,
        "since": "2026-11-20",
        "instead": "Groups of five people are counted.",
        "owner": "data",
        "expires": "2026-12-24",
    }
    text = json.dumps({"corrections": {"groups": correction}})
    (root / "policy_data" / "corrections.yml").write_text(text)

    result = call(root, "check")

    assert result.exit_code == 0, result.stdout
    assert {s["correction"] for s in status(root)["statements"]} == {None, "groups"}


# -- records that lost their sentence ------------------------------------------------------------


def test_signatures_under_nothing_are_a_note(root: Path) -> None:
    sign(root, "--all")
    sign(root, "--all", role="security")
    edit(
        root / "policy_data" / "steps.yml",
        "    limits: A count says that a group exists.",
        "    limits: Few.",
    )
    sign(root, "steps/count-people/limits")
    sign(root, "steps/count-people/limits", role="security")
    edit(root / "policy_data" / "review.yml", "role: security", "role: safety")

    result = call(root, "check")

    assert "note[idle-signature] nobody asks 'security' to sign" in result.stdout


def test_a_record_that_was_edited_is_an_error(root: Path) -> None:
    sign(root, "--all")
    (file,) = written(root)
    edit(file, 'note: "read"', 'note: "read twice"')

    result = call(root, "check")

    assert result.exit_code == 1
    assert "error[damaged-record] this record was edited by hand" in result.stdout
    assert f"--> policy_data/reviews/{file.name}:" in result.stdout
    assert "error[unsigned-statement] legal has not signed" in result.stdout


# -- nothing else writes -------------------------------------------------------------------------


def test_only_sign_writes(root: Path) -> None:
    """Byte for byte: `check`, `diff`, `explain`, `graph` and `review status` leave all as it is."""
    sign(root, K)
    edit(root / "pipeline" / "statistics.sql", ">= 50", ">= 60")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    before = everything(root)
    claim = "count-usage/usage-events/count-people/k@usage_statistics"

    for args in (
        ("check",),
        ("check", "--format", "json", "--prose", "--base", str(DEMO)),
        ("diff", str(DEMO)),
        ("diff", str(DEMO), "--format", "html"),
        ("explain", claim),
        ("explain", "reopened-statement"),
        ("review", "status"),
        ("review", "status", "--format", "json", "steps"),
    ):
        result = call(root, *args)
        assert result.exception is None or isinstance(result.exception, SystemExit), args
        assert everything(root) == before, args


def test_a_build_stops_while_a_signature_lacks(tmp_path: Path) -> None:
    root = projects.write(tmp_path, review="review: {sign-off: {statements: all, role: legal}}\n")
    from aboveboard.commands.build import build

    assert build(root, as_of=projects.DAY) == 1 and not (root / "site").exists()
    sign(root, "--all", day=projects.DAY.isoformat())
    assert build(root, as_of=projects.DAY) == 0


# -- the short way -------------------------------------------------------------------------------


def is_settled(root: Path, day: date = date(2026, 12, 1)) -> bool:
    return settled(load_project(root, day))


def test_who_leaves_nothing_open_settles_it_until_anything_changes(root: Path) -> None:
    """Then `check` makes no answers: files, other records and days are as they were."""
    sign(root, "--all")
    assert not is_settled(root)  # security lacks
    sign(root, "--all", role="security")
    assert is_settled(root)
    assert not is_settled(root, date(2027, 12, 2))  # `lasts` is over

    for file in ("pipeline/service.yml", "policy_data/steps.yml"):
        before = (root / file).read_text("utf-8")
        (root / file).write_text(before + "\n# more\n", "utf-8")
        assert not is_settled(root)
        assert call(root, "check").exit_code == 0  # the long way finds nothing either
        (root / file).write_text(before, "utf-8")
    assert is_settled(root)

    legal = next(file for file in written(root) if "-legal-" in file.name)
    legal.unlink()
    assert not is_settled(root)
    assert "error[unsigned-statement] legal has not signed" in call(root, "check").stdout
