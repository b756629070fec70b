"""Dolma's taggers and dedupers: documents in, attributes with numbers about them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ....values import normal_path
from ...globs import covers
from ...graph import Fact, Step
from ...part import Part
from .config import Config, Group

ATTRIBUTES = ("id", "source", "attributes")


class Run(NamedTuple):
    """What one command makes of one pattern of documents: the attributes of an experiment.

    taggers: those whose attributes are surely made; None: by a deduper.
    """

    documents: str
    output: str
    experiment: str
    taggers: frozenset[str] | None

    def makes(self, experiment: str, tagger: str) -> bool:
        """Whether it makes what a tagger finds, under the name of an experiment."""
        return experiment == variable(self.experiment) and tagger in (self.taggers or ())


def variable(name: str) -> str:
    """A name as it stands in the keys of attributes."""
    return re.sub(r"[^a-zA-Z0-9_]", "_", name)


def moved(documents: str, folder: str, experiment: str) -> str | None:
    """The path of the attributes that belong to documents, or None."""
    mark = f"/{folder}/"
    if mark not in f"/{documents}":
        return None
    path = f"/{documents}".replace(mark, f"/attributes/{experiment}/", 1)
    return path.removeprefix("/")


def runs(config: Config, what: str) -> Iterator[Run]:
    """The attributes that a config makes, where it says so."""
    data = config.document.data
    listed = data.get("documents")
    documents = [p for p in listed if isinstance(p, str)] if isinstance(listed, list) else []
    if data.get("dryrun"):
        return
    if what == "dedupe":
        dedupe = data.get("dedupe")
        name = dedupe.get("name") if isinstance(dedupe, dict) else None
        folder = dedupe.get("document_dir", "documents") if isinstance(dedupe, dict) else None
        for path in documents:
            output = moved(path, str(folder), str(name))
            if isinstance(name, str) and output:
                yield Run(path, output, name, None)
        return
    yield from _tagged(data, documents)


def _tagged(data: dict[str, object], documents: list[str]) -> Iterator[Run]:
    """Without an experiment, each tagger is one; a profile's steps leave documents out."""
    listed = data.get("taggers")
    taggers = [t for t in listed if isinstance(t, str)] if isinstance(listed, list) else []
    experiment, profile = data.get("experiment"), data.get("profile")
    whole = not (isinstance(profile, dict) and profile.get("steps"))
    sure = frozenset(variable(t) for t in taggers) if whole else frozenset()
    groups = (
        [(experiment, sure)]
        if isinstance(experiment, str)
        else [(tagger, sure & {variable(tagger)}) for tagger in taggers]
    )
    for path in documents:
        for name, own in groups:
            output = None if data.get("destination") else moved(path, "documents", name)
            if output:
                yield Run(path, output, name, own)


def tag(config: Config) -> Part:
    """A tagger config as steps: one for each experiment."""
    top = config.top("TaggerConfig")
    top.check()
    top.group("work_dir", "WorkDirConfig")
    top.group("profile", "ProfilerConfig")
    what = ", ".join(t for t, _ in top.texts("taggers") if isinstance(t, str))
    return _attributes(
        config, top, "tag", f"{what or 'taggers'} write spans and scores, and no text"
    )


def dedupe(config: Config) -> Part:
    """A deduper config as a step: its attributes say what is a copy of what."""
    top = config.top("DeduperConfig")
    top.check()
    for key, kind in (("work_dir", "WorkDirConfig"), ("compression", "CompressionConfig"),
                      ("bloom_filter", "BloomFilterConfig")):  # fmt: skip
        top.group(key, kind)
    below = top.group("dedupe", "DedupeConfig")
    for key, kind in (
        ("documents", "DocumentDedupeConfig"),
        ("paragraphs", "ParagraphDedupeConfig"),
    ):
        below.group(key, kind).group("by_ngram", "NgramDedupeConfig")
    return _attributes(config, top, "dedupe", "the deduper writes spans and scores, and no text")


def _attributes(config: Config, top: Group, what: str, text: str) -> Part:
    inputs = [
        config.place(path, at, "intermediate", "documents") for path, at in top.texts("documents")
    ]
    if not inputs:
        config.say.fault((), "no documents are named", "add 'documents:'")
        return config.part
    if dry(top):
        return config.part
    made = list(runs(config, what))
    fact = config.fact(("documents",), text)
    step = Step(f"{config.stem}/{what}", "allow-fields", fact, tuple(inputs), fields=ATTRIBUTES)
    at = ("destination",) if top.given.get("destination") else ("documents",)
    outputs: list[object] = [run.output for run in made]
    if not outputs:
        outputs = (
            [path for path, _ in top.texts("destination")] if at == ("destination",) else [None]
        )
    step.outputs = tuple(dict.fromkeys(attributes(config, path, at) for path in outputs))
    config.step(step)
    return config.part


def attributes(config: Config, path: object, at: tuple[str | int, ...]) -> str:
    """The dataset of attributes at a path."""
    fact: Fact = config.fact(at, "attributes of documents")
    return config.place(
        path, at, "intermediate", "attributes", fields=dict.fromkeys(ATTRIBUTES, fact)
    )


def dry(top: Group) -> bool:
    """Whether the command only prints its config; unknown counts as a run."""
    if top.of_type("dryrun", bool, "true or false").value is not True:
        return False
    top.config.warn(("dryrun",), "dryrun is true: nothing is read or written", "remove it")
    return True


def made_by(documents: str, experiment: str, made: list[Run]) -> Run | None:
    """The run that makes an experiment's attributes for all that a pattern of documents matches."""
    return next(
        (r for r in made if variable(r.experiment) == variable(experiment)
         and covers(normal_path(r.documents), normal_path(documents))), None
    )  # fmt: skip
