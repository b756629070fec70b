"""What lies in the stores of one run, each looked through once."""

from __future__ import annotations

from collections.abc import Callable

from aboveboard.proof.ends import Place

from .model import Row, Rows, Stores
from .planted import Planted, Token


def unsaid(_row: Row) -> str:
    return "unsaid"


class Seen:
    """What lies in the stores of one run, each looked through once."""

    def __init__(self, stores: Stores, planted: Planted) -> None:
        self.stores, self.planted = stores, planted
        self.known: dict[str, dict[Place, list[tuple[Token, str, Row]]]] = {}

    def same(self, node: str) -> tuple[object, ...]:
        """What two runs have in common if they leave the same in a store."""
        keep = self.stores.keep.get(node)
        return (*map(id, self.stores.lists(node)), id(keep) if keep else 0)

    def rows(self, node: str) -> Rows:
        return self.stores.rows(node)

    def of(self, node: str, place: Place) -> list[tuple[Token, str, Row]]:
        """The tokens of one place in a store."""
        return self.at(node).get(place, [])

    def at(self, node: str) -> dict[Place, list[tuple[Token, str, Row]]]:
        """By place, every token in a store, the value that holds it, and its row."""
        if node not in self.known:
            found: dict[Place, list[tuple[Token, str, Row]]] = {}
            for rows in self.stores.lists(node):
                for place, seen in self.planted.seen(rows).items():
                    found.setdefault(place, []).extend(seen)
            self.known[node] = found
        return self.known[node]

    def columns(self, node: str) -> set[str]:
        """The columns that hold something."""
        return {n for row in self.rows(node) for n, value in row.items() if value is not None}


def by_dataset(stores: Stores, names: Callable[[str], str]) -> Stores:
    """Stores by the ids of their datasets."""
    found = Stores()
    found.outside = {names(name) for name in stores.outside}
    found.places = {names(name) for name in stores.places}
    for name, parts in stores.parts.items():
        found.parts.setdefault(names(name), {}).update(parts)
    found.keep = {names(name): keep for name, keep in stores.keep.items()}
    return found
