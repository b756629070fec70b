"""A built site on any host: headers as files, compressed copies, nothing that no page asks for."""

import gzip
import re
import shutil
from pathlib import Path

import brotli
import pytest

from aboveboard.commands.build import build
from aboveboard.site.hosting import HEADERS, SMALLEST, apache, settle

from . import projects


@pytest.fixture(scope="module")
def compressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = projects.write(tmp_path_factory.mktemp("compressed"))
    assert build(root, as_of=projects.DAY, compress=True) == 0
    return root / "site"


def test_each_text_has_copies_of_the_same_content(compressed: Path) -> None:
    copies = 0
    for file in compressed.rglob("*"):
        if file.suffix in (".html", ".css", ".js", ".json") and file.stat().st_size >= SMALLEST:
            raw = file.read_bytes()
            assert gzip.decompress(file.with_name(f"{file.name}.gz").read_bytes()) == raw
            small = file.with_name(f"{file.name}.br").read_bytes()
            assert brotli.decompress(small) == raw and len(small) < len(raw)
            copies += 1
    assert copies > 20


def test_without_the_option_there_are_none(small_site: Path) -> None:
    assert not [f for f in small_site.rglob("*") if f.suffix == ".br"]


def test_every_file_is_asked_for_by_a_page_or_is_for_programs(demo_site: Path) -> None:
    pages = "".join(f.read_text("utf-8") for f in demo_site.rglob("*.html"))
    assets = [f for f in (demo_site / "assets").rglob("*") if f.is_file()]
    assert {f.name for f in assets if f.name not in pages} == set()
    assert sum(f.stat().st_size for f in assets) < 400_000


def rules(text: str) -> dict[str, dict[str, str]]:
    """`_headers` as the hosts read it: a pattern, and its headers below it."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            here = found.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            here[name] = value
    return found


def test_the_headers_name_each_file_that_never_changes(demo_site: Path) -> None:
    found = rules((demo_site / "_headers").read_text("utf-8"))
    assert found["/*"].items() >= HEADERS.items()
    assert found["/*"]["Cache-Control"].endswith("must-revalidate")
    lasting = [pattern for pattern in found if pattern != "/*"]
    assert len(lasting) == len(list((demo_site / "assets").glob("*.????????.*"))) >= 5
    for pattern in lasting:
        assert (demo_site / pattern[1:]).is_file() and "! Cache-Control" in found[pattern]
        assert "immutable" in found[pattern]["Cache-Control"]


def test_the_policy_of_the_page_and_of_the_header_agree(demo_site: Path) -> None:
    page = (demo_site / "index.html").read_text("utf-8")
    said = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert said and HEADERS["Content-Security-Policy"] == f"{said[1]}; frame-ancestors 'none'"
    assert "unsafe" not in said[1] and "http" not in said[1] and "*" not in said[1]
    assert f'Content-Security-Policy "{HEADERS["Content-Security-Policy"]}"' in apache()
    hosting = Path("docs/how-to/hosting.md").read_text("utf-8")
    for name in ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options"):
        assert f'add_header {name} "{HEADERS[name]}" always;' in hosting


def test_compressing_twice_gives_the_same_bytes(tmp_path: Path, small_site: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(small_site, tmp_path / name)
        settle(tmp_path / name, compress=True)
    one, two = (
        {
            f.relative_to(tmp_path / n).as_posix(): f.read_bytes()
            for f in (tmp_path / n).rglob("*.*z")
        }
        for n in ("one", "two")
    )
    assert one and one == two
