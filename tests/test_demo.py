"""The demo: green as it stands, red with the right rule and both lines when one line changes."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from aboveboard.answers.compose import compose
from aboveboard.checks import run
from aboveboard.load import load_project
from aboveboard.policy import strength
from aboveboard.project import Project
from aboveboard.proof.model import FAILING

ROOT = Path(__file__).parent.parent
DAY = date(2026, 12, 1)


def load(root: Path) -> Project:
    return load_project(root, DAY)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A copy of the demo to change."""
    for folder in ("policy_data", "pipeline"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture(scope="module")
def project() -> Project:
    return load(ROOT)


@dataclass(frozen=True)
class Change:
    """One change of a pipeline file, the rule that it breaks, and the two lines to be shown.

    `policy` and `pipeline` are (file, text of the line), as a reader would find them.
    """

    name: str
    file: str
    old: str
    new: str
    rule: str
    policy: tuple[str, str]
    pipeline: tuple[str, str]


REDACTION = """  - pii_redaction_mapper:
      redact_keys: [text, answer]
      mask_emails: true
      mask_phones: true
      mask_ips: true
      mask_id_cards: true
      mask_secrets: true
"""
TRAINED = "s3://example-training/assistant/chats.parquet"

CHANGES = [
    # Data-Juicer
    Change(
        "the redaction is removed",
        "chats.yml",
        REDACTION,
        "",
        "step-bypassed",
        ("uses.yml", "steps: [redact-details, drop-repeats, unlink-account]"),
        ("chats.yml", "- document_deduplicator:"),
    ),
    Change(
        "a protected entity is dropped",
        "chats.yml",
        "mask_phones: true",
        "mask_phones: false",
        "weaker-parameter",
        ("steps.yml", "entities: [email, phone, ip-address, id-card, secret]"),
        ("chats.yml", "mask_phones"),
    ),
    Change(
        "teens are let in",
        "chats.yml",
        "target_value: [adult]",
        "target_value: [adult, teen]",
        "scope-leak",
        ("uses.yml", "scope: otherwise, state: never"),
        ("chats.yml", "- specified_field_filter:"),
    ),
    Change(
        "a cache is switched on",
        "review.yml",
        "open_tracer: false",
        "open_tracer: true",
        "kept-too-long",
        ("data.yml", "questions:"),
        ("review.yml", "open_tracer: true"),
    ),
    # SQL
    Change(
        "the opt-out filter is inverted",
        "exports.sql",
        "c.training_opt_out = false",
        "c.training_opt_out = true",
        "opt-out-ignored",
        ("uses.yml", "state: opt-out, control: training-switch"),
        ("exports.sql", "AND c.training_opt_out = true"),
    ),
    Change(
        "a choice is not looked up again",
        "exports.sql",
        "WHERE c.review_opt_out = false\n  AND ",
        "WHERE ",
        "opt-out-ignored",
        ("uses.yml", "state: opt-out, control: review-switch"),
        ("exports.sql", "WHERE e.plan IN"),
    ),
    Change(
        "the age filter is lost",
        "exports.sql",
        "\n  AND e.age_group = 'adult'",
        "",
        "scope-leak",
        ("uses.yml", "scope: otherwise, state: never"),
        ("review.yml", "- pii_redaction_mapper:"),
    ),
    Change(
        "groups are smaller",
        "statistics.sql",
        "HAVING count(DISTINCT e.user_id) >= 50",
        "HAVING count(DISTINCT e.user_id) >= 5",
        "weaker-parameter",
        ("steps.yml", "parameters: {k: 50}"),
        ("statistics.sql", "HAVING"),
    ),
    Change(
        "refused chats are kept longer",
        "warehouse.sql",
        "INTERVAL 30 DAY DELETE WHERE",
        "INTERVAL 60 DAY DELETE WHERE",
        "kept-too-long",
        ("retention.yml", "keep: P30D"),
        ("warehouse.sql", "INTERVAL 60 DAY DELETE WHERE"),
    ),
    # Terraform
    Change(
        "training sets are kept longer",
        "stores.json",
        '"days": 1795',
        '"days": 3650',
        "kept-too-long",
        ("retention.yml", "keep: P5Y"),
        ("stores.json", '"days": 3650'),
    ),
    Change(
        "old versions of the safety set are not deleted",
        "stores.json",
        """"expiration": [{"days": 700}],
                "noncurrent_version_expiration": [{"noncurrent_days": 30}],""",
        """"expiration": [{"days": 700}],""",
        "kept-too-long",
        ("retention.yml", "keep: P2Y"),
        ("stores.json", '"versioning_configuration": [{"status": "Enabled"}]'),
    ),
    # OpenTelemetry Collector
    Change(
        "the account number stays in error reports",
        "collector.yml",
        "attributes/content, attributes/account, transform/addresses",
        "attributes/content, transform/addresses",
        "forbidden-flow",
        ("uses.yml", "never: [questions, answers, uploads, connected-content, account-data]"),
        ("collector.yml", "processors: [memory_limiter"),
    ),
    Change(
        "only our own addresses are found in error reports",
        "collector.yml",
        "@[A-Za-z0-9.-]+",
        "@example[.]org",
        "step-bypassed",
        ("uses.yml", "steps: [hide-addresses, unlink-reports]"),
        ("collector.yml", "replace_pattern"),
    ),
    # drawn by hand
    Change(
        "a step goes around filter and redaction",
        "service.yml",
        "steps:\n",
        f"steps:\n  - {{id: shortcut, in: [exports.chats], op: copy, out: [{TRAINED}]}}\n",
        "opt-out-ignored",
        ("uses.yml", "state: opt-out, control: training-switch"),
        ("service.yml", "id: shortcut"),
    ),
    Change(
        "uploads are read too",
        "service.yml",
        "steps:\n",
        "steps:\n  - {id: shortcut, in: [app.messages], op: allow-fields, fields: [upload], "
        f"out: [{TRAINED}]}}\n",
        "forbidden-flow",
        ("uses.yml", "never: [uploads, connected-content, account-data]"),
        ("service.yml", "id: shortcut"),
    ),
    Change(
        "the flag is overwritten before the filter",
        "service.yml",
        "  - {id: search-allowed, in: [chat],",
        "  - {id: reset, in: [chat], op: map, writes: {search_opt_out: [text]}}\n"
        "  - {id: search-allowed, in: [reset],",
        "opt-out-ignored",
        ("uses.yml", "applies: {state: opt-out, control: search-switch}"),
        ("service.yml", "id: search-allowed"),
    ),
    Change(
        "a failing step lets the record pass",
        "service.yml",
        "fields: [search_words], out: [web_search]}",
        "fields: [search_words], on_error: pass, out: [web_search]}",
        "fails-open",
        ("steps.yml", "on-failure: drop"),
        ("service.yml", "id: search,"),
    ),
    Change(
        "somebody else gets search words",
        "service.yml",
        "out: [web_search]}",
        "out: [web_search, partner]}\n",
        "undeclared-recipient",
        ("data.yml", "search-words:"),
        ("service.yml", "partner: {role: external}"),
    ),
]


def lines_with(file: Path, text: str) -> list[int]:
    return [n for n, line in enumerate(file.read_text().split("\n"), 1) if text in line]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_one_changed_line_turns_the_check_red_and_back(demo: Path, change: Change) -> None:
    file = demo / "pipeline" / change.file
    before = file.read_text()
    assert change.old in before, "the demo no longer has the line that this test changes"
    after = before.replace(change.old, change.new, 1 if change.file == "service.yml" else -1)
    if "partner" in change.new:
        after = after.replace("  web_search: {", "  partner: {role: external}\n  web_search: {")
    file.write_text(after)

    found = [f for f in run(load(demo)) if f.severity == "error"]
    assert change.rule in {f.rule for f in found}
    ours = [f for f in found if f.rule == change.rule]
    policy = lines_with(demo / "policy_data" / change.policy[0], change.policy[1])
    pipeline = lines_with(demo / "pipeline" / change.pipeline[0], change.pipeline[1])
    said = [(f.location, f.related) for f in ours]
    assert any(
        f.location
        and f.location.path == f"policy_data/{change.policy[0]}"
        and f.location.line in policy
        and any(
            p.path == f"pipeline/{change.pipeline[0]}" and p.line in pipeline for p in f.related
        )
        for f in ours
    ), said

    file.write_text(before)
    assert not [f for f in run(load(demo)) if f.severity == "error"]


def test_the_demo_is_green_and_three_quarters_of_it_proved(project: Project) -> None:
    assert run(project) == []
    tally = project.proof.tally()
    assert not any(count for verdict, count in tally.items() if verdict in FAILING)
    assert tally["proved"] * 4 >= sum(tally.values()) * 3, tally


def test_every_kind_of_claim_occurs_but_the_one_that_the_demo_does_not_promise(
    project: Project,
) -> None:
    kinds = Counter(j.claim.kind for j in project.proof.judged.values())
    assert set(kinds) == {
        "nothing-undeclared",
        "use-is-real",
        "never-used",
        "scope-excluded",
        "deidentified-before",
        "parameter-kept",
        "opt-out-honoured",
        "retention-kept",
        "recipients-declared",
        "fails-closed",
    }


def test_the_demo_is_worth_reading(project: Project) -> None:
    policy = project.policy
    assert len(policy.data) >= 8
    assert len(policy.uses) >= 6
    assert len(policy.controls) >= 5
    assert len([s for s in policy.steps.values() if s.parameters or s.entities]) >= 3
    assert len(policy.steps) >= 6
    assert any(use.also for use in policy.uses.values())
    assert any(s.choice for row in policy.retention.values() for s in row.scope)
    assert all(safeguard.cannot for safeguard in policy.safeguards.values())
    assert not list(strength.findings(policy))
    assert len(compose(project)) >= 10


def test_every_bound_file_is_read_and_named(project: Project) -> None:
    assert sorted(project.pipeline.inputs) == sorted(
        f.relative_to(ROOT).as_posix() for f in (ROOT / "pipeline").iterdir()
    )


def test_a_region_in_our_own_words_shows_in_the_verdict(project: Project) -> None:
    """The collector says where it sends reports, and not in which country that is."""
    judged = project.proof.judged["fault-reports/recipients"]

    assert judged.verdict == "declared"
    assert "pipeline/overlay.yml" in {fact.location.path for fact in judged.evidence}
