"""Pictures that people hand on: the label as a file, and the preview of a shared link."""

import struct
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from aboveboard.load import load_project
from aboveboard.site import shared
from aboveboard.site.book import Book, make
from aboveboard.site.label import Label, label
from aboveboard.site.pictures import card
from aboveboard.site.pictures.label import bands, draw

from . import projects

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def book() -> Book:
    return make(load_project(projects.ROOT, projects.DAY))


@pytest.fixture(scope="module")
def found(book: Book) -> Label:
    return label(book.project)


def named(book: Book, service: str) -> Book:
    """The book of a service that is called something else."""
    called = replace(book)
    vars(called)["header"] = SimpleNamespace(service=service)
    return called


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(e.itertext()) for e in element.iter(f"{SVG}text"))


def test_the_label_says_whose_it_is_and_each_of_its_rows(book: Book, found: Label) -> None:
    file = ElementTree.fromstring(draw(book, found).file)
    shown, said = words(file), file.findtext(f"{SVG}desc") or ""
    day = f"{projects.DAY.day} {projects.DAY:%B %Y}"
    assert f"Example Assistant, {day}" in shown and f"Example Assistant, {day}" in said
    names = [band.name for band in bands(found)]
    assert names == ["Used, no switch", "You decide", "Not used, with exceptions", "Never used"]
    for band in bands(found):
        excepted = {", except " in row.sentence.whole for row in band.rows}
        assert excepted == {band.name == "Not used, with exceptions"}
    assert len(found.rows) > 6
    for row in found.rows:
        assert row.sentence.whole in shown and row.sentence.whole in said
        assert row.who in shown and row.who in said


def test_the_label_is_a_file_that_needs_no_other(book: Book, found: Label) -> None:
    file = draw(book, found).file
    assert "class=" not in file and "href" not in file and "style" not in file
    assert "var(" not in file and file.count("xmlns=") == 1


def test_a_row_of_the_label_cannot_leave_it(book: Book, found: Label) -> None:
    row = replace(found.yours[0], who='" class="full"><script>1</script>')
    drawn = draw(book, replace(found, yours=[row]))
    assert "<script" not in drawn.file + drawn.picture
    assert "script>1" in words(ElementTree.fromstring(drawn.file)).replace(" ", "")


def test_a_draft_says_so_wherever_its_label_goes(book: Book, found: Label) -> None:
    drawn = draw(replace(book, draft=True), found)
    assert drawn.file.count("Draft. Not published.") == 2
    assert "Draft. Not published." in card._svg(replace(book, draft=True), found)


def test_the_preview_is_a_png_of_the_size_that_readers_of_links_want(book: Book) -> None:
    made = shared.files(book)[shared.PREVIEW]
    assert isinstance(made, bytes) and made.startswith(b"\x89PNG\r\n")
    assert struct.unpack_from(">II", made, 16) == (1200, 630) and len(made) < 100_000


def test_the_same_words_make_the_same_preview(book: Book, found: Label) -> None:
    first = card.card(book, found)
    card._png.cache_clear()
    assert card.card(book, found) == first
    later = named(book, "Another Assistant")
    assert card.card(later, found) != first


@pytest.mark.parametrize("service", ["W" * 200, "An assistant " * 30, "שירות לדוגמה", "Помощник"])
def test_any_name_fits_the_preview(book: Book, found: Label, service: str) -> None:
    drawn = ElementTree.fromstring(card._svg(named(book, service), found))
    texts = list(drawn.iter(f"{SVG}text"))
    assert len(texts) <= card.LINES + 3 and service.split(maxsplit=1)[0][:5] in words(drawn)
    for text in texts:
        size, said = int(text.get("font-size", "0")), text.text or ""
        assert card.EDGE + card.width(said, size) <= card.WIDE
        assert int(text.get("y", "0")) < card.HIGH - 20
    below = [int(text.get("y", "0")) for text in texts]
    assert below == sorted(set(below))


def test_a_name_that_our_letters_cannot_write_is_left_out(book: Book, found: Label) -> None:
    assert card.written("Ünïcode, Ωμέγα & Жук — “x”") and not card.written("例のサービス")
    shown = card._svg(named(book, "例のサービス"), found)
    assert "What this service does with your data" in words(ElementTree.fromstring(shown))


def test_no_line_is_wider_than_its_letters(tmp_path: Path) -> None:
    """The widths that lines are cut by are never less than those of the letters themselves."""
    data = card.FILES[1].read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    at = {
        t: o
        for t, _, o, _ in (struct.unpack_from(">4sIII", data, 12 + 16 * n) for n in range(tables))
    }
    per_em = struct.unpack_from(">H", data, at[b"head"] + 18)[0]
    for text in ("What Example Assistant does with your data", "WWW mmm", "iii. lll", "2026 @ 50%"):
        glyphs = sum(advance(data, at, ord(c)) for c in text)
        assert glyphs / per_em <= card.width(text, 1), text


def advance(data: bytes, at: dict[bytes, int], code: int) -> int:
    """The width of a letter, in units of the font, by its tables."""
    cmap = at[b"cmap"]
    table = next(
        cmap + offset
        for n in range(struct.unpack_from(">H", data, cmap + 2)[0])
        for _, _, offset in [struct.unpack_from(">HHI", data, cmap + 4 + 8 * n)]
        if struct.unpack_from(">H", data, cmap + offset)[0] == 4
    )
    many = struct.unpack_from(">H", data, table + 6)[0] // 2
    n = next(
        n for n in range(many) if struct.unpack_from(">H", data, table + 14 + 2 * n)[0] >= code
    )
    start, delta, ranged = (
        struct.unpack_from(">H", data, table + 16 + 2 * many * k + 2 * n)[0] for k in (1, 2, 3)
    )
    glyph = (code + delta) & 0xFFFF
    if ranged:
        place = table + 16 + 6 * many + 2 * n + ranged + 2 * (code - start)
        glyph = (struct.unpack_from(">H", data, place)[0] + delta) & 0xFFFF
    longest = struct.unpack_from(">H", data, at[b"hhea"] + 34)[0]
    width: int = struct.unpack_from(">H", data, at[b"hmtx"] + 4 * min(glyph, longest - 1))[0]
    return width


def test_links_that_are_shared_name_the_preview_by_its_whole_address(tmp_path: Path) -> None:
    root = projects.write(tmp_path)
    config = "site_name: Ours\nsite_url: https://data.example.org/you\n"
    (root / "mkdocs.yml").write_text(config, "utf-8")
    site = projects.built(root)
    page = (site / "controls" / "index.html").read_text("utf-8")
    assert '<meta property="og:image" content="https://data.example.org/you/preview.png">' in page
    assert '<meta property="og:url" content="https://data.example.org/you/controls/">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert (site / "preview.png").is_file()


def test_without_an_address_nothing_points_to_it(small_site: Path) -> None:
    assert (small_site / "preview.png").is_file() and (small_site / "label.svg").is_file()
    assert "og:image" not in (small_site / "index.html").read_text("utf-8")
