"""Pictures: boxes that never touch, the same bytes each time, text of others that stays text."""

import random
import time
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveboard.drawing import Box, Line, Picture, render
from aboveboard.drawing.layers import lay_out

SVG = "{http://www.w3.org/2000/svg}"

names = st.sampled_from("abcdefgh")
graphs = st.lists(st.tuples(names, names), max_size=20)


def picture(count: int, seed: int = 1) -> Picture:
    """A pipeline-like picture: most lines go to the next box, some far away."""
    dice = random.Random(seed)
    lines = [Line(f"n{n}", f"n{n + 1}") for n in range(count - 1) if n % 9]
    lines += [
        Line(f"n{a}", f"n{b}", broken=True)
        for a, b in (sorted(dice.sample(range(count), 2)) for _ in range(count // 3))
    ]
    return Picture(tuple(Box(f"n{n}", f"step {n}", "filter") for n in range(count)), tuple(lines))


def drawn(it: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(render(it, "g", "A title", "A description"))


@given(graphs)
@settings(max_examples=150, deadline=None)
def test_boxes_of_a_layer_never_touch_and_lines_reach_their_ends(
    pairs: list[tuple[str, str]],
) -> None:
    widths = {name: 40.0 + 30 * n for n, name in enumerate("abcdefgh")}
    layout = lay_out(widths, pairs, 10)

    assert layout.middle.keys() == widths.keys()
    for one, other in combinations(widths, 2):
        (x, level), (y, same) = layout.middle[one], layout.middle[other]
        assert level != same or abs(x - y) >= (widths[one] + widths[other]) / 2 + 10 - 1e-6
    for (start, end), way in layout.through.items():
        assert (way[0], way[-1]) == (layout.middle[start], layout.middle[end])
        steps = {b[1] - a[1] for a, b in pairwise(way)}
        assert steps in ({1}, {-1}), "a line goes one layer at a time, always the same way"
    assert layout.through.keys() == {pair for pair in pairs if pair[0] != pair[1]}


def test_without_rounds_every_line_goes_down() -> None:
    it = picture(60)
    layout = lay_out({b.id: 50.0 for b in it.boxes}, [(a.start, a.end) for a in it.lines], 10)

    assert all(way[0][1] < way[-1][1] for way in layout.through.values())


def test_lines_that_need_not_cross_do_not() -> None:
    pairs = [("a", "y"), ("b", "x"), ("x", "m"), ("y", "n")]
    x = {n: at for n, (at, _) in lay_out(dict.fromkeys("abxymn", 20.0), pairs, 10).middle.items()}

    assert (x["a"] < x["b"]) == (x["y"] < x["x"]) == (x["n"] < x["m"])


def test_two_hundred_boxes_in_a_moment_and_the_same_bytes_each_time() -> None:
    it = picture(200)
    began = time.process_time()
    first = render(it, "g", "t", "d")

    assert time.process_time() - began < 5
    assert first == render(it, "g", "t", "d")
    assert len(drawn(it).findall(f"{SVG}g")) == 200


def test_it_has_a_name_a_description_and_no_colour_of_its_own() -> None:
    root = drawn(picture(5))

    assert root.get("role") == "img"
    by_id = {e.get("id"): e.text for e in root.iter() if e.get("id")}
    said = [by_id[id_] for id_ in root.get("aria-labelledby", "").split()]
    assert said == ["A title", "A description"]
    assert all(id_ and id_.startswith("g-") for id_ in by_id)
    for element in root.iter():
        assert element.get("fill") in (None, "none", "currentColor")
        assert element.get("stroke") in (None, "none", "currentColor")
    assert "\n\n" not in render(picture(5), "g", "t", "d")


HOSTILE = [
    "</svg><script>alert(1)</script>",
    "\x00\x1b[31m\x85",
    "a\n\nb",
    "\ud800",
    '"&<>',
    "*_`" * 99,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    made = render(Picture((Box(text, text, text),), ()), "g", text, text)

    root = ElementTree.fromstring(made.encode("utf-8"))
    assert {e.tag.removeprefix(SVG) for e in root.iter()} == {
        "svg", "title", "desc", "defs", "marker", "path", "g", "rect", "text",
    }  # fmt: skip
    assert "\n\n" not in made


def test_shapes_differ_without_colour() -> None:
    kinds = ("place", "step", "opaque", "outside")
    boxes = tuple(Box(shape, shape, "", shape) for shape in kinds)  # type: ignore[arg-type]
    root = drawn(Picture(boxes, (Line("place", "step"), Line("step", "outside", broken=True))))

    looks = {
        (group.findtext(f"{SVG}text"), *(
            (rect.get("rx"), rect.get("stroke-dasharray")) for rect in group.findall(f"{SVG}rect")
        ))
        for group in root.findall(f"{SVG}g")
    }  # fmt: skip
    assert len({look[1:] for look in looks}) == 4
    dashes = [path.get("stroke-dasharray") for path in root.findall(f"{SVG}path")]
    assert dashes == [None, "2 4"]


def test_a_picture_of_nothing() -> None:
    assert drawn(Picture((), ())).tag == f"{SVG}svg"


def test_the_sentences_say_what_the_lines_show() -> None:
    boxes = (Box("a", "chats", "source", "place"), Box("b", "redact"), Box("c", "log", "log"))
    it = Picture(boxes, (Line("a", "b"), Line("a", "c"), Line("b", "c", broken=True)))

    assert list(it.sentences()) == [
        "chats (source) goes to redact and log.",
        "redact goes on errors to log.",
        "log (log) goes nowhere from here.",
    ]
