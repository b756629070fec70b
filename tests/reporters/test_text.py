"""The report for people: excerpts with a caret under the very token, both ends, no surprises."""

from datetime import date

from aboveboard.findings import Finding, Location
from aboveboard.proof.model import Proof
from aboveboard.reporters.model import Report
from aboveboard.reporters.text import render

FILES = {
    "p.yml": [
        "name: plain",
        "\t x: 1",
        "メモ: 😀 here",
        "e\u0301te\u0301: x",
        "bad: \x1b[31mred",
        "a:",
    ],
    "q.yml": ["steps:", "  - {id: pick}"],
}


def line(path: str, number: int) -> str | None:
    return FILES[path][number - 1] if path in FILES else None


def report(*findings: Finding, colour: bool = False) -> str:
    made = Report(list(findings), Proof(), date(2026, 12, 1), line=line, colour=colour)
    return render(made)


def excerpt(place: Location) -> list[str]:
    """The source line and the caret line of one finding."""
    return report(Finding("r", "m", place)).split("\n")[2:4]


def test_a_whole_finding() -> None:
    finding = Finding(
        "scope-leak",
        "not kept",
        Location("p.yml", 1, 7, 1, 12),
        hint="filter on it",
        related=(Location("q.yml", 2, 10, 2, 14, "filter"),),
        claim="train/notes/x@set",
    )

    assert report(finding) == (
        "error[scope-leak] not kept\n"
        "  --> p.yml:1:7\n"
        "   1 | name: plain\n"
        "     |       ^^^^^\n"
        "  ::: q.yml:2:10\n"
        "   2 |   - {id: pick}\n"
        "     |          ^^^^ filter\n"
        "   = claim: train/notes/x@set\n"
        "   = help: filter on it\n"
        "\n"
        "1 error; no claims could be judged (2026-12-01)\n"
    )


def test_the_caret_stands_under_wide_letters() -> None:
    assert excerpt(Location("p.yml", 3, 5, 3, 6)) == ["   3 | メモ: 😀 here", "     |       ^^"]
    assert excerpt(Location("p.yml", 3, 7, 3, 11))[1] == "     |          ^^^^"


def test_the_caret_stands_under_combining_letters() -> None:
    assert excerpt(Location("p.yml", 4, 8, 4, 9))[1] == "     |      ^"


def test_a_tab_is_shown_as_one_space() -> None:
    assert excerpt(Location("p.yml", 2, 3, 2, 4)) == ["   2 |   x: 1", "     |   ^"]
    assert excerpt(Location("p.yml", 2, 1, 2, 2)) == ["   2 |   x: 1", "     | ^"]


def test_control_characters_never_reach_the_terminal() -> None:
    text = report(
        Finding(
            "r", "m \x1b]0;x\x07", Location("p.yml", 5, 15, 5, 18), hint="h \x9b", claim="c\x1b"
        )
    )

    assert "\x1b" not in text and "\x07" not in text and "\x9b" not in text
    assert "   5 | bad: \\x1b[31mred\n     |              " in text


def test_the_caret_stands_right_of_shown_control_characters() -> None:
    source, caret = excerpt(Location("p.yml", 5, 11, 5, 14))

    assert source[caret.index("^") :] == "red"


def test_a_place_at_the_end_of_a_line_has_one_caret() -> None:
    assert excerpt(Location("p.yml", 6, 3, 6, 3)) == ["   6 | a:", "     |   ^"]
    assert excerpt(Location("p.yml", 6, 99))[1] == "     |   ^"


def test_a_span_of_several_lines_is_marked_on_its_first() -> None:
    assert excerpt(Location("p.yml", 1, 1, 3, 2))[1] == "     | ^^^^^^^^^^^"


def test_without_a_place_or_a_file() -> None:
    text = report(Finding("r", "m"), Finding("r", "n", Location("gone.yml", 3, 1)))

    assert text.startswith("error[r] m\n\nerror[r] n\n  --> gone.yml:3:1\n\n2 errors;")


def test_colour_only_where_asked() -> None:
    finding = Finding("r", "m", Location("p.yml", 1, 1, 1, 5))

    assert "\x1b" not in report(finding)
    assert "\x1b[31merror[r]\x1b[0m m" in report(finding, colour=True)


def test_nothing_wrong() -> None:
    assert report() == "0 errors; no claims could be judged (2026-12-01)\n"


def test_warnings_are_counted_apart() -> None:
    text = report(Finding("r", "m", severity="warning"))

    assert text.startswith("warning[r] m\n")
    assert "0 errors, 1 warning; " in text


def test_of_a_long_line_only_what_is_near_is_shown() -> None:
    FILES["long.yml"] = ["a" * 500 + " [culprit] " + "b" * 500]

    shown, caret = excerpt(Location("long.yml", 1, 502, 1, 511))

    assert len(shown) < 180
    assert shown[caret.index("^") : caret.rindex("^") + 1] == "[culprit]"
    assert shown.removeprefix("   1 | ").startswith("…a") and shown.endswith("b…")


def test_a_place_that_runs_on_is_cut_with_its_line() -> None:
    FILES["one.yml"] = ["x" * 3_000_000]

    shown, caret = excerpt(Location("one.yml", 1, 1))

    assert shown.removeprefix("   1 | ") == "x" * 160 + "…"
    assert caret.removeprefix("     | ") == "^" * 160


def proposals(count: int) -> str:
    return report(
        *(
            Finding("unconfirmed-proposal", f"not confirmed yet: Is \x1b {n} so?", Location("p.yml", n + 1), "warning", "confirm it")
            for n in range(count)
        ),
        Finding("unanswered-question", "question 'a' lacks a fact: b", Location("p.yml", 1), "warning"),
        Finding("scope-leak", "not kept", Location("q.yml", 1)),
    )  # fmt: skip


def test_few_proposals_stand_whole_and_many_a_line_each_after_what_is_wrong() -> None:
    few, many = proposals(3), proposals(5)

    assert few.count("warning[unconfirmed-proposal] not confirmed yet: ") == 3
    assert (
        "\n\nwarning[unconfirmed-proposal] 5 proposals are not confirmed yet\n"
        "  --> p.yml:1  Is \\x1b 0 so?\n"
    ) in many
    assert many.count("  --> p.yml:") == 5 + 1 and many.count("= help: confirm it") == 1
    assert many.index("scope-leak") < many.index("unconfirmed-proposal") < many.index("unanswered-")


def test_of_very_many_proposals_the_first_are_shown_and_the_rest_counted() -> None:
    shown = proposals(30)

    assert "30 proposals are not confirmed yet" in shown
    assert shown.count("so?\n") == 24 and "  and 6 more, listed in 'to-confirm'\n" in shown
    assert "1 error, 2 warnings about 31 things; " in shown


def test_warnings_are_counted_as_they_are_shown() -> None:
    """Three stand each by themselves."""
    assert "1 error, 4 warnings; " in proposals(3)
    assert "1 error, 2 warnings about 5 things; " in proposals(4)
