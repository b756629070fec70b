"""The worked example prints what its page says, command by command."""

from __future__ import annotations

from pathlib import Path

from tests.worked import PAGE, lasting, performed


def test_every_command_prints_what_the_page_says(tmp_path: Path) -> None:
    """`python -m tests.worked` writes what they print now; read what changes before you commit."""
    done = list(performed(PAGE.read_text("utf-8"), tmp_path))

    assert len(done) > 5
    for step, printed in done:
        assert lasting(printed) == lasting(step.printed), f"$ {step.text}"
