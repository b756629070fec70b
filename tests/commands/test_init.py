"""`init` as people call it: what it writes builds, says what it said, and is there whole or not at all."""

from __future__ import annotations

import errno
import html
import os
import re
import signal
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from aboveboard.cli import main
from aboveboard.commands.build import build
from aboveboard.commands.start import ask
from aboveboard.commands.start.kinds import CI, FILES, KINDS
from aboveboard.load import load_project

DAY = date(2026, 12, 1)
FILES_OF_ALL = {
    ".gitignore", "docs/about.md", "mkdocs.yml", "pipeline/service.yml",
    "policy_data/bindings.yml", "policy_data/policy.yml", "policy_data/to-confirm.yml",
}  # fmt: skip
# A change that takes a protection out of the pipeline, and the rule that has to find it.
HARMS = {
    "chat-assistant": [("{refused: false}", "{refused: true}", "opt-out-ignored"), ("[email, phone]", "[email]", "weaker-parameter"), ("retention: P1Y", "retention: P2Y", "kept-too-long")],
    "api": [("{shared: true}", "{shared: false}", "opt-out-ignored"), ("enabled: true", "enabled: false", "step-bypassed"), ("on_error: fail", "on_error: pass", "fails-open")],
    "app-telemetry": [("missing: drop", "missing: keep", "opt-out-ignored"), ("fields: [crash]", "fields: [crash, email]", "forbidden-flow"), ("retention: not-kept", "retention: P30D", "kept-too-long")],
}  # fmt: skip


def call(*args: str | Path, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=answers)


def init(folder: Path, *args: str) -> Result:
    return call("init", folder, "--as-of", DAY.isoformat(), *args)


def tree(folder: Path) -> dict[str, bytes]:
    """All that lies below a folder, hidden files and folders too."""
    files = {p for p in folder.rglob("*") if not p.is_dir() or not any(p.iterdir())}
    return {p.relative_to(folder).as_posix(): p.read_bytes() if p.is_file() else b"" for p in files}


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "on_terminal", lambda: True)


