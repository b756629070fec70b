"""What shares no edge is judged apart, and nothing that is told of it changes."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from tests.examples import run

from aboveboard.pipeline.graph import Pipeline
from aboveboard.policy.model import KINDS
from aboveboard.proof import parts
from aboveboard.proof.flow import settled
from aboveboard.proof.judge import judge

from .test_pipelines import CASES, spec_of
from .world import pipeline, policy

SUITE = Path(__file__).parents[2] / "benchmarks" / "policies.py"
USES = 50


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("suite")
    runpy.run_path(str(SUITE))["write"](USES, folder)
    return folder


@pytest.mark.parametrize("name", CASES)
def test_a_pipeline_in_parts_is_judged_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    setup, spec = spec_of(CASES[name])
    whole = judge(policy(setup), pipeline(spec))
    monkeypatch.setattr(parts, "ENOUGH", 1)
    assert judge(policy(setup), pipeline(spec)).judged == whole.judged


def test_a_suite_of_pipelines_is_judged_alike(suite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, findings = run(suite)
    assert [f for f in findings if f.severity == "error"] == []
    assert len(project.proof.judged) > 10 * USES

    monkeypatch.setattr(parts, "ENOUGH", 1)
    assert run(suite)[0].proof.judged == project.proof.judged


def test_the_suite_is_as_large_as_it_says(suite: Path) -> None:
    project, _ = run(suite)
    counts = {kind: len(project.policy.entities(kind)) for kind in KINDS}
    assert counts["uses"] == USES
    assert 4 * USES <= sum(counts.values()) <= 4.3 * USES


def test_parts_hold_each_node_and_edge_once(suite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, _ = run(suite)
    monkeypatch.setattr(parts, "ENOUGH", 10**9)
    (whole,) = parts.parts(settled(project.pipeline, {}, {}))
    monkeypatch.setattr(parts, "ENOUGH", 1)
    split = parts.parts(settled(project.pipeline, {}, {}))

    assert len(split) >= 2
    assert sorted(v for flow in split for v in flow.vertices) == sorted(whole.vertices)
    assert sum(len(flow.graph.heads) for flow in split) == len(whole.graph.heads)
    for flow in split:
        names = {*flow.pipeline.datasets, *flow.pipeline.steps}
        assert {node for node, _ in flow.vertices} <= names


def test_no_pipeline_is_one_part() -> None:
    assert len(parts.parts(settled(Pipeline(), {}, {}))) == 1
