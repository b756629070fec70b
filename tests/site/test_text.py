"""Text from YAML is data: what becomes of it before it is printed."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.site.text import clean, count, escape, linked, more


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  two\n\n words\t", "two words"),
        ("cafe\u0301", "café"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("abc\u202edcb\u2066", "abcdcb"),
        ("zero\ufeffwidth\u200b", "zerowidth"),
        ("\u2028line", "line"),
        ("lone \ud800 half", "lone half"),
        ("\u0646\u0645\u06cc\u200c\u062e", "\u0646\u0645\u06cc\u200c\u062e"),
    ],
)
def test_clean_is_one_line_of_visible_text(written: str, shown: str) -> None:
    assert clean(written) == shown


@given(st.text())
def test_escaped_text_reads_as_typed(text: str) -> None:
    assert html.unescape(str(escape(text))) == clean(text)


@given(st.text(alphabet="<>&\"'`{}[]\\~$ \n*_#-!a", min_size=1))
def test_escaped_text_holds_nothing_that_anyone_acts_on(text: str) -> None:
    assert not set(str(escape(text))) & set("<>\"'`{}[]\\~$\n")


def test_none_is_never_printed() -> None:
    with pytest.raises(TypeError):
        escape(None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no address", "no address"),
        ("to a.b@example.org, now", 'to <a href="mailto:a.b@example.org">a.b@example.org</a>, now'),
        (
            "see https://example.org/a?b=1&c=2.",
            'see <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("http://example.org", "http://example.org"),
        (
            'x@example.org"onload=1',
            '<a href="mailto:x@example.org">x@example.org</a>&quot;onload=1',
        ),
    ],
)
def test_only_addresses_become_links(text: str, shown: str) -> None:
    assert str(linked(text)) == shown


def test_count() -> None:
    assert [count(n, "page") for n in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]


def test_a_list_that_is_cut_short_leads_to_the_whole() -> None:
    said = "Your <b> and four other kinds of data, all of it."
    assert more(said, "x?a&b") == (
        'Your &lt;b&gt; and <a href="x?a&amp;b">four other kinds of data</a>, all of it.'
    )
    assert more(said, "") == escape(said)
    assert more("Your chats.", "x") == "Your chats."