# -- what is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_check_says_what_init_said(kind: str, tmp_path: Path) -> None:
    said = init(tmp_path / "new", "--yes", "--kind", kind, "--service", "Notewise")
    assert said.exit_code == 0, said.stderr
    assert tree(tmp_path / "new").keys() == FILES_OF_ALL

    checked = call("check", "--project", tmp_path / "new", "--as-of", DAY.isoformat())
    assert checked.exit_code == 0, checked.stdout
    rules = re.findall(r"^(?:warning|error|note)\[([a-z-]+)\]", checked.stdout, re.MULTILINE)
    open_ = len(re.findall(r"^  --> policy_data/\S+:\d+  .+\?$", checked.stdout, re.MULTILINE))
    assert f"says: 0 errors, {open_} things to confirm." in said.stdout
    # Nothing is odd about it but what nobody has confirmed, and what it does not answer.
    assert set(rules) == {"unconfirmed-proposal", "unanswered-question"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_can_be_read_aloud(kind: str, tmp_path: Path) -> None:
    """Three kinds of data, two uses, one control and one step, in some sixty lines."""
    init(tmp_path, "--yes", "--kind", kind)
    policy = load_project(tmp_path, DAY).policy
    assert (len(policy.data), len(policy.uses), len(policy.controls), len(policy.steps)) == (3, 2, 1, 1)  # fmt: skip
    assert len((tmp_path / "policy_data/policy.yml").read_text("utf-8").splitlines()) <= 65


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_it_says_is_to_be_confirmed(kind: str, tmp_path: Path) -> None:
    init(tmp_path, "--yes", "--kind", kind)
    policy = load_project(tmp_path, DAY).policy
    assert policy.review
    listed = policy.review.to_confirm
    for kind_ in ("controls", "steps", "recipients", "retention", "rights"):
        assert {f"{kind_}/{id_}" for id_ in policy.entities(kind_)} <= listed.keys()
    assert {"policy/controllers", "bindings/files"} < listed.keys()


@pytest.mark.parametrize(("kind", "old", "new", "rule"), [(k, *harm) for k, harms in HARMS.items() for harm in harms])  # fmt: skip
def test_a_protection_that_is_taken_away_turns_it_red(
    kind: str, old: str, new: str, rule: str, tmp_path: Path
) -> None:
    init(tmp_path, "--yes", "--kind", kind)
    file = tmp_path / "pipeline/service.yml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    checked = call("check", "--project", tmp_path, "--as-of", DAY.isoformat())
    assert checked.exit_code == 1
    assert f"error[{rule}]" in checked.stdout and "::: pipeline/service.yml:" in checked.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_it_builds(kind: str, tmp_path: Path) -> None:
    init(tmp_path, "--yes", "--kind", kind, "--service", 'No: "x" <b>')
    assert build(tmp_path, as_of=DAY) == 0
    assert "&lt;b&gt;" in (tmp_path / "site/index.html").read_text("utf-8")
    about = html.unescape((tmp_path / "site/about/index.html").read_text("utf-8"))
    assert 'says what No: "x" <b> does with your data' in about


@pytest.mark.parametrize("forge", CI)
def test_a_job_for_ci(forge: str, tmp_path: Path) -> None:
    init(tmp_path, "--yes", "--ci", forge)
    assert tree(tmp_path).keys() == {*FILES_OF_ALL, CI[forge]}
    job = (tmp_path / CI[forge]).read_text("utf-8")
    assert isinstance(yaml.safe_load(job), dict) and "OWNER/aboveboard" in job
    assert "a tag v1" in " ".join(job.replace("#", "").split())


def test_the_job_is_that_of_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs/how-to/hand-off.md").read_text("utf-8")
    blocks = [yaml.safe_load(b) for b in re.findall(r"```yaml\n(.*?)```", docs, re.DOTALL)]
    for forge in CI:
        assert yaml.safe_load((FILES / f"ci/{forge}.yml").read_text("utf-8")) in blocks


# -- words of others -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["No", "null", "O'Neil & \"Sons\": x # y", "{{ policy.service }}", "- a", "!!python/object:x", "@SERVICE@ [x] {y}", "Zoë’s 🦊", "%TAG", "x: y", "*a", "123"],
)  # fmt: skip
def test_any_name_stays_as_it_is(name: str, tmp_path: Path) -> None:
    result = init(tmp_path, "--yes", "--service", name, "--company", name, "--contact", name)
    assert result.exit_code == 0, result.stderr
    project = load_project(tmp_path, DAY)
    assert project.loaded and project.policy.header
    header = project.policy.header
    assert {header.service, header.controllers[0].name, header.controllers[0].contact} == {name}
    assert yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))["site_name"] == f"{name}: your data"  # fmt: skip


@pytest.mark.parametrize("name", ["", "  ", "a\x07b", "a\u202eb", "x" * 201])
def test_a_name_that_cannot_be_shown_is_refused(name: str, tmp_path: Path) -> None:
    result = init(tmp_path, "--yes", "--service", name)
    assert result.exit_code == 2 and "What is the service called?" in result.stderr
    assert tree(tmp_path) == {}


def test_the_folder_gives_the_name(tmp_path: Path) -> None:
    init(tmp_path / "note-wise", "--yes")
    policy = load_project(tmp_path / "note-wise", DAY).policy
    assert policy.header and policy.header.service == "Note wise"


# -- what is in the way --------------------------------------------------------------------------


def test_it_names_all_that_is_in_the_way_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/about.md").write_text("ours")
    (tmp_path / "mkdocs.yml").write_text("ours")
    (tmp_path / "pipeline").write_text("a file")
    before = tree(tmp_path)
    result = init(tmp_path, "--yes")
    assert result.exit_code == 2
    assert "has docs/about.md, mkdocs.yml, pipeline already: nothing was written" in result.stderr
    assert tree(tmp_path) == before


