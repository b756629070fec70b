"""JUnit: what fails, what is an error, what is skipped, and what had no say."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.examples import BROKEN, EXAMPLES, TODAY
from tests.reporters.made import POLICY, claim, report

from aboveboard.commands.common import report_of
from aboveboard.findings import Finding, Location
from aboveboard.load import load_project
from aboveboard.proof.model import VERDICTS
from aboveboard.reporters.junit import render
from aboveboard.reporters.model import Report, Told

PLACE = Location(POLICY, 3, 5, 3, 9)


def cases(made: Report, suite: str) -> dict[str, Element]:
    root = ElementTree.fromstring(render(made))
    (found,) = [one for one in root if one.get("name") == suite]
    return {case.get("name", ""): case for case in found}


def outcome(case: Element) -> str:
    return next((child.tag for child in case if child.tag != "system-out"), "passes")


def test_each_verdict_has_its_outcome() -> None:
    made = report(claims=tuple(claim(f"use/{verdict}", verdict) for verdict in VERDICTS))

    found = {name: outcome(case) for name, case in cases(made, "claims").items()}

    assert found == {
        "use/violated": "failure",
        "use/unknown": "error",
        "use/vacuous": "error",
        "use/declared": "passes",
        "use/proved": "passes",
    }


def test_a_claim_says_what_its_finding_says() -> None:
    finding = Finding("forbidden-flow", "not kept", PLACE, hint="cut it", claim="use/a")
    made = report(
        finding, claims=(claim("use/a", "violated"), claim("use/b", "violated", caused_by="use/a"))
    )

    first, second = (case[0] for case in cases(made, "claims").values())

    assert first.get("type") == "forbidden-flow"
    assert first.get("message") == "violated: said: said"
    assert first.text == (f"{POLICY}:3:5: error[forbidden-flow] not kept\n  help: cut it")
    assert (second.text or "").startswith("the same fault as use/a\n")


def test_a_corrected_claim_is_skipped() -> None:
    made = report(claims=(claim("use/a", "violated"),))

    (case,) = cases(made._replace(corrected={"use/a": "not-kept"}), "claims").values()

    assert (case[0].tag, case[0].get("message")) == ("skipped", "corrected: not-kept")


def test_rules_fail_by_errors_alone() -> None:
    aside = Finding("presumed-yes", "m", PLACE, "note", suppression="suppressions/x")
    made = report(
        Finding("unused-control", "one", PLACE),
        Finding("unused-control", "two", PLACE),
        Finding("vague-word", "m", PLACE, "warning"),
        aside,
    )
    one = Told("suppressions/x", "Known.", "Team", TODAY, PLACE)

    found = cases(made._replace(told=(one,)), "rules")

    assert {name: outcome(case) for name, case in found.items()} == {
        "presumed-yes": "skipped",
        "unused-control": "failure",
        "vague-word": "passes",
    }
    assert found["unused-control"][0].get("message") == "one (and 1 more)"
    assert "Known. (Team, until 2026-12-01)" in (found["presumed-yes"][0].get("message") or "")


def test_a_rule_that_had_no_say_does_not_pass() -> None:
    """Of what cannot be read no rule can say that all is well."""
    broken = report_of(load_project(BROKEN / "many-at-once", TODAY), needs={"asked"})

    found = cases(broken, "rules")

    assert found.keys() == {f.rule for f in broken.findings}
    assert cases(broken, "claims") == {}


def test_rules_of_prose_are_there_if_they_were_asked() -> None:
    project = load_project(EXAMPLES / "vague-word/ok", TODAY)

    plain, read = (report_of(project, needs={"asked"}, prose=prose) for prose in (False, True))

    assert cases(read, "rules").keys() - cases(plain, "rules").keys() == {
        "hard-to-read",
        "undefined-term",
    }
