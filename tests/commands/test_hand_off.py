"""The hand-off against a forge at the HTTP boundary, from recorded events of the true shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.commands.conftest import ENVIRONMENT, SOONER, Make
from tests.commands.forge import ME, TOKEN, Answer, Fake, running
from tests.commands.test_diff import DEMO, commit, edit, everything, git

from aboveboard.cli import main

FORGES = ("github", "gitlab")
BROKEN = ("pipeline/searches.yml", "min_distinct: 50", "min_distinct: 20")


def call(where: str, root: Path, *options: str) -> Result:
    arguments = ["hand-off", where, "--project", str(root), "--as-of", "2026-12-01", *options]
    result = CliRunner().invoke(main, arguments)
    assert TOKEN not in result.output
    return result


# -- what is told --------------------------------------------------------------------------------


@pytest.mark.parametrize("where", FORGES)
def test_the_first_run_adds_a_comment_and_sets_the_status(
    where: str, request_: Make, forge: Fake
) -> None:
    root = request_(SOONER)
    before = everything(root)

    result = call(where, root)

    assert result.exit_code == 0, result.output
    (comment,) = forge.comments
    assert comment["body"].startswith("<!-- aboveboard hand-off ")
    assert "the time to answer is now 14 days; it was 1 month." in comment["body"]
    (status,) = forge.statuses
    assert status["state"] == "success"
    assert (
        status["description"].startswith("0 errors, ") and "1 strengthens" in status["description"]
    )
    assert status["commit"] == git(root, "rev-parse", "HEAD").strip()
    assert forge.tokens == {TOKEN} and everything(root) == before


@pytest.mark.parametrize("where", FORGES)
def test_a_later_run_changes_the_comment_and_adds_none(
    where: str, request_: Make, forge: Fake
) -> None:
    root = request_(SOONER)
    assert call(where, root).exit_code == 0
    edit(root, *BROKEN)

    result = call(where, root)

    assert result.exit_code == 1
    (comment,) = forge.comments
    assert "### Errors" in comment["body"] and "**weaker-parameter**" in comment["body"]
    assert [status["state"] for status in forge.statuses] == ["success", "failed" if where == "gitlab" else "failure"]  # fmt: skip


def test_a_weakening_without_a_record_is_red(request_: Make, forge: Fake) -> None:
    """What only a comparison with the base finds is in the comment too."""
    root = request_(("policy_data/policy.yml", "k: 50", "k: 40"))

    assert call("github", root).exit_code == 1

    assert "**unannounced-change**" in forge.comments[0]["body"]
    assert forge.statuses[0]["state"] == "failure"


@pytest.mark.parametrize("where", FORGES)
def test_a_run_with_nothing_new_leaves_the_comment_alone(
    where: str, request_: Make, forge: Fake
) -> None:
    root = request_(SOONER)
    call(where, root)
    forge.asked.clear()

    call(where, root)

    assert [path for method, path in forge.asked if method != "GET"] == [path for _, path in forge.asked if "/statuses/" in path]  # fmt: skip


@pytest.mark.parametrize("where", FORGES)
def test_comments_of_others_are_left_alone_even_if_they_copy_ours(
    where: str, request_: Make, forge: Fake
) -> None:
    """Whoever wrote a comment can change it later, so a copy must never become our report."""
    root = request_(SOONER)
    call(where, root)
    ours = forge.comments[0]["body"]
    stranger = {"id": 66, "login": "stranger", "type": "User"}
    forge.comments[:] = [forge.comment(ours, stranger)]

    call(where, root)

    assert [it["user"]["login"] for it in forge.comments] == ["stranger", "aboveboard-bot"]


@pytest.mark.parametrize("where", FORGES)
def test_ours_is_found_behind_hundreds_of_others_and_a_second_one_goes(
    where: str, request_: Make, forge: Fake
) -> None:
    root = request_(SOONER)
    call(where, root)
    ours = forge.comments.pop()
    someone = {"id": 8, "login": "someone", "type": "User"}
    for number in range(230):
        forge.comments.append(forge.comment(f"remark {number}", someone))
    forge.comments += [{**ours, "id": 900, "body": ours["body"] + "old"}, {**ours, "id": 901}]

    assert call(where, root).exit_code == 0

    mine = [it for it in forge.comments if it["user"] == ME]
    assert [it["id"] for it in mine] == [900] and mine[0]["body"] == ours["body"]


def test_a_person_s_token_knows_its_own_comment(request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    call("github", root)
    forge.comments[0]["user"] = {"id": 7, "login": "aboveboard-bot", "type": "User"}

    call("github", root)

    assert len(forge.comments) == 1 and ("GET", "/user") in forge.asked


def test_the_changes_of_the_base_since_are_not_told(request_: Make, forge: Fake) -> None:
    """The request is compared with where it began, whatever was merged meanwhile."""
    root = request_(SOONER)
    git(root, "checkout", "-q", "main")
    edit(root, "policy_data/policy.yml", "k: 50", "k: 40")
    commit(root)
    tip = git(root, "rev-parse", "HEAD").strip()
    git(root, "checkout", "-q", "longer")
    event = Path(root.parent / "event.json")
    said = json.loads(event.read_text("utf-8"))
    said["pull_request"]["base"]["sha"] = tip
    event.write_text(json.dumps(said), "utf-8")

    call("github", root)

    assert "1 change" in forge.comments[0]["body"] and "k 40" not in forge.comments[0]["body"]


def test_a_first_policy_is_compared_with_nothing(request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    git(root, "checkout", "-q", "--orphan", "fresh")
    git(root, "rm", "-r", "-q", "--cached", "policy_data")
    git(root, "commit", "-q", "-m", "before any policy")
    base = git(root, "rev-parse", "HEAD").strip()
    commit(root)

    result = call("github", root, "--base", base)

    assert result.exit_code == 0, result.output
    assert "There was no policy before" in forge.comments[0]["body"]


def test_the_summary_of_the_run_has_the_report_too(request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    call("github", root)
    assert (root.parent / "summary.md").read_text("utf-8") == forge.comments[0]["body"]


def test_a_dry_run_sends_nothing(request_: Make, forge: Fake) -> None:
    result = call("github", request_(SOONER), "--dry-run")
    assert result.exit_code == 0 and forge.asked == []
    assert result.stdout.startswith("<!-- aboveboard hand-off ")


def test_the_redline_is_written_whole_or_not_at_all(request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    file = root.parent / "redline.html"

    assert call("github", root, "--redline", str(file)).exit_code == 0
    lost = call("github", root, "--redline", str(root.parent / "nowhere/redline.html"))

    assert file.read_text("utf-8").endswith("</html>\n")
    assert lost.exit_code == 2 and "cannot write" in lost.stderr
    assert [it.name for it in root.parent.glob(".redline*")] == []


def test_words_of_a_policy_are_no_commands_of_the_log(request_: Make) -> None:
    name = "name: your account number"
    root = request_(("policy_data/policy.yml", name, "name: '::error::x ##[error]y'"))

    lines = call("github", root).stdout.splitlines()

    stop, token = lines[0].split("::")[1:]
    assert stop == "stop-commands" and len(token) == 32 and lines[-1] == f"::{token}::"
    assert any("##[error]y" in line for line in lines[1:-1])


# -- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize("where", FORGES)
@pytest.mark.parametrize("edits", [(SOONER,), (SOONER, BROKEN)])
def test_a_fork_without_the_right_to_write_is_told_and_the_check_decides(
    where: str, edits: Any, request_: Make, forge: Fake
) -> None:
    root = request_(*edits, fork=True)
    forge.readonly = True

    result = call(where, root)

    assert result.exit_code == len(edits) - 1
    assert "the comment was not sent (403: Resource not accessible by integration)" in result.stderr
    assert "come from a fork, whose runs may not write" in result.stderr
    assert forge.comments == []


@pytest.mark.parametrize("where", FORGES)
def test_a_lost_permission_names_what_the_token_needs(
    where: str, request_: Make, forge: Fake
) -> None:
    root = request_(SOONER)
    forge.readonly = True
    result = call(where, root)
    assert result.exit_code == 0
    assert "permissions: {pull-requests: write" in result.stderr or "scope 'api'" in result.stderr


@pytest.mark.parametrize("where", FORGES)
def test_without_a_token_nothing_is_sent(
    where: str, request_: Make, forge: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = request_(SOONER)
    monkeypatch.delenv("GITHUB_TOKEN")
    monkeypatch.delenv("ABOVEBOARD_TOKEN")
    result = call(where, root)
    assert result.exit_code == 0 and forge.asked == []
    assert "nothing was sent: there is no token" in result.stderr


NOT_FOUND: Answer = (404, {}, {"message": "Not Found"})
BAD_TOKEN: Answer = (401, {}, {"message": "Bad credentials"})


@pytest.mark.parametrize("where", FORGES)
def test_a_request_that_is_not_there(where: str, request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    forge.refusals = [NOT_FOUND, NOT_FOUND]
    result = call(where, root)
    assert result.exit_code == 0 and "was not sent (404: Not Found)" in result.stderr


@pytest.mark.parametrize("where", FORGES)
def test_a_refused_token_is_exit_2(where: str, request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    forge.refusals = [BAD_TOKEN] * 4
    result = call(where, root)
    assert result.exit_code == 2 and "(401: Bad credentials)" in result.stderr


@pytest.mark.parametrize("where", FORGES)
def test_a_server_in_trouble_is_asked_again(
    where: str, request_: Make, forge: Fake, waits: list[float]
) -> None:
    root = request_(SOONER)
    forge.refusals = [(502, {}, None), (503, {"Retry-After": "7"}, {"message": "later"})]

    result = call(where, root)

    assert result.exit_code == 0, result.output
    assert waits == [2.0, 7.0] and len(forge.comments) == 1 and len(forge.statuses) == 1


@pytest.mark.parametrize("where", FORGES)
def test_a_comment_whose_answer_was_lost_is_not_added_twice(
    where: str, request_: Make, forge: Fake
) -> None:
    root = request_(SOONER)
    forge.lost = True
    assert call(where, root).exit_code == 0
    assert len(forge.comments) == 1


@pytest.mark.parametrize("where", FORGES)
def test_a_server_that_stays_in_trouble_is_left_within_bounds(
    where: str, request_: Make, forge: Fake, waits: list[float]
) -> None:
    root = request_(SOONER)
    forge.refusals = [(500, {}, {"message": "no"})] * 100

    result = call(where, root)

    assert result.exit_code == 2 and "however often it was tried (500: no)" in result.stderr
    assert len(forge.asked) == 10 and sum(waits) <= 2 * 120


LIMITS: dict[str, Answer] = {
    "primary": (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}, {"message": "API rate limit exceeded"}),
    "secondary": (403, {"Retry-After": "30"}, {"message": "You have exceeded a secondary rate limit"}),
    "unsaid": (429, {}, {"message": "Too many"}),
}  # fmt: skip


@pytest.mark.parametrize(("limit", "wait"), [("primary", 1.0), ("secondary", 30.0), ("unsaid", 60.0)])  # fmt: skip
def test_a_rate_limit_is_waited_for(
    limit: str, wait: float, request_: Make, forge: Fake, waits: list[float]
) -> None:
    root = request_(SOONER)
    forge.refusals = [LIMITS[limit]]
    assert call("github", root).exit_code == 0
    assert waits == [wait] and len(forge.comments) == 1


def test_a_limit_that_ends_too_late_is_not_waited_for(
    request_: Make, forge: Fake, waits: list[float]
) -> None:
    root = request_(SOONER)
    forge.refusals = [(429, {"Retry-After": "3600"}, {"message": "Too many"})]
    result = call("github", root)
    assert result.exit_code == 2 and waits == []
    assert "rate limit, 429: Too many" in result.stderr


def test_the_token_follows_no_redirection(request_: Make, forge: Fake) -> None:
    root = request_(SOONER)
    with running() as elsewhere:
        forge.refusals = [(301, {"Location": f"{elsewhere.address}/moved"}, None)]
        result = call("github", root)
        assert elsewhere.asked == []
    assert "this project has moved" in result.stderr


def test_the_token_goes_out_encrypted_only(request_: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = request_(SOONER)
    monkeypatch.setenv("GITHUB_API_URL", "http://api.example.org")
    result = call("github", root)
    assert result.exit_code == 2 and "no token is sent there" in result.stderr


@pytest.mark.parametrize("where", FORGES)
def test_nothing_answers(where: str, request_: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = request_(SOONER)
    monkeypatch.setenv("GITHUB_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("CI_API_V4_URL", "http://127.0.0.1:9")
    result = call(where, root)
    assert result.exit_code == 2 and "no answer" in result.stderr
    assert "0 errors" in result.stdout  # the report itself is not lost


@pytest.mark.parametrize(("where", "help_"), [("github", "fetch-depth: 0"), ("gitlab", "GIT_DEPTH: 0")])  # fmt: skip
def test_a_shallow_clone_says_what_to_do_there_too(
    where: str, help_: str, request_: Make, forge: Fake, tmp_path: Path
) -> None:
    """Also in the comment, since an older report must not stand as if it were of now."""
    root = request_(SOONER)
    git(tmp_path, "clone", "-q", "--depth", "1", "-b", "longer", f"file://{root}", "shallow")

    result = call(where, tmp_path / "shallow")

    assert result.exit_code == 2 and help_ in result.stderr
    assert "## Aboveboard could not run" in forge.comments[0]["body"]
    assert help_ in forge.comments[0]["body"].replace("&#8203;", "").replace("\\", "")
    assert forge.statuses[0]["state"] in ("error", "failed")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cannot be read"),
        ("[]", "has no pull request: run this on 'pull_request'"),
        ('{"push": 1}', "the event 'pull_request' has no pull request"),
        ('{"pull_request": {"number": "1"}}', "is not of the shape"),
        ('{"pull_request": {"number": 1, "base": {"sha": "--x"}, "head": {"sha": "y"}}}', "shape"),
    ],
)
def test_an_event_that_is_none(request_: Make, forge: Fake, text: str, words: str) -> None:
    root = request_(SOONER)
    (root.parent / "event.json").write_text(text)
    result = call("github", root)
    assert result.exit_code == 2 and words in result.stderr and forge.asked == []


@pytest.mark.parametrize("where", FORGES)
def test_outside_of_a_run_it_says_where_it_belongs(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    result = call(where, DEMO)
    assert result.exit_code == 2 and "is not set: run this in a" in result.stderr
