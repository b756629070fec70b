"""A later state of a service: the files of `policies.py` with so many facts that differ."""

from __future__ import annotations

from pathlib import Path

# In each of the 20 files of 500 uses, so many of these texts: 10 changes.
EDITS = (
    ("    keep: P18M\n", "    keep: P12M\n", 2),
    ("    takes-effect: PT24H\n", "    takes-effect: PT48H\n", 2),
    ("    entities: [email, phone]\n", "    entities: [email]\n", 1),
    ("    tell-before-change: P30D\n", "    tell-before-change: P14D\n", 2),
    (
        "      - {scope: otherwise, state: never}\n",
        "      - {scope: otherwise, state: always}\n",
        2,
    ),
    ("answer-within: P1M", "answer-within: P14D", 1),
)
PER_FILE = sum(count for _, _, count in EDITS)


def change(folder: Path) -> int:
    """Edits every file of a team; how many changes that makes."""
    files = sorted((folder / "policy_data").glob("team-*.yml"))
    for file in files:
        text = file.read_text("utf-8")
        for before, after, count in EDITS:
            assert text.count(before) >= count, (file, before)
            text = text.replace(before, after, count)
        file.write_text(text, "utf-8")
    return PER_FILE * len(files)
