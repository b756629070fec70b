"""A site that knows its address: canonical links, the sitemap, the feed, the page for lost readers."""

import gzip
import re
from datetime import date
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest
from tests.review import releases

from aboveboard.commands.build import build

from . import projects

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
DAY = date(2026, 12, 5)
HOMES = ("https://example.org/", "https://example.org/privacy/")


def made(root: Path, address: str, *, draft: bool = False) -> Path:
    """The site of a project with releases at an address; "" for none."""
    releases.three(root)
    line = f"site_url: {address}\n" if address else ""
    (root / "mkdocs.yml").write_text(f"site_name: Notewise\n{line}", "utf-8")
    assert build(root, as_of=DAY, draft=draft) == 0
    return root / "site"


@pytest.fixture(scope="module", params=HOMES)
def placed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    home: str = request.param
    return made(tmp_path_factory.mktemp("placed"), home.rstrip("/")), home


@pytest.fixture(scope="module")
def unplaced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("unplaced"), "")


def address_of(site: Path, page: Path, home: str) -> str:
    return home + page.relative_to(site).as_posix().removesuffix("index.html")


def heads(site: Path) -> dict[Path, list[dict[str, str | None]]]:
    """The `link` and `meta` elements of each page that has an address of its own."""
    return {
        site / path: [attributes for tag, attributes in page.tags if tag in ("link", "meta")]
        for path, page in projects.pages(site).items()
        if path != "404.html"
    }


def canonical(head: list[dict[str, str | None]]) -> list[str | None]:
    return [link["href"] for link in head if link.get("rel") == "canonical"]


def indexed(head: list[dict[str, str | None]]) -> bool:
    return not [meta for meta in head if meta.get("name") == "robots"]


def listed(site: Path) -> list[str]:
    root = ElementTree.fromstring((site / "sitemap.xml").read_bytes())
    return [str(place.text) for place in root.iterfind("s:url/s:loc", SITEMAP)]


def test_each_page_names_its_own_address(placed: tuple[Path, str]) -> None:
    site, home = placed
    for page, head in heads(site).items():
        assert canonical(head) == [address_of(site, page, home)]


def test_the_sitemap_lists_each_page_that_may_be_found_and_no_other(
    placed: tuple[Path, str],
) -> None:
    site, home = placed
    found = {page: indexed(head) for page, head in heads(site).items()}
    wanted = sorted(address_of(site, page, home) for page, may in found.items() if may)
    assert sorted(listed(site)) == wanted
    assert len(wanted) > 20 and not all(found.values())
    raw = (site / "sitemap.xml").read_bytes()
    assert gzip.decompress((site / "sitemap.xml.gz").read_bytes()) == raw
    days = ElementTree.fromstring(raw).iterfind("s:url/s:lastmod", SITEMAP)
    assert {day.text for day in days} == {DAY.isoformat()}


def test_the_feed_leads_to_pages_wherever_it_is_read(placed: tuple[Path, str]) -> None:
    site, home = placed
    feed = feedparser.parse((site / "changes.xml").read_bytes())
    links = [link.href for place in (feed.feed, *feed.entries) for link in place.links]
    assert not feed.bozo and len(links) == 5
    for link in links:
        assert link.startswith(home)
        path = link.removeprefix(home)
        assert (site / (f"{path}index.html" if path.endswith("/") else path)).is_file()


def test_the_feed_is_named_by_every_page(placed: tuple[Path, str]) -> None:
    site, home = placed
    for page, head in heads(site).items():
        (link,) = [one for one in head if one.get("type") == "application/atom+xml"]
        assert link["rel"] == "alternate"
        assert urljoin(address_of(site, page, home), str(link["href"])) == f"{home}changes.xml"


def test_the_text_for_models_has_whole_links(placed: tuple[Path, str]) -> None:
    site, home = placed
    links = re.findall(r"\]\((.*?)\)", (site / "llms.txt").read_text("utf-8"))
    assert len(links) > 20 and all(link.startswith(home) for link in links)


def test_a_lost_reader_at_any_depth_is_led_back(placed: tuple[Path, str]) -> None:
    site, home = placed
    page = projects.pages(site)["404.html"]
    assert "There is no page here" in page.words
    asked = [
        str(a.get("href") or a.get("src")) for _, a in page.tags if a.get("href") or a.get("src")
    ]
    for link in asked:
        if link.startswith(("#", "mailto:")):
            continue
        path = urljoin(f"{home}a/page/that/is/not/there", link)
        assert path.startswith(home), link
        file = site / path.removeprefix(home).partition("#")[0]
        assert (file / "index.html" if path.endswith("/") else file).is_file(), link


def test_without_an_address_nothing_claims_one(unplaced: Path) -> None:
    assert not any(canonical(head) for head in heads(unplaced).values())
    assert not (unplaced / "sitemap.xml").exists() and not (unplaced / "sitemap.xml.gz").exists()
    feed = ElementTree.fromstring((unplaced / "changes.xml").read_bytes())
    links = [link.get("href") for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert links[:2] == ["changes.xml", "changes/"]


def test_a_draft_is_in_no_sitemap(tmp_path: Path) -> None:
    site = made(tmp_path, HOMES[0], draft=True)
    assert not (site / "sitemap.xml").exists()
    assert not any(indexed(head) for head in heads(site).values())
