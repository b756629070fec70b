"""Makes the releases of the demo anew: the past that its change log, feed and old versions show.

    make demo        or        python -m tests.demo_releases

Each state is the next one with some texts replaced, so the last is the demo as it stands. The
command itself makes the releases. Whoever changes the demo's policy or pipeline runs this again.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.site.projects import DEMO

from aboveboard.commands.release import release
from aboveboard.review.releases import form

ROOT = Path(__file__).parents[1]


class State(NamedTuple):
    """A release of the demo, and what was otherwise in its policy than in the next one's."""

    version: str
    effective: str
    released: date
    note: str
    edits: tuple[tuple[str, str, str], ...] = ()  # file, text of the next state, text of this one
    without: tuple[str, ...] = ()  # files that came with the next state


STATES = (
    State(
        "0.8.0",
        "2026-06-01",
        date(2026, 4, 30),
        "The first version that we publish in this form.",
        (
            ("steps.yml", "parameters: {k: 50}", "parameters: {k: 20}"),
            (
                "people.yml",
                "  correct:\n    right: correct\n    how: {do: [Write to privacy@example.org]}\n"
                "    answer-within: P1M\n",
                "",
            ),
            (
                "uses.yml",
                "  show-ads:\n    name: showing you ads\n    purpose: advertising\n"
                "    data: [questions, answers, uploads, usage-events]\n"
                "    applies: {state: never}\n    tell-before-change: P30D\n\n",
                "",
            ),
        ),
    ),
    State(
        "0.9.0",
        "2026-09-01",
        date(2026, 7, 31),
        "We promise to show no ads, and you can have your data corrected.",
        (
            (
                "steps.yml",
                "replace e-mail and network addresses, phone and ID numbers, and passwords",
                "replace e-mail addresses, phone numbers and ID numbers",
            ),
            (
                "steps.yml",
                "entities: [email, phone, ip-address, id-card, secret]",
                "entities: [email, phone, id-card]",
            ),
            ("retention.yml", "copy: history\n    keep: P18M", "copy: history\n    keep: P2Y"),
            (
                "controls.yml",
                "takes-effect: PT24H\n    spreads-to: account\n\n  statistics-switch",
                "takes-effect: PT12H\n    spreads-to: account\n\n  statistics-switch",
            ),
        ),
        ("changes.yml",),
    ),
    State(
        "1.0.0",
        "2026-12-01",
        date(2026, 10, 30),
        "We keep chats for less time and blank out more. A choice about review takes a day.",
    ),
)


class Stale(Exception):
    """The demo no longer has a text that a past state replaces."""


def make(folder: Path, parts: Path = ROOT) -> Iterator[str]:
    """Makes the releases of the demo in `parts` into a folder; what the command says of each."""
    with TemporaryDirectory(prefix="aboveboard-") as temporary:
        root = Path(temporary)
        for name in DEMO:
            if (parts / name).is_dir():
                ignored = shutil.ignore_patterns("releases")
                shutil.copytree(parts / name, root / name, ignore=ignored)
            else:
                shutil.copy2(parts / name, root / name)
        policy = {f: f.read_text("utf-8") for f in (root / "policy_data").glob("*.yml")}
        for number, state in enumerate(STATES):
            _write(root, policy, number)
            said, status = release(
                root, state.released, note=state.note, version=None, colour=False
            )
            if status:
                raise Stale(f"release {state.version} of the demo: {said}")
            yield said
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(root / form.FOLDER, folder)


def _write(root: Path, policy: dict[Path, str], number: int) -> None:
    """Puts the policy of a state into its files: the edits of the later states come first."""
    texts = dict(policy)
    header = root / "policy_data/policy.yml"
    for state in reversed(STATES[number:]):
        for name, new, old in state.edits:
            file = root / "policy_data" / name
            if texts[file].count(new) < 1:
                raise Stale(
                    f"the demo's {name} no longer has this text: change it in {__file__}: {new}"
                )
            texts[file] = texts[file].replace(new, old, 1)
    state, last = STATES[number], STATES[-1]
    for new, old in (
        (f"version: {last.version}\n", f"version: {state.version}\n"),
        (f"effective: {last.effective}\n", f"effective: {state.effective}\n"),
    ):
        if new not in texts[header]:
            raise Stale(f"the demo's policy.yml no longer has {new!r}: change it in {__file__}")
        texts[header] = texts[header].replace(new, old, 1)
    later = {name for state in STATES[number:] for name in state.without}
    for file, text in texts.items():
        if file.name in later:
            file.unlink(missing_ok=True)
        else:
            file.write_text(text, "utf-8")


def main() -> int:
    try:
        for said in make(ROOT / form.FOLDER):
            print(said, end="")
    except Stale as stale:
        print(stale, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