def test_a_project_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "policy_data").mkdir()
    result = init(tmp_path, "--yes")
    assert result.exit_code == 2 and "this is a project already" in result.stderr
    assert tree(tmp_path) == {"policy_data": b""}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "new").mkdir()
    (tmp_path / "new/docs").symlink_to(tmp_path / "elsewhere")
    result = init(tmp_path / "new", "--yes")
    assert result.exit_code == 2 and "has docs already" in result.stderr
    assert tree(tmp_path / "elsewhere") == {}


def test_what_a_team_ignores_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("node_modules\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/own.md").write_text("# Ours")
    result = init(tmp_path, "--yes")
    assert result.exit_code == 0
    assert (tmp_path / ".gitignore").read_text() == "node_modules\n"
    assert "/build/ and /site/" in result.stdout
    assert {"docs/own.md", "docs/about.md"} < tree(tmp_path).keys()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    assert init(tmp_path / "x", "--yes").exit_code == 2
    result = init(tmp_path / "x/y", "--yes")
    assert result.exit_code == 2 and "cannot write" in result.stderr


# -- stopped, or refused by the disk -------------------------------------------------------------


def test_nobody_there_to_answer(tmp_path: Path) -> None:
    result = init(tmp_path / "new")
    assert result.exit_code == 2 and "--yes" in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("somebody")
def test_questions_have_answers_to_take(tmp_path: Path) -> None:
    answers = "api\nNotewise\n\nhelp@notewise.example\n\n"
    result = call("init", tmp_path, answers=answers)
    assert result.exit_code == 0, result.output
    assert "Who is responsible for it? [Notewise]" in result.output
    header = load_project(tmp_path, DAY).policy.header
    assert header and (header.service, header.controllers[0].name) == ("Notewise", "Notewise")
    assert header.controllers[0].contact == "help@notewise.example"
    assert load_project(tmp_path, DAY).policy.data.keys() == {"requests", "outputs", "account"}


@pytest.mark.usefixtures("somebody")
@pytest.mark.parametrize("answers", ["api\nNotewise\n", "\n\n\n\nn\n"])
def test_whoever_stops_half_way_has_nothing(answers: str, tmp_path: Path) -> None:
    result = call("init", tmp_path / "new", answers=answers)
    assert result.exit_code == 2 and "stopped; nothing was written" in result.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("where", ["fsync", "link", "rename"])
@pytest.mark.parametrize("how", ["full", "interrupted", "ended"])
def test_all_or_nothing(
    how: str, where: str, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the third file, and at the last piece that is put in its place."""
    folder = tmp_path / "new"
    if there:
        (folder / "docs").mkdir(parents=True)
        (folder / "docs/own.md").write_text("ours")
    elif where == "link":
        pytest.skip("a new folder comes in one piece")
    before = tree(tmp_path)
    owner, name = (Path, "rename") if where == "rename" else (os, where)
    real, left = getattr(owner, name), [{"fsync": 3, "link": 3, "rename": 2 if there else 1}[where]]

    def broken(*args: object, **kwargs: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            if how == "interrupted":
                raise KeyboardInterrupt
            if how == "ended":
                os.kill(os.getpid(), signal.SIGTERM)
            else:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, broken)
    result = init(folder, "--yes")
    monkeypatch.undo()
    assert left[0] <= 0
    assert result.exit_code == {"full": 2, "interrupted": 130, "ended": 143}[how]
    told = {"full": "No space left", "interrupted": "interrupted", "ended": "told to stop"}
    assert told[how] in result.stderr
    assert tree(tmp_path) == before


def test_two_at_once_leave_one_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one has put its policy in place after this one looked."""
    real = Path.rename

    def slow(path: Path, target: Path) -> Path:
        if path.name == "policy_data":
            target.mkdir()
            (target / "policy.yml").write_text("theirs")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", slow)
    result = init(tmp_path, "--yes", "--service", "Ours")
    assert result.exit_code == 2
    assert tree(tmp_path) == {"policy_data/policy.yml": b"theirs"}
