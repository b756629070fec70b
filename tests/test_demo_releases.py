"""The releases of the demo: the newest one is the demo as it stands, and all can be made anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests import demo_releases
from tests.test_demo import ROOT

from aboveboard.load import load_project
from aboveboard.policy.load import ALONE
from aboveboard.policy.model import KINDS
from aboveboard.review.releases import chain
from aboveboard.review.releases.release import load

ANEW = "the demo's newest release is not the demo: run `make demo`, and commit what it writes"


def test_the_newest_release_is_the_demo() -> None:
    """Its policy and its verdicts. Words that the program makes of them may have changed since."""
    project = load_project(ROOT, date(2026, 12, 1))
    last = chain.of(project).last
    assert last is not None and not chain.of(project).findings, ANEW
    release = load(ROOT, last.path)
    here, there = project.policy, release.project.policy

    differing = [name for name, _ in ALONE.values() if getattr(here, name) != getattr(there, name)]
    differing += [kind for kind in KINDS if here.entities(kind) != there.entities(kind)]
    now = project.on(last.head.released).proof.judged
    then = release.project.proof.judged
    moved = {id_ for id_ in {*now, *then} if _verdict(now, id_) != _verdict(then, id_)}

    assert differing == [], f"{ANEW}; these differ: {differing}"
    assert moved == set(), f"{ANEW}; these claims differ: {sorted(moved)[:5]}"


def _verdict(judged: dict, id_: str) -> str | None:  # type: ignore[type-arg]
    return judged[id_].verdict if id_ in judged else None


def test_they_can_be_made_anew_and_the_same(tmp_path: Path) -> None:
    first = [*demo_releases.make(tmp_path / "first")]
    again = [*demo_releases.make(tmp_path / "again")]

    assert len(first) == len(demo_releases.STATES) >= 3
    assert first == again
    made = {file.name: file.read_bytes() for file in (tmp_path / "first").iterdir()}
    assert made == {file.name: file.read_bytes() for file in (tmp_path / "again").iterdir()}
    assert made.keys() == {f"{state.version}.json" for state in demo_releases.STATES}
