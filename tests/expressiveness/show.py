"""For authors of rows: `python -m tests.expressiveness.show ID [PAGE]` prints what both sides are.

Without a page: errors, verdicts, and the pages that differ; with one: its text on either side.
"""

import sys
import tempfile
from pathlib import Path

from tests.expressiveness.row import ROWS, Made, Row


def main(id_: str, page: str | None = None) -> None:
    it = Row.read(ROWS / f"{id_}.yml")
    with tempfile.TemporaryDirectory() as folder:
        sides = [
            Made(Path(folder) / name, side) for name, side in (("a", it.first), ("b", it.second))
        ]
        for name, made in zip(("first", "second"), sides, strict=True):
            print(f"== {name}: errors {made.errors}", *made.messages, sep="\n  ")
            print("  verdicts:", *(f"    {c}: {v}" for c, v in made.verdicts.items()), sep="\n")
        if page is not None:
            print(*(f"== {page}\n{made.page(page)}" for made in sides), sep="\n")
            return
        sides[0].page("")
        sides[1].page("")
        for path, text in sides[0]._pages.items():
            if sides[1]._pages.get(path) != text:
                print(f"== differs: '{path}'")


if __name__ == "__main__":
    main(*sys.argv[1:])
