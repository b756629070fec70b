"""Prose of pages: code, addresses and comments are blank, and every place stays."""

import pytest

from aboveboard.source.markdown import page


@pytest.mark.parametrize(
    "text",
    [
        "a `word` b",
        "a ``w`ord`` b",
        "```\nword\n```\n",
        "~~~~ python\nword\n~~~\nword\n~~~~\n",
        "- item\n\n    ```\n    word\n    ```\n",
        "text\n\n    word\n",
        "```\nword",
        "<!-- word\n\nword -->",
        "<!-- word",
        "[text](https://example.org/word)",
        '[text](word_(x) "t")'[:16],
        "https://example.org/word",
        "<https://example.org/word>",
        "[text]: https://example.org/word",
        '<a href="word">text</a>',
        "<script>word</script>",
        "{{ word.word }} {% word %}",
        "# Title {: .word }",
        "---\nlayout: word\n---\ntext",
    ],
)
def test_what_is_no_prose(text: str) -> None:
    assert "word" not in page(text).prose


@pytest.mark.parametrize(
    "text",
    [
        "a **word** b",
        "word\n    word goes on",
        "- item\n\n    word\n",
        "!!! note\n\n    word\n",
        "`a word",
        "``a` word",
        "[word](https://example.org)",
        "<b>word</b>",
        "> word",
        "| a | word |",
        "# word",
        "---\ntitle: word\n---\n",
        "---\ndescription: a word\n---\n",
    ],
)
def test_what_is_prose(text: str) -> None:
    assert "word" in page(text).prose


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_place_stays(ends: str) -> None:
    lines = ["---", "title: äöü", "---", "# Head", "", "- 🙂 `code` word", "| a | word |", "word"]
    text = ends.join(lines)
    made = page(text)

    assert len(made.prose) == len(text)
    starts = [i for i in range(len(text)) if made.prose.startswith("word", i)]
    assert [made.place(i) for i in starts] == [(6, 12), (7, 7), (8, 1)]
    assert text[starts[0] :].startswith("word")


def test_headings_items_and_cells_end_a_sentence() -> None:
    made = page("# One\nTwo\n- three\n- four\n\n| five | six |\n").prose

    parts = [part.strip() for part in made.replace("\n\n", "\x1e").split("\x1e")]
    assert [part for part in parts if part] == ["One", "Two", "three", "four", "five", "six"]
