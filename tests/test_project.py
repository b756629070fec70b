"""A project as of another day says just what it would say if it were read on that day."""

from datetime import date
from pathlib import Path

import pytest

from aboveboard.answers.facts import Facts
from aboveboard.answers.whole import whole
from aboveboard.load import load_project
from aboveboard.project import Project

from .site import projects
from .site.projects import POLICY, ROOT

DAYS = (date(2026, 10, 1), date(2026, 12, 1), date(2027, 6, 1))
TIMED = POLICY.replace("keep: P1Y}\n", "keep: P1Y, scope: {in-force: {before: 2026-11-01}}}\n", 1)
LATER = TIMED + (
    "  later: {data: [notes, account], copy: servers, keep: P30D,"
    " scope: {in-force: {from: 2026-11-01}}}\n"
)
CORRECTED = (
    POLICY
    + """\
corrections:
  late:
    claims: [opt-out-honoured:train/notes/training]
    instead: Your refusal does not count before the end of the month
    since: 2026-11-20
    expires: 2026-12-20
    owner: privacy@notewise.example
"""
)
UNFILTERED = projects.PIPELINE.replace("training_opt_out: false", "training_opt_out: true")


def fresh(project: Project, day: date) -> Project:
    return Project(project.root, day, project.policy, project.pipeline, project.findings)


@pytest.mark.parametrize(
    "files",
    [None, {}, {"policy": LATER}, {"policy": CORRECTED, "pipeline": UNFILTERED}],
    ids=["demo", "small", "timed", "corrected"],
)
def test_what_is_shared_between_days_is_the_same_on_both(
    tmp_path: Path, files: dict[str, str] | None
) -> None:
    root = ROOT if files is None else projects.write(tmp_path, **files)
    project = load_project(root, DAYS[0])
    assert project.loaded, [f.message for f in project.findings]
    told = whole(project)
    seen = {repr(told)}
    for day in DAYS[1:]:
        then, anew = project.on(day), fresh(project, day)
        assert whole(then) == whole(anew)
        assert then.proof.judged == anew.proof.judged and then.corrected == anew.corrected
        assert then.evidence == anew.evidence
        seen.add(repr(whole(then)))
    assert len(seen) > 1  # the day decides something in each of them
    assert whole(project) == told


def test_what_nobody_asked_the_day_for_is_shared() -> None:
    project = load_project(ROOT, DAYS[0])
    facts, made = Facts.of(project), list[str]()

    def inner() -> str:
        made.append("inner")
        return str(project.as_of)

    def outer() -> str:
        return facts.kept(("inner",), inner)

    def plain() -> str:
        made.append("plain")
        return "plain"

    facts.kept(("inner",), inner)
    facts.kept(("outer",), outer)  # what it takes from there hangs on the day all the same
    facts.kept(("plain",), plain)
    then = Facts.of(project.on(DAYS[1]))
    assert then.kept(("outer",), lambda: "anew") == "anew"
    assert then.kept(("plain",), plain) == "plain" and made == ["inner", "plain"]
    assert project.on(DAYS[0]) is project
