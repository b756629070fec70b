"""JSON Schema of what people write, for editors, of what `graph` and `check` print,
of releases and of `policy.json` on a site; `make schema` writes the files that lie here."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
NAMES: Final = ("policy", "pipeline", "graph", "report", "release", "site")


def file(name: str) -> Path:
    """Where one of them lies."""
    return Path(__file__).with_name(f"{name}.schema.json")


def whole(pattern: re.Pattern[str]) -> str:
    """A pattern that Python matches from the start, as JSON Schema knows it: it searches."""
    return "^" + pattern.pattern.replace(r"\Z", "$")


def text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def write(name: str, schema: dict[str, Any]) -> None:
    """Writes one anew."""
    file(name).write_text(text(schema), "utf-8")
