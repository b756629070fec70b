"""What a build takes from the team: pages, theme overrides, and what stays out."""

from pathlib import Path

import pytest

from aboveboard.site import sources, worker
from aboveboard.site.page import Page
from aboveboard.site.tree import write


def test_overrides_hidden_and_excluded_files_stay_out(tmp_path: Path) -> None:
    names = ("a.md", "overrides/main.html", ".secret", "sub/.x.md", "dev.md", "img/b.png")
    write(tmp_path, {f"docs/{name}": "" for name in names})
    write(tmp_path / "conf", {"mkdocs.yml": "site_name: x\nexclude_docs: |\n  dev.md\n"})
    with worker.started() as engine:
        team = engine.team(tmp_path / "conf" / "mkdocs.yml")
    own = sources.hand_written(tmp_path, team)
    assert sorted(own.files) == ["a.md", "img/b.png"]
    assert own.pages == ["a.md"]


def test_the_overrides_of_the_team_win(tmp_path: Path) -> None:
    write(tmp_path, {"look/404.html": "mine", "look/extra.html": "more"})
    (tmp_path / "mkdocs.yml").write_text("theme: {name: material, custom_dir: look}\n")
    with worker.started() as engine:
        team = engine.team(tmp_path / "mkdocs.yml")
    files, assets = sources.theme(tmp_path, team, "foot", b"[]")
    assert files["404.html"] == b"mine" and files["extra.html"] == b"more"
    assert b"@layer material{" in files[assets["style"]] and "main.html" in files
    assert b"use strict" in files[assets["rules"]] and not any(f.startswith("js/") for f in files)


@pytest.mark.parametrize(
    "path", ["check.md", "check/index.md", "check/README.md", "Check.md", "check/index.html"]
)
def test_a_page_at_a_generated_address_is_told(path: str) -> None:
    pages = [Page("check", "How we check this", "", "")]
    (finding,) = sources.collisions(sources.Own({path: b""}), pages)
    assert finding.rule == "page-collision" and str(finding.location) == f"docs/{path}:1:1"


def test_a_page_at_its_own_address_is_not() -> None:
    pages = [Page("check", "", "", ""), Page("", "", "", "")]
    own = sources.Own({"checks.md": b"", "check/more.md": b"", "img/check.png": b""})
    assert not list(sources.collisions(own, pages))


def test_the_footing_cannot_end_its_css_string() -> None:
    sheet = sources.style_sheet('"; } body { display: none } \\')
    assert r"\22 \3b  \7d  body \7b " in sheet
