"""The parts of a preview: what it notices, what its panel says, and what it puts into a page."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from aboveboard.findings import Finding, Location
from aboveboard.site import worker
from aboveboard.site.preview import panel
from aboveboard.site.preview.server import Browsers, Shown, with_panel
from aboveboard.site.preview.watch import Watch, Watched

HOSTILE = '<img src=x onerror="alert(1)">&'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts" / "below").mkdir(parents=True)
    (tmp_path / "names").mkdir()
    for name in ("texts/one.yml", "texts/below/two.yml", "names/three.yml"):
        (tmp_path / name).write_text("one")
    return tmp_path


def watched(folder: Path, *more: Path) -> Watched:
    return Watched(frozenset((folder / "texts", *more)), frozenset((folder / "names",)))


def noticed(folder: Path, change: Callable[[], object], *, after: bool = True) -> bool:
    """Whether a change is noticed: one that comes while nothing is done, or before the wait."""
    watch = Watch()
    watch.seen(watched(folder))
    if not after:
        change()
    waiting = Thread(target=watch.wait, args=(watched(folder),), daemon=True)
    waiting.start()
    if after:
        change()
    waiting.join(5 if after else 2)
    found = not waiting.is_alive()
    (folder / "texts" / "end.yml").write_text("")  # so that the thread ends
    waiting.join(5)
    return found


@pytest.mark.parametrize("after", [True, False])
def test_changes_are_noticed(folder: Path, after: bool) -> None:
    one, two = folder / "texts" / "one.yml", folder / "texts" / "below" / "two.yml"
    changes: list[Callable[[], object]] = [
        lambda: one.write_text("two"),
        two.unlink,
        lambda: (folder / "texts" / "below" / "new.yml").write_text(""),
        lambda: os.replace(folder / "names" / "three.yml", folder / "names" / "four.yml"),
    ]
    for change in changes:
        assert noticed(folder, change, after=after)


def test_what_an_editor_leaves_beside_is_no_change(folder: Path) -> None:
    def change() -> None:
        (folder / "texts" / ".#one.yml").write_text("")
        (folder / "texts" / "one.yml~").write_text("")
        (folder / "names" / "three.yml").write_text("other words")  # only names count here

    assert not noticed(folder, change, after=False)


def test_a_file_that_is_watched_only_since_it_was_read(folder: Path) -> None:
    """It is read anew if it was changed after that, and not if it is as old as it was."""
    late = folder / "names" / "three.yml"
    for young in (True, False):
        watch = Watch()
        if young:
            watch.seen(watched(folder))
            late.write_text("newer")
        else:
            time.sleep(0.05)
            watch.seen(watched(folder))
        waiting = Thread(target=watch.wait, args=(watched(folder, late),), daemon=True)
        waiting.start()
        waiting.join(3 if young else 0.5)
        assert waiting.is_alive() is not young
        (folder / "texts" / f"end-{young}.yml").write_text("")
        waiting.join(5)


def test_the_panel_escapes_all_that_others_wrote() -> None:
    place = Location(HOSTILE, 3, 5, message=HOSTILE)
    finding = Finding(HOSTILE, HOSTILE, place, hint=HOSTILE, related=(place,))
    for shown in (panel.of_findings([finding]), panel.of_failure(HOSTILE)):
        assert "<img" not in shown and "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in shown


def test_the_panel_counts_and_puts_errors_first() -> None:
    warning = Finding("a", "w", Location("a.yml", 1), severity="warning")
    error = Finding("b", "e", Location("b.yml", 2, 3))
    shown = panel.of_findings([warning, error, error._replace(message="f")])
    assert "<summary>2 errors, 1 warning. The page shows the last good state.<" in shown
    assert shown.index("b.yml:2:3") < shown.index("a.yml:1:1") and "<details open>" in shown
    assert panel.of_findings([warning]).startswith("<details><summary>1 warning.<")
    assert panel.of_findings([]) == ""
    many = [error._replace(message=str(n)) for n in range(60)]
    assert "10 more in the terminal." in panel.of_findings(many)


def test_the_panel_stands_before_the_end_of_a_page() -> None:
    page = with_panel(b"<html><body><p>&lt;/body></p></body></html>", Shown("1-2", "<b>x</b>"))
    assert page.endswith(
        b'<b>x</b></aside><script src="/.aboveboard/preview.js"></script></body></html>'
    )
    assert with_panel(b"bare", Shown("1-2", "")).startswith(b"bare<link")


def test_browsers_are_told_of_what_they_have_not_seen() -> None:
    browsers = Browsers()
    first = browsers.after(None)
    assert first == browsers.shown
    Thread(target=browsers.told, args=("<p>x</p>",)).start()
    second = browsers.after(first)
    assert second and second.panel == "<p>x</p>" and first and second.site == first.site
    browsers.told("", fresh=True)
    third = browsers.after(second)
    assert third and third.panel == "" and third.site != second.site
    assert Browsers().shown.site != third.site  # of another start


def test_an_engine_that_has_died_is_started_again(tmp_path: Path) -> None:
    with worker.Kept() as kept:
        first = kept.running()
        assert kept.running() is first
        first.stop()
        assert kept.running() is not first
