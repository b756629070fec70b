"""The rendered tree with other engines than ours: the same pages, titles, anchors and words.

Outside the default run: `make engines` installs the engines and runs it.
"""

import html
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ..site import projects

PROGRAMS = os.environ.get("ABOVEBOARD_ENGINES", "")
pytestmark = pytest.mark.skipif(not PROGRAMS, reason="`make engines` installs them")

ENGINES: dict[str, Callable[[Path, Path], list[str]]] = {
    "properdocs": lambda config, out: ["build", "--strict", "-f", str(config), "-d", str(out)],
    "zensical": lambda config, _: ["build", "--strict", "-f", str(config)],
}
# What an engine adds to a page by itself: a link past the menus, and marks at headings.
_ADDED = re.compile(r'<a href="[^"]*" class="md-skip">.*?</a>|<a class="headerlink".*?</a>', re.S)
_UNSEEN = re.compile(r"<(script|style|title)\b.*?</\1>|<!--.*?-->|<[^>]+>", re.S)


@pytest.fixture(scope="module", params=sorted(ENGINES))
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The demo's site as we build it, and as another engine does from the same tree."""
    root = tmp_path_factory.mktemp(request.param)
    ours = projects.built_demo(root)
    config, out = root / "build" / "en" / "mkdocs.yml", root / "build" / "en" / "site"
    program = Path(PROGRAMS).absolute() / request.param
    command = [str(program), *ENGINES[request.param](config, out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=config.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    return [ours, out]


def pages(site: Path) -> dict[str, str]:
    return {f.relative_to(site).as_posix(): f.read_text("utf-8") for f in site.rglob("*.html")}


def title(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.S)
    assert found
    return html.unescape(found[1])


def anchors(page: str) -> list[str]:
    return sorted(re.findall(r'\sid="([^"]*)"', page))


def words(page: str) -> str:
    body = page[page.index("<body") :]
    return " ".join(html.unescape(_UNSEEN.sub(" ", _ADDED.sub("", body))).split())


@pytest.mark.parametrize("of", [title, anchors, words])
def test_each_page_is_the_same(both: list[Path], of: Callable[[str], object]) -> None:
    ours, theirs = map(pages, both)
    assert ours.keys() == theirs.keys() and len(ours) > 40
    assert {path for path in ours if of(ours[path]) != of(theirs[path])} == set()


def test_the_files_for_programs_and_the_search_are_there(both: list[Path]) -> None:
    for site in both:
        assert (site / "policy.json").is_file() and (site / "llms.txt").is_file()
        assert list((site / "assets").glob("search.*.json"))
