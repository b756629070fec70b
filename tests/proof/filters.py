"""Which rows a filter keeps, in a world and a mode."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any

from .rows import Row, Rows, Spec, many
from .worlds import Mode, World


@dataclass(frozen=True)
class Filters:
    """The filters of one run."""

    world: World
    mode: Mode

    def decided(self, rows: Rows) -> tuple[set[str], set[str]]:
        """The fields that decide in this mode, since on every row they are what they were bound as;
        and those that do on some rows, and on others are namesakes."""
        deciding = self.mode.deciding or frozenset()
        found = {n for row in rows for n, c in row.items() if c.origin in deciding}
        mixed = {n for row in rows for n in found & set(row) if row[n].origin not in deciding}
        return {n for n in found - mixed if all(n in row for row in rows)}, mixed

    def keeps(self, step: Spec, row: Row, decided: tuple[set[str], set[str]]) -> bool:
        values = {n: c.value for n, c in row.items() if c.value is not None}
        free = self._free(step, row, *decided)
        for chosen in product(*free.values()):
            known = {n: v for n, v in values.items() if n not in free}
            known |= {n: v for n, v in zip(free, chosen, strict=True) if v is not None}
            if self._matches(step, known):
                return True
        return False

    def _free(
        self, step: Spec, row: Row, decided: set[str], mixed: set[str]
    ) -> dict[str, list[Any]]:
        """The fields that the filter names but that do not decide alone, with what they could be.
        Where some rows lack the field, or have a namesake of it, it is forgotten which."""
        deciding = self.mode.deciding
        if deciding is None:
            return {}
        free = {}
        for name in {**(step.get("where") or {}), **(step.get("where_not") or {})}:
            if name not in row or name in mixed or row[name].origin not in deciding:
                free[name] = [*self._mentioned(step, name), "something else", None]
            elif name not in decided:
                free[name] = [row[name].value, None]
        return free

    def _mentioned(self, step: Spec, name: str) -> list[Any]:
        found = []
        for side in ("where", "where_not"):
            if name in (step.get(side) or {}):
                found += many(self.world.setting(step, f"{side}.{name}", step[side][name]))
        return found

    def _matches(self, step: Spec, values: dict[str, Any]) -> bool:
        missing = self.world.setting(step, "missing", step.get("missing"))
        kept = self._all(step, "where", values, missing == "keep")
        dropped = bool(step.get("where_not")) and self._all(
            step, "where_not", values, missing == "drop"
        )
        return kept and not dropped

    def _all(self, step: Spec, side: str, values: dict[str, Any], missing: bool) -> bool:
        return all(
            (values[name] in many(self.world.setting(step, f"{side}.{name}", wanted)))
            if name in values
            else missing
            for name, wanted in (step.get(side) or {}).items()
        )
