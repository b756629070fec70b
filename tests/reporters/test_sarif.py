"""SARIF: kinds, levels, places and paths as code scanning and viewers read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.reporters.made import POLICY, TODAY, claim, report
from tests.reporters.test_every_project import SARIF

from aboveboard.checks.told import told
from aboveboard.findings import Finding, Location
from aboveboard.proof.model import Verdict
from aboveboard.reporters.model import Report, Told
from aboveboard.reporters.sarif import render

PLACE = Location(POLICY, 3, 5, 3, 9)
URI = "policy_data/a%20b%25%2C%3A%C3%BC.yml"


def run(made: Report) -> dict[str, Any]:
    log = json.loads(render(made))
    assert not list(SARIF.iter_errors(log))
    found: dict[str, Any] = log["runs"][0]
    return found


def failing(verdict: Verdict) -> Report:
    finding = Finding("forbidden-flow", "not kept", PLACE, claim="use/a")
    return report(finding, claims=(claim("use/a", verdict),))


@pytest.mark.parametrize(
    ("verdict", "kind", "level"),
    [("violated", "fail", "error"), ("vacuous", "fail", "error"), ("unknown", "open", "none")],
)
def test_what_nobody_can_decide_is_open(verdict: Verdict, kind: str, level: str) -> None:
    (result,) = run(failing(verdict))["results"]

    assert (result["kind"], result["level"]) == (kind, level)
    assert result["properties"] == {"claim": "use/a", "verdict": verdict, "grade": "observed"}


def test_claims_that_hold_are_no_results() -> None:
    made = run(report(claims=(claim("use/a", "proved"), claim("use/b", "declared"))))

    assert made["results"] == []
    assert made["properties"]["claims"]["proved"] == made["properties"]["claims"]["declared"] == 1
    assert made["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]


def test_the_path_that_breaks_a_claim_is_a_code_flow() -> None:
    (result,) = run(failing("violated"))["results"]
    ((thread,),) = ([flow["threadFlows"] for flow in result["codeFlows"]],)
    steps = thread[0]["locations"]

    assert [step["executionOrder"] for step in steps] == [1, 2]
    said = [step["location"]["message"]["text"] for step in steps]
    assert said == ["field said", "dataset end"]
    assert steps[0]["location"]["physicalLocation"]["region"]["startLine"] == 3


def test_a_rule_says_what_explain_says() -> None:
    (rule,) = run(failing("violated"))["tool"]["driver"]["rules"]
    said = told("forbidden-flow")

    assert (rule["id"], rule["name"]) == ("forbidden-flow", "ForbiddenFlow")
    assert rule["help"]["text"] == said.text
    assert rule["help"]["markdown"].startswith(f"# forbidden-flow\n\n{said.finds}\n\n## Why it ")
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"]["tags"] == ["privacy", "claims"]


def test_places_begin_at_the_root_of_the_repository() -> None:
    made = run(failing("violated")._replace(root="services/chat"))
    location = made["results"][0]["locations"][0]["physicalLocation"]

    assert location == {
        "artifactLocation": {
            "uri": f"services/chat/{URI}",
            "uriBaseId": "%SRCROOT%",
            "index": 0,
        },
        "region": {"startLine": 3, "startColumn": 5, "endColumn": 9},
    }
    assert made["artifacts"][0]["hashes"] == {"sha-256": "ab" * 32}
    assert made["columnKind"] == "unicodeCodePoints"
    assert list(made["originalUriBaseIds"]["%SRCROOT%"]) == ["description"]


def test_the_column_after_the_last_letter_ends_a_region_of_several_lines() -> None:
    made = run(report(Finding("vague-word", "m", Location(POLICY, 3, 5, 7, 2))))

    region = made["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 5, "endLine": 7, "endColumn": 2}


def test_another_checkout_is_a_root_of_its_own() -> None:
    path = "jobs:conf/train.yml"
    made = report(Finding("forbidden-flow", "m", PLACE, related=(Location(path, 8),)))
    where = {path: ("c" * 40, Path("/somewhere/else"))}
    made = made._replace(inputs={**made.inputs, path: "cd" * 32}, checkouts=where)

    found = run(made)

    related = found["results"][0]["relatedLocations"][0]
    assert related["physicalLocation"]["artifactLocation"]["uriBaseId"] == "CHECKOUT-jobs"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "conf/train.yml"
    (other,) = [file for file in found["artifacts"] if "properties" in file]
    assert other["properties"] == {"revision": "c" * 40}
    assert "somewhere" not in render(made)


@pytest.mark.parametrize("path", ["/abs/old/policy_data/x.yml", "main:policy_data/x.yml", "../x"])
def test_a_place_in_another_state_has_words_alone(path: str) -> None:
    made = report(Finding("unannounced-change", "m", PLACE, related=(Location(path, 2),)))
    made = made._replace(line=lambda _path, _number: "text")  # it is there all the same

    (related,) = run(made)["results"][0]["relatedLocations"]

    assert related == {"id": 0, "message": {"text": f"{path}:2:1"}}


def test_what_is_written_nowhere_stands_at_the_policy() -> None:
    (result,) = run(report(Finding("invalid-policy", "no policy"))._replace(root="a/b"))["results"]

    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a/b/policy_data/", "uriBaseId": "%SRCROOT%"}
            }
        }
    ]


def test_the_commit_stands_there_if_the_repository_is_known() -> None:
    known = report()._replace(revision="a" * 40, repository="https://git.example/team/x")

    assert run(known)["versionControlProvenance"] == [
        {
            "repositoryUri": "https://git.example/team/x",
            "revisionId": "a" * 40,
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]
    for lacks in ({"revision": None}, {"repository": None}):
        assert "versionControlProvenance" not in run(known._replace(**lacks))  # type: ignore[arg-type]


def test_a_suppression_is_told_with_its_reason() -> None:
    aside = Finding("vague-word", "m", PLACE, "note", suppression="suppressions/known")
    plain = Finding("vague-word", "other", PLACE, "warning")
    one = Told("suppressions/known", "Legal wants it.", "Privacy team", TODAY, PLACE)

    first, second = run(report(aside, plain)._replace(told=(one,)))["results"]

    (said,) = first["suppressions"]
    assert (said["kind"], said["status"]) == ("external", "accepted")
    assert said["justification"] == (
        "suppressions/known: Legal wants it. (Privacy team, until 2026-12-01)"
    )
    assert second["suppressions"] == []  # the standard's way to say that there is none
