"""Tiny pipelines, each with the verdicts that it must get; and rows must agree with every one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aboveboard.source import read

from .agreement import disagreements
from .world import Setup, datasets, verdicts

CASES: dict[str, Any] = read(Path(__file__).with_name("pipelines.yml"), "pipelines.yml").data


def spec_of(case: dict[str, Any]) -> tuple[Setup, dict[str, Any]]:
    given: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in case.get("setup", {}).items()
    }
    setup = replace(Setup(own_plans=True), **given)
    known = datasets(setup)
    for name, changes in case.get("datasets", {}).items():
        known[name] = {**known.get(name, {}), **changes}
    return setup, {"datasets": known, "steps": case["steps"]}


@pytest.mark.parametrize("name", CASES)
def test_verdicts(name: str) -> None:
    setup, spec = spec_of(CASES[name])
    judged = verdicts(setup, spec)
    found = {claim: judged[_whole(claim)].verdict for claim in CASES[name]["expect"]}
    assert found == CASES[name]["expect"], {c: judged[_whole(c)].why for c in found}


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case.get("rows", True)])
def test_rows_agree(name: str) -> None:
    assert disagreements(*spec_of(CASES[name])) == []


def test_there_are_many() -> None:
    assert len(CASES) >= 40


def _whole(claim: str) -> str:
    if claim.startswith("share/"):
        return f"{claim}@partner"
    return f"train/{claim}@out" if not claim.endswith("/recipients") else claim
