"""Dolma's mixer: streams of documents, each filtered, replaced in, and written to a folder."""

from __future__ import annotations

from typing import Any

from ....values import normal_path
from ...graph import UNKNOWN, Dataset, OnError, Setting, Step
from ...part import Part
from ...predicate import Measured, Predicate, Unreadable
from .conditions import condition
from .config import Config, Group
from .spans import redactions, replacements
from .tagger import Run, attributes, dry, made_by, moved, variable


def mix(config: Config, made: list[Run]) -> Part:
    """The streams as chains of steps, and the folders that a run works in."""
    top = config.top("MixerConfig")
    top.check()
    work = top.group("work_dir", "WorkDirConfig")
    skipped = dry(top)
    remote: dict[str, list[str]] = {"input": [], "output": []}
    for n, stream in enumerate(top.items("streams", "StreamConfig")):
        if isinstance(stream.data, dict):
            _Stream(stream, n, made, shuffled(top)).add(skipped, remote)
    for key, names in remote.items():
        _work(config, work, key, names)
    return config.part


def shuffled(top: Group) -> Any:
    """Whether documents are put together anew; before there was a switch, they always were."""
    if "shuffle" not in top.config.table.defaults["MixerConfig"]:
        return True
    return top.of_type("shuffle", bool, "true or false").value


def _work(config: Config, work: Group, key: str, names: list[str]) -> None:
    """What lies on S3 is copied into `work_dir.input` first, and written to `work_dir.output`."""
    if not names:
        return
    found = work.of_type(key, str, "text")
    given = found.value is not None
    fact = (
        found.fact if given else config.default(work.path, f"work_dir.{key} is a folder of its own")
    )
    id_ = f"{config.stem}/work-{key}"
    config.part.datasets.append(Dataset(id_, fact, "store"))
    if isinstance(found.value, str):
        config.part.paths[id_] = normal_path(found.value)
    step = Step(f"{id_}-writer", "copy", fact, tuple(dict.fromkeys(names)), (id_,))
    if fact.grade == "unknown":  # it may be removed, or lie elsewhere
        step.op = "map"
    config.step(step)


