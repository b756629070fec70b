"""Runs of the real tools, in an environment that `make operations` makes for them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PYTHON = os.environ.get("ABOVEBOARD_TOOLS", "")
Run = Callable[..., Any]


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Gives a script a value as JSON, and returns what it prints last, read as JSON."""
    if not PYTHON:
        pytest.skip("`make operations` installs the tools")
    python = Path(PYTHON).absolute()

    def given(script: str, value: Any) -> Any:
        folder = tmp_path_factory.mktemp(script)
        home = {"HOME": str(folder), "HF_HOME": str(folder / "hf"), "NLTK_DATA": str(folder)}
        ran = subprocess.run(
            [python, Path(__file__).with_name(f"{script}.py")],
            input=json.dumps(value), text=True, capture_output=True, cwd=folder, timeout=500,
            env={**os.environ, **home, "HF_HUB_OFFLINE": "1"}, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr[-3000:]
        return json.loads(ran.stdout.strip().split("\n")[-1])

    return given
