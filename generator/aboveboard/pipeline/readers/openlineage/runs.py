"""Runs as steps of the graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...graph import UNKNOWN, Dataset, Fact, OnError, Setting, Step
from ...part import Context, File, Part
from ...predicate import Unreadable
from .columns import Column, Lineage, lineage_of
from .datasets import Name, name_of
from .events import Run, Spot, newest

# Indirect ways that keep rows out; the others only order, group or match them.
_DECIDES = frozenset({"FILTER", "CONDITION", "CONDITIONAL", "unsaid"})


def read_files(files: Sequence[File], context: Context) -> Part:
    """The newest complete run of every job in the files."""
    part = Part()
    for run in newest(files, context, part.findings):
        _Writer(part, run).write()
    return part


class _Writer:
    """Writes one run into a part."""

    def __init__(self, part: Part, run: Run) -> None:
        self.part, self.run = part, run
        self.known = {dataset.id: dataset for dataset in part.datasets}
        self.id = run.name

    def write(self) -> None:
        inputs = self._datasets("inputs")
        outputs = self._datasets("outputs")
        for event in self.run.events:
            if isinstance(event["dataset"].value, dict) and self.run.is_design:
                self._dataset(event["dataset"])
        for number, (name, spot) in enumerate(outputs.items()):
            lineage = None if self.run.stale else lineage_of(spot)
            suffix = f"-{number + 1}" if number else ""
            if lineage is None:
                self._opaque(f"{self.id}{suffix}", inputs, name, spot)
            else:
                self._chains(suffix, inputs, name, lineage, spot)

    # -- datasets ----------------------------------------------------------------------------

    def _datasets(self, key: str) -> dict[str, Spot]:
        """The datasets of all events of the run by id; the last that tells of columns counts."""
        found: dict[str, Spot] = {}
        for event in self.run.events:
            for spot in event[key].items():
                name = self._dataset(spot)
                if name and (name.id not in found or lineage_of(spot) is not None):
                    found[name.id] = spot
        return found

    def _dataset(self, spot: Spot) -> Name | None:
        name = name_of(spot)
        if name is None:
            return None
        fact = spot["name"].fact(self.run.told(f"dataset {name.id}"), self.run.grade)
        columns = spot["facets"]["schema"]["fields"].items()
        fields = {c["name"].text: c["name"].fact(f"field {c['name'].text}", self.run.grade)
                  for c in columns if c["name"].text}  # fmt: skip
        self._known(name.id, fact, fields)
        self.part.names[name.id] = tuple(
            dict.fromkeys((*self.part.names.get(name.id, ()), *name.others))
        )
        return name

    def _known(self, id_: str, fact: Fact, fields: dict[str, Fact]) -> None:
        known = self.known.get(id_)
        if known is None:
            self.known[id_] = Dataset(id_, fact)
            self.part.datasets.append(self.known[id_])
        elif fields and known.fields is not None:
            fields = known.fields | fields
        if fields:
            self.known[id_].fields = fields

    # -- steps -------------------------------------------------------------------------------

    def _opaque(self, id_: str, inputs: dict[str, Spot], output: str, spot: Spot) -> None:
        text = "what it does to each column is not told"
        if self.run.stale:
            text = "the run is too old to tell what it does"
        fact = spot["name"].fact(self.run.told(f"{self.id}: {text}"), self.run.grade)
        step = Step(id_, "map", fact, tuple(inputs), (output,))
        if self.run.stale:
            step.runs = Setting(UNKNOWN, fact)
        self.part.steps.append(step)

    def _chains(
        self, suffix: str, inputs: dict[str, Spot], output: str, lineage: Lineage, spot: Spot
    ) -> None:
        """A chain of steps for each input that reaches the output; of the others it is said how
        they decide on it."""
        sources = [*inputs, *(name for name in lineage.direct if name not in inputs)]
        for name in sources:
            columns = lineage.direct.get(name, [])
            if name not in self.known:
                self._known(name, columns[0].spot.fact(f"dataset {name}", self.run.grade), {})
        if not any(lineage.direct.get(name) for name in sources):
            self._opaque(f"{self.id}{suffix}", inputs, output, spot)
            return
        fed = [name for name in sources if lineage.direct.get(name)]
        for number, name in enumerate(fed):
            id_ = f"{self.id}{suffix}" + (f"/{number + 1}" if len(fed) > 1 else "")
            chain = _Chain(self, id_, name, spot)
            chain.filter(lineage.indirect.get(name, {}))
            chain.columns(lineage.direct[name])
            chain.end(lineage, name, output)


class _Chain:
    """The steps from one input to one output."""

    def __init__(self, writer: _Writer, id_: str, source: str, spot: Spot) -> None:
        self.writer, self.id, self.last, self.spot = writer, id_, source, spot

    def step(self, kind: str, step: Step) -> Step:
        step.id = f"{self.id}/{kind}" if kind else self.id
        step.inputs = (self.last,)
        self.last = step.id
        self.writer.part.steps.append(step)
        return step

    def fact(self, text: str, spot: Spot | None = None) -> Fact:
        run = self.writer.run
        return (spot or self.spot["facets"]["columnLineage"]).fact(run.told(text), run.grade)

    def filter(self, indirect: dict[str, set[str]]) -> None:
        """Rows were kept out by columns; which ones the event does not say."""
        fields = sorted(name for name, kinds in indirect.items() if kinds & _DECIDES)
        if fields:
            said = f"rows are chosen by {', '.join(fields)}, and nobody says how"
            where = Unreadable(said, frozenset(fields))
            self.step("filter", Step("", "filter", self.fact(said), (), where=where))

    def columns(self, columns: list[Column]) -> None:
        """Changed columns first, then what is masked, then those that only have another name."""
        made: dict[str, tuple[str, ...]] = {}
        for column in columns:
            made[column.output] = (*made.get(column.output, ()), column.input)
        plain = {c.output for c in columns if c.as_it_is} - {
            c.output for c in columns if not c.as_it_is
        }
        read = {name for output in plain for name in made[output]}
        changed = {output: of for output, of in made.items() if output not in plain}
        if read & changed.keys():  # one name means two columns: all are written anew
            changed, plain = made, set()
        if changed:
            self.step("", Step("", "map", self.fact("columns are changed"), (), writes=changed))
        self._mask(columns)
        renamed = {o: made[o] for o in sorted(plain) if made[o] != (o,)}
        if renamed:
            stay = {of: (of,) for names in renamed.values() for of in names if of in plain}
            fact = self.fact("columns have another name")
            self.step("renamed", Step("", "rename", fact, (), writes={**stay, **renamed}))

    def _mask(self, columns: list[Column]) -> None:
        """Columns of which every source is masked are; nobody says how."""
        masked = {c.output for c in columns if c.masked}
        masked -= {c.output for c in columns if not c.masked}
        if not masked:
            return
        first = next(c for c in columns if c.output in masked)
        fact = self.fact(f"masked, and nobody says how: {', '.join(sorted(masked))}", first.spot)
        step = self.step("masking", Step("", "mask", fact, (), fields=tuple(sorted(masked))))
        step.entities_known = False
        step.on_error = OnError(Setting("fail", self.fact("the run is complete")))

    def end(self, lineage: Lineage, name: str, output: str) -> None:
        """Only the columns that are told of reach the output."""
        outputs = dict.fromkeys(column.output for column in lineage.direct[name])
        kinds = sorted(_listed(lineage.indirect))
        text = f"only these columns are written: {', '.join(outputs)}"
        if kinds:
            text += f"; these only decide on rows: {', '.join(kinds)}"
        step = self.step("written", Step("", "allow-fields", self.fact(text), (), (output,)))
        step.fields = tuple(outputs)


def _listed(indirect: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    for fields in indirect.values():
        for field, kinds in fields.items():
            yield f"{field} ({', '.join(sorted(kinds)).lower()})"
