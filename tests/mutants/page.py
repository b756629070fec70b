"""The page that publishes what the mutants showed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .harness import ROOT, Result, examples

FILE: Path = ROOT / "docs/explanation/mutants.md"
# Formats without mutants of their own, each with the reason.
WITHOUT: dict[str, str] = {
    "openlineage": "its files record what has run, so there is nothing in them to run",
}
Made = dict[tuple[str, str], int]  # format and operator -> how many mutants

_HEAD = """\
# Mutants

For engineers. `make mutants` writes it, and fails if a mutant gets by.

Each example project in which all is well is changed, one change at a time. So is the demo, of which
every ninth mutant is taken, since it is large. A change
is an operator applied at one place: a protection dropped, put after the sink, turned round, switched
off, made weaker, moved to another field, or gone around by a new edge; or a rewrite that changes
nothing, such as another order of keys.

What a change does is not decided by Aboveboard. The changed files are *run* on rows with planted
values, by small interpreters in `tests/mutants/formats` that share no code with the readers, and the
stores are searched for those values. So a mutant is

- **harmful** if the run breaks a promise. It has to be caught: each broken claim fails, a finding tells
  of one, and it shows the lines that were changed;
- **equivalent** if the run keeps every promise. It has to stay green: no error, no failing claim;
- **red by rule** if the run keeps every promise but a rule wants it red: what was added is code that
  nobody reads, or a binding names what is gone;
- **not run** if the interpreters do not know what it does.

Rates are of the first two. Where a file leaves something open, every way in which it may turn out is
run, and one that breaks a promise is enough.
"""


def written(results: Iterable[Result]) -> str:
    """The page, from all results."""
    found = list(results)
    lines = [_HEAD]
    lines += [
        "",
        "| format | caught | rate | stayed green | false alarms | red by rule | not run |",
    ]
    lines += ["|---|---|---|---|---|---|---|"]
    for name in sorted({r.format for r in found}):
        lines.append(f"| {name} | {_rates([r for r in found if r.format == name])} |")
    lines.append(f"| all | {_rates(found)} |")
    left = [f"- `{base.name}`: {base.why_not}." for base in examples() if base.why_not]
    lines += ["", "Projects that are not run:", "", *left] if left else []
    lines += ["", "Formats without mutants:", ""]
    lines += [f"- `{name}`: {why}." for name, why in WITHOUT.items()]
    lines += ["", "## By operator", "", "| format | operator | harmful | caught | equivalent | green "
              "| red by rule | not run |", "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for key in sorted({(r.format, r.mutant.operator) for r in found}):
        some = [r for r in found if (r.format, r.mutant.operator) == key]
        lines.append(f"| {key[0]} | {key[1]} | {_counts(some)} |")
    lines += ["", "## By project", "", "| project | mutants |", "|---|---|"]
    for base, number in sorted(Counter(r.base for r in found).items()):
        lines.append(f"| {base} | {number} |")
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _rates(found: list[Result]) -> str:
    harmful = [r for r in found if r.kind == "harmful"]
    equal = [r for r in found if r.kind == "equivalent"]
    caught, alarms = sum(not r.fault for r in harmful), sum(bool(r.fault) for r in equal)
    rate = f"{100 * caught / len(harmful):.1f} %" if harmful else "-"
    kinds = Counter(r.kind for r in found)
    return (
        f"{caught} of {len(harmful)} | {rate} | {len(equal) - alarms} of {len(equal)} | {alarms} "
        f"| {kinds['by-rule']} | {kinds['not-run']}"
    )


def _counts(found: list[Result]) -> str:
    kinds = Counter(r.kind for r in found)
    well = Counter(r.kind for r in found if not r.fault)
    said = (kinds["harmful"], well["harmful"], kinds["equivalent"], well["equivalent"],
            kinds["by-rule"], kinds["not-run"])  # fmt: skip
    return " | ".join(map(str, said))


def published() -> Made:
    """How many mutants of each operator the page speaks of."""
    made: Made = {}
    rows = FILE.read_text("utf-8").partition("## By operator")[2].partition("## By project")[0]
    for line in rows.split("\n")[4:]:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 8:
            numbers = [int(cells[n]) for n in (2, 4, 6, 7)]
            made[cells[0], cells[1]] = sum(numbers)
    return made