class _Stream:
    """One stream of a mixer."""

    def __init__(self, group: Group, number: int, made: list[Run], shuffle: Any) -> None:
        self.group, self.config, self.made, self.shuffle = group, group.config, made, shuffle
        name = group.of_type("name", str, "text").value if "name" in group.given else None
        self.name = name if isinstance(name, str) else f"stream-{number + 1}"
        self.base = f"{self.config.stem}/{self.name}"
        self.last: tuple[str, ...] = ()

    def add(self, skipped: bool, remote: dict[str, list[str]]) -> None:
        """Everything of the stream; what only prints adds its places alone."""
        documents = self.group.texts("documents")
        sources = [self.config.place(p, at, "intermediate", "documents") for p, at in documents]
        if not sources:
            self.config.say.fault(self.group.path, "no documents are named", "add 'documents:'")
            return
        output = self._output()
        self.group.group("compression", "CompressionConfig")
        self.last = tuple(dict.fromkeys(sources))
        before = len(self.config.part.steps)
        attributes_of = self._attributes(documents)
        if skipped:
            del self.config.part.steps[before:]
            return
        self._filter()
        self._spans(attributes_of)
        self._discard()
        steps = self.config.part.steps
        if len(steps) == before:
            fact = self.config.fact(self.group.path, "documents are written as they are")
            self._then(Step(f"{self.base}/copy", "copy", fact, ()))
        steps[-1].outputs = (output,)
        if any(str(p).startswith("s3://") for p, _ in documents):
            remote["input"] += sources
        if output.startswith("s3://"):
            remote["output"].append(steps[-1].id)

    def _then(self, step: Step) -> None:
        step.inputs = self.last
        step.on_error = step.on_error or self._fails()
        self.config.step(step)
        self.last = (step.id,)

    def _fails(self) -> OnError:
        fact = self.config.default(self.group.path, "an error stops the run")
        known = fact.grade != "unknown"
        return OnError(Setting("fail" if known else UNKNOWN, fact))

    def _output(self) -> str:
        """The folder that is written; its files are named after the stream, or as those read."""
        below = self.group.group("output", "StreamOutputConfig")
        path = below.of_type("path", str, "text").value if "path" in below.given else UNKNOWN
        at = (*below.path, "path") if "path" in below.given else self.group.path
        name = self.config.place(path, at, "store", "output")
        if isinstance(path, str) and name in self.config.part.paths:
            folder = normal_path(path)
            file = f"{folder}/{self.name}-0000.json.gz"
            self.config.part.names[name] = (file,) if self.shuffle is True else (f"{folder}/**",)
        return name

    def _attributes(self, documents: list[tuple[Any, Any]]) -> list[tuple[str, list[Run | None]]]:
        """The attributes of each name are put to the documents, row by row."""
        found = []
        for name, at in self.group.texts("attributes"):
            if not isinstance(name, str):
                continue
            runs: list[Run | None] = []
            inputs = []
            for path, place in documents:
                run = made_by(path, name, self.made) if isinstance(path, str) else None
                own = moved(path, "documents", name) if isinstance(path, str) else None
                if isinstance(path, str) and own is None:
                    message = f"'{path}' has no folder 'documents', beside which attributes lie"
                    self.config.warn(place, message, "the mixer looks for .../attributes/NAME/...")
                runs.append(run)
                inputs.append(attributes(self.config, run.output if run else own, at))
            fact = self.config.fact(at, f"the attributes {name} are added to each document")
            joined = Step(f"{self.base}/with-{name}", "join", fact, (), join_on=("id",))
            joined.join_kind = "left"
            self._join(joined, tuple(dict.fromkeys(inputs)))
            found.append((name, runs))
        return found

    def _join(self, step: Step, right: tuple[str, ...]) -> None:
        """Documents on the left; of the files of attributes nothing else is taken over."""
        only = Step(f"{step.id}-only", "allow-fields", step.fact, right, fields=("attributes",))
        self.config.step(only)
        if len(self.last) > 1:
            self._then(Step(f"{self.base}/documents", "copy", step.fact, ()))
        left = self.last
        self._then(step)
        step.inputs = (*left, only.id)

    def _filter(self) -> None:
        if self.group.given.get("filter") is None:
            return
        below = self.group.group("filter", "FilterConfig")
        where = self._condition(below)
        fact = self.config.fact(below.path, f"keeps documents where {where}")
        step = Step(f"{self.base}/filter", "filter", fact, ())
        step.where = where
        self._then(step)

    def _condition(self, below: Group) -> Predicate:
        syntax = "jsonpath"
        if "syntax" in below.given or "syntax" in self.config.table.defaults[below.kind]:
            found = below.of_type("syntax", str, "text")
            if not found.known and "syntax" in below.given:
                return Unreadable("a filter in a syntax that cannot be read")
            syntax = found.value if isinstance(found.value, str) else "jsonpath"
            if syntax not in ("jsonpath", "jq"):
                self.config.say.fault((*below.path, "syntax"), "'syntax' must be jsonpath or jq")
        lists = [[text for text, _ in below.texts(key)] for key in ("include", "exclude")]
        if any(text is UNKNOWN for texts in lists for text in texts):
            return Unreadable("a filter with an expression that cannot be read")
        include, exclude = ([str(text) for text in texts] for texts in lists)
        if not include and not exclude:
            self.config.say.fault(below.path, "a filter needs 'include' or 'exclude'")
        return condition(include, exclude, syntax)

    def _spans(self, found: list[tuple[str, list[Run | None]]]) -> None:
        runs = {variable(name): made for name, made in found}
        for step in redactions(self.base, replacements(self.group), runs):
            self._then(step)

    def _discard(self) -> None:
        below = self.group.group("output", "StreamOutputConfig")
        fields = [text for text, _ in below.texts("discard_fields")]
        if fields:
            at = (*below.path, "discard_fields")
            known = [text for text in fields if isinstance(text, str)]
            fact = self.config.fact(at, f"the fields {', '.join(known)} are left out")
            step = Step(f"{self.base}/discard", "drop-field", fact, (), fields=tuple(known))
            self._then(step)
        length = below.of_type("min_text_length", int, "a whole number")
        if length.value or ("min_text_length" in below.given and not length.known):
            step = Step(f"{self.base}/min-text-length", "filter", length.fact, ())
            step.where = Measured(f"the text has {length.value} bytes or more", frozenset({"text"}))
            self._then(step)
