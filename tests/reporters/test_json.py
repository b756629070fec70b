"""The report for machines: exactly the keys of the contract, sorted, the same bytes each time."""

import json
from typing import Any

import pytest
from tests.examples import BROKEN, CLAIMS, run

from aboveboard.commands.common import report_of
from aboveboard.reporters import NEEDS
from aboveboard.reporters.json import render
from aboveboard.source import parse_yaml

TOP = {"version", "tool", "as_of", "revision", "root", "inputs", "summary", "findings", "claims"}
FINDING = {
    "rule", "severity", "message", "hint", "location", "related", "claim", "fingerprint",
    "suppression",
}  # fmt: skip
CLAIM = {
    "id", "kind", "statement", "verdict", "grade", "scope", "policy", "sentences", "evidence",
    "witness",
}  # fmt: skip
POINT = {"path", "line", "column"}
SPAN = POINT | {"end_line", "end_column"}
VERDICTS = ["proved", "declared", "vacuous", "unknown", "violated"]

EXAMPLES = [
    CLAIMS / "deidentified-before/violated",
    CLAIMS / "opt-out-honoured/proved",
    CLAIMS / "never-joined/violated",
    BROKEN / "many-at-once",
    BROKEN / "policy-none",
    BROKEN / "recipe-misspelt",
]


def made(root: Any) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(render(report_of(run(root)[0], needs=NEEDS["json"])))
    return report


@pytest.mark.parametrize("root", EXAMPLES, ids=lambda path: path.name)
def test_the_keys_of_the_contract(root: Any) -> None:
    report = made(root)

    assert set(report) == TOP
    assert set(report["summary"]) == {"errors", "warnings", "claims"}
    assert list(report["summary"]["claims"]) == VERDICTS
    assert all(set(one) == {"path", "sha256"} for one in report["inputs"])
    for finding in report["findings"]:
        assert set(finding) == FINDING
        assert finding["location"] is None or set(finding["location"]) == SPAN
        assert all(set(place) == POINT | {"message"} for place in finding["related"])
    for claim in report["claims"]:
        assert set(claim) == CLAIM
        assert set(claim["policy"]) == POINT
        assert all(set(fact) == POINT | {"fact", "grade"} for fact in claim["evidence"])
        assert all(set(hop) == {"node", "kind", "path", "line"} for hop in claim["witness"])


@pytest.mark.parametrize("root", EXAMPLES, ids=lambda path: path.name)
def test_what_it_holds_agrees_with_itself(root: Any) -> None:
    report = made(root)
    severities = [finding["severity"] for finding in report["findings"]]
    places = [
        (place["path"], place["line"], place["column"])
        for place in (
            f["location"] or {"path": "", "line": 0, "column": 0} for f in report["findings"]
        )
    ]
    claims = [claim["id"] for claim in report["claims"]]
    paths = [one["path"] for one in report["inputs"]]

    assert report["summary"]["errors"] == severities.count("error")
    assert report["summary"]["warnings"] == severities.count("warning")
    assert sum(report["summary"]["claims"].values()) == len(claims)
    assert places == sorted(places)
    assert claims == sorted(set(claims))
    assert paths == sorted(set(paths))
    assert {f["claim"] for f in report["findings"]} - {None} <= set(claims)
    assert len({f["fingerprint"] for f in report["findings"]}) == len(report["findings"])


@pytest.mark.parametrize("root", EXAMPLES, ids=lambda path: path.name)
def test_the_same_input_gives_the_same_bytes(root: Any) -> None:
    assert render(report_of(run(root)[0], needs=NEEDS["json"])) == render(
        report_of(run(root)[0], needs=NEEDS["json"])
    )


def test_a_claim_tells_both_ends() -> None:
    report = made(CLAIMS / "deidentified-before/violated")
    (finding,) = [f for f in report["findings"] if f["severity"] == "error"]
    claim = next(c for c in report["claims"] if c["id"] == finding["claim"])

    assert finding["rule"] == "step-bypassed"
    assert finding["location"]["path"] == claim["policy"]["path"] == "policy_data/policy.yml"
    assert finding["related"][0]["path"] == "pipeline/train.yml"
    assert claim["verdict"] == "violated"
    assert claim["witness"][0] == {
        "node": "notes.text",
        "kind": "field",
        "path": "pipeline/train.yml",
        "line": 3,
    }
    assert claim["witness"][-1]["node"] == "training_set.text"


def test_our_own_reader_reads_it() -> None:
    text = render(report_of(run(BROKEN / "ok-text-is-data")[0], needs=NEEDS["json"]))

    assert parse_yaml(text.encode(), "report.json").data == json.loads(text)
