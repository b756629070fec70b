"""What is done to make the engine quick changes nothing that it makes."""

from pathlib import Path

import markdown
import pytest

from aboveboard.commands.build import build
from aboveboard.site import engine

from . import projects
from .projects import DAY

BLOCK = '<div class="ab-body">\n<p id="one">*a* | b [c](d) :e: ==f==</p>\n<hr>\n</div>'


def made(root: Path, out: Path) -> dict[str, bytes]:
    """What the engine makes of the tree of a project."""
    tree = root / "build" / "en"
    config, cache = str(tree / "mkdocs.yml"), str(tree / "templates")
    assert engine.build(config, str(out), DAY.isoformat(), cache) == {"warnings": []}
    return contents(out)


def contents(site: Path) -> dict[str, bytes]:
    files = (f for f in site.rglob("*") if f.suffix in (".html", ".json"))
    return {f.relative_to(site).as_posix(): f.read_bytes() for f in files}


def test_pages_are_the_same_as_if_the_engine_had_parsed_them(
    demo_site: Path, tmp_path: Path
) -> None:
    ours = contents(demo_site)
    parsed = made(demo_site.parent, tmp_path / "parsed")
    assert ours.keys() == parsed.keys() and len(ours) > 60
    assert {path for path in ours if ours[path] != parsed[path]} == set()


@pytest.mark.parametrize("extension", sorted(engine.HARMLESS))
def test_a_block_passes_through_each_extension(extension: str) -> None:
    assert engine.is_block(BLOCK)
    assert markdown.markdown(BLOCK, extensions=[extension]) == BLOCK


@pytest.mark.parametrize(
    "text",
    [
        "A text.",
        BLOCK.replace("<hr>", "\n*x*"),
        BLOCK.replace("<hr>", "```\n*x*\n```"),
        BLOCK.replace("<hr>", "\t<hr>"),
        f"{BLOCK}\n*x*",
        f"*x*\n{BLOCK}",
    ],
)
def test_no_other_text_is_taken_for_a_block(text: str) -> None:
    assert not engine.is_block(text)


def test_what_a_team_lets_markdown_do_is_done(tmp_path: Path) -> None:
    """An extension that changes raw HTML, and a plugin that changes the text of a page."""
    root = projects.write(tmp_path)
    (root / "hook.py").write_text(
        "def on_page_markdown(markdown, **_):\n"
        "    return markdown.replace('<h1>', '<h1 hooked=\"\">')\n"
    )
    (root / "mkdocs.yml").write_text(
        "site_name: x\nhooks: [../../hook.py]\n"
        "markdown_extensions: [{pymdownx.striphtml: {strip_attributes: [class]}}]\n"
    )
    page = (projects.built(root) / "controls" / "index.html").read_text("utf-8")
    assert '<h1 hooked="">' in page and 'class="ab-head"' not in page


def test_an_anchor_of_a_generated_page_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = projects.write(tmp_path)
    (root / "docs").mkdir()
    own = root / "docs" / "own.md"
    own.write_text("# Own\n\n[there](controls/training/index.md#top)\n")
    assert build(root, as_of=DAY) == 0
    own.write_text("# Own\n\n[there](controls/training/index.md#gone)\n")
    assert build(root, as_of=DAY) == 1
    assert "does not contain an anchor '#gone'" in capsys.readouterr().err
