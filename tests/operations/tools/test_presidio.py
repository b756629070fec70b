"""Presidio's operators really run: what is left of a value is what our page says."""

import re
from collections.abc import Callable
from pathlib import Path

from tests.operations.tools.conftest import Run

PAGE = Path(__file__).parents[3] / "docs/explanation/operations.md"
VALUE = "a.person@example.org"
TEXT = f"write to {VALUE} now"
PARAMS: dict[str, dict[str, object]] = {
    "replace": {"new_value": "<EMAIL>"},
    "redact": {},
    "mask": {"masking_char": "*", "chars_to_mask": 8, "from_end": False},
    "hash": {"hash_type": "sha256"},
    "encrypt": {"key": "0123456789abcdef"},
    "keep": {},
}
LEFT: dict[str, Callable[[str], bool]] = {
    "nothing of the value": lambda text: "person" not in text and "example" not in text,
    "what lies outside `chars_to_mask`": lambda text: "********@example.org" in text,
    "nothing that can be read": lambda text: "person" not in text and len(text) > len(TEXT),
    "nothing that can be read without the key": lambda text: (
        "person" not in text and len(text) > len(TEXT)
    ),
    "the value": lambda text: text == TEXT,
}


def test_what_is_left_of_a_value(run: Run) -> None:
    section = PAGE.read_text("utf-8").split("## Presidio's operators")[1]
    rows = re.findall(r"^\| `(\w+)` \| `?(\w+)`? \| (.+) \|$", section, re.M)
    assert [name for name, _, _ in rows] == list(PARAMS)

    start = TEXT.index(VALUE)
    span = {"text": TEXT, "start": start, "end": start + len(VALUE)}
    cases = [{**span, "operator": name, "params": PARAMS[name]} for name, _, _ in rows]
    for (name, _, left), text in zip(rows, run("run_presidio", cases), strict=True):
        assert LEFT[left](text), (name, text)
