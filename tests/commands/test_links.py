"""`links`: what it says, what it remembers, and how it ends."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from tests.links import host
from tests.site import projects

from aboveboard.checks import LINK_CHECKS
from aboveboard.cli import main
from aboveboard.commands.links import Asking, links, site_of
from aboveboard.links.follow import BACKOFF, PATIENCE, PAUSE, TRIES
from aboveboard.links.run import AT_ONCE
from aboveboard.links.web import ENOUGH

DAY = projects.DAY


@pytest.fixture(scope="module")
def ports() -> Iterator[tuple[int, int]]:
    with host.serving() as found:
        yield found


@pytest.fixture
def asking(ports: tuple[int, int]) -> Asking:
    host.Host.asked.clear()
    return Asking(host.client(ports, host.Clock()), 3600, site="https://site.example/privacy/")


def project(root: Path, url: str = f"{host.HTTPS}/settings") -> Path:
    policy = projects.POLICY.replace("https://notewise.example/settings", url)
    return projects.write(root, policy=policy)


def test_all_is_well(tmp_path: Path, asking: Asking) -> None:
    text, ways, status = links(project(tmp_path), DAY, "text", asking=asking)
    assert (text, status) == ("0 errors; 2 links: 2 reached (2026-12-02)\n", 0)
    assert ways[-1] == "    200 https://notewise.example/settings"
    assert f"policy_data/policy.yml:28:59 {host.HTTPS}/settings reached" in ways


def test_what_is_wrong_is_told_where_it_is_written(tmp_path: Path, asking: Asking) -> None:
    text, _, status = links(project(tmp_path, f"{host.HTTPS}/loop"), DAY, "text", asking=asking)
    assert status == 1
    assert (
        "error[dead-link] 'https://notewise.example/loop' leads nowhere: it leads in a circle"
        in text
    )
    assert (
        "302 https://notewise.example/loop/b -> - https://notewise.example/loop (asked before)"
        in text
    )
    assert "--> policy_data/policy.yml:28:59" in text


def test_offline_is_no_pass(tmp_path: Path, asking: Asking) -> None:
    root = project(tmp_path, "https://nobody.example/settings")
    text, _, status = links(root, DAY, "text", asking=asking)
    assert status == 1 and "error[unreached-link]" in text


def test_a_name_that_is_none_is_dead_while_others_answer(tmp_path: Path, asking: Asking) -> None:
    root = project(tmp_path, "https://nobody.example/settings")
    (root / "policy_data/more.yml").write_text(
        "rights:\n  get:\n    right: access\n"
        f'    how: {{do: [Open Settings], url: "{host.HTTPS}/settings"}}\n'
    )
    text, _, status = links(root, DAY, "text", asking=asking)
    assert status == 1 and "error[dead-link] 'https://nobody.example/settings'" in text


def test_a_second_run_asks_nobody_until_answers_are_old(tmp_path: Path, asking: Asking) -> None:
    root = project(tmp_path)
    clock = host.Clock()
    asking = asking._replace(client=asking.client._replace(clock=lambda: clock.now))
    first = links(root, DAY, "text", asking=asking)[0]
    assert host.Host.asked["/settings"] == 1
    clock.now += 60
    text, ways, _ = links(root, DAY, "text", asking=asking)
    assert text == first and host.Host.asked["/settings"] == 1
    assert {f.name for f in root.iterdir()} == {"policy_data", "pipeline", "build"}
    assert any(way.endswith(f"{host.HTTPS}/settings reached, 0.0 hours ago") for way in ways)
    links(root, DAY, "text", asking=asking._replace(max_age=0))
    assert host.Host.asked["/settings"] == 2


def test_without_the_address_of_the_site_nobody_can_tell(tmp_path: Path, asking: Asking) -> None:
    text, _, status = links(project(tmp_path), DAY, "text", asking=asking._replace(site=""))
    assert status == 1
    assert "error[circular-link] nobody can tell whether 1 links of controls and rights" in text
    assert "--site ADDRESS" in text


def test_what_could_not_be_read_of_a_policy_is_told(tmp_path: Path, asking: Asking) -> None:
    """Its links are not followed, so that it is no pass."""
    root = projects.write(tmp_path, policy=projects.POLICY.replace("kind: switch", "kind: swich"))
    text, _, status = links(root, DAY, "text", asking=asking)
    assert status == 1 and "error[invalid-policy]" in text


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github", "markdown"])
def test_every_reporter_tells_it(tmp_path: Path, asking: Asking, form: str) -> None:
    root = project(tmp_path, f"{host.HTTPS}/gone")
    text, _, status = links(root, DAY, form, asking=asking)
    assert status == 1 and "dead-link" in text
    if form in ("json", "sarif"):
        json.loads(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("site_name: x\nsite_url: https://a.example/b/\n", "https://a.example/b/"),
        ("site_url: !ENV [SITE, x]\n", ""),
        ("site_url: !!python/name:os.system\nextra: !!python/object:x {}\n", ""),
        ("site_url: null\n", ""),
        ("[]\n", ""),
        ("site_url: [\n", ""),
    ],
)
def test_where_the_site_will_lie(tmp_path: Path, text: str, address: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    assert site_of(tmp_path / "mkdocs.yml") == address
    assert site_of(tmp_path / "none.yml") == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--max-age", "1 day"], "1 day"),
        (["--timeout", "0"], "0"),
        (["--report", "pdf=x"], "pdf"),
        (["--project", "nowhere"], "nowhere"),
    ],
)
def test_what_it_cannot_run_with(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(main, ["links", "--project", str(project(tmp_path)), *arguments])
    assert done.exit_code == 2 and said in done.output


def test_a_policy_without_links(tmp_path: Path) -> None:
    """And by the command itself, which finds nobody to ask."""
    policy = projects.POLICY.replace(', url: "https://notewise.example/settings"', "")
    root = projects.write(tmp_path, policy=policy.replace("privacy@notewise.example", "By post"))
    done = CliRunner().invoke(
        main, ["links", "--project", str(root), "--as-of", "2026-12-02", "-v"]
    )
    assert (done.exit_code, done.stdout) == (0, "0 errors; no link in the policy (2026-12-02)\n")
    assert not (root / "build").exists()


def test_the_how_to_says_what_is_there() -> None:
    """`docs/how-to/links.md`: its rules, its options, its numbers."""
    page = (projects.ROOT / "docs/how-to/links.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == set(LINK_CHECKS)
    told = CliRunner().invoke(main, ["links", "--help"]).output
    assert set(re.findall(r"--[a-z][a-z-]+", page)) <= set(re.findall(r"--[a-z-]+", told))
    blocks = re.findall(r"aboveboard (links|build)\b", page)
    assert {"links", "build"} == set(blocks)
    assert yaml.safe_load(page.split("```yaml\n")[1].split("```")[0])["jobs"]["links"]["steps"]
    assert (TRIES, BACKOFF, PATIENCE, PAUSE, AT_ONCE, ENOUGH) == (3, 2, 60, 1, 8, 64 * 1024)
