"""The pipeline as the public may see it: places and steps under their public names, and no others.

What has no public name is left out: data that passes through it is drawn as coming from before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from markupsafe import Markup

from ...answers.wording import upper
from ...drawing import Box, Line, Picture, Shape, render
from ...pipeline.graph import Fact
from ...pipeline.ways import edges, picture
from ...policy.model import Policy
from ...proof.ends import resolve
from ..book import Book
from ..text import clean, count, inert_svg

LETTERS: Final = 16  # of a title on one line; more is broken
KEPT, WORK, OTHERS = "kept by us", "a step", "somebody else"


class Flow(NamedTuple):
    """The picture, what it shows in a sentence, and each thing with where it leads in words."""

    finding: str
    picture: Markup
    ways: tuple[tuple[str, str, tuple[str, ...]], ...]


def flow(book: Book) -> Flow:
    """The drawing of a project; empty where nothing has a public name."""
    drawn = public(book)
    if not drawn.lines:
        return Flow("", Markup(), ())
    finding = _finding(drawn)
    svgs = [
        render(part, f"flow-{n}", finding, " ".join(part.sentences()), letters=LETTERS)
        for n, part in enumerate(_parts(drawn), 1)
    ]
    titles = {box.id: box.title for box in drawn.boxes}
    ways = tuple(
        (box.title, box.note, tuple(titles[x.end] for x in drawn.lines if x.start == box.id))
        for box in drawn.boxes
    )
    return Flow(finding, inert_svg("".join(svgs)), ways)


def public(book: Book) -> Picture:
    """The boxes with public names, and the lines between them."""
    policy, pipeline = book.project.policy, book.project.pipeline
    named = dict(_named(book))
    whole = picture(pipeline, [Box(node, node) for node in named])
    shared: dict[tuple[str, str], bool] = {}
    for line in whole.lines:
        ends = named[line.start].id, named[line.end].id
        if ends[0] != ends[1]:
            shared[ends] = shared.get(ends, True) and line.broken
    met = {id_ for ends in shared for id_ in ends}
    order = _order(policy)
    boxes = {box.id: box for box in named.values() if box.id in met}
    return Picture(
        tuple(boxes[id_] for id_ in sorted(boxes, key=lambda id_: order.get(id_, 0))),
        tuple(Line(*ends, broken) for ends, broken in sorted(shared.items())),
    )


def _parts(drawn: Picture) -> list[Picture]:
    """The parts that no line joins, the largest first: side by side, or below one another where
    there is less room."""
    part = {box.id: n for n, box in enumerate(drawn.boxes)}
    for _ in drawn.boxes:
        for line in drawn.lines:
            part[line.start] = part[line.end] = min(part[line.start], part[line.end])
    found = [
        Picture(
            tuple(box for box in drawn.boxes if part[box.id] == n),
            tuple(line for line in drawn.lines if part[line.start] == n),
        )
        for n in sorted(set(part.values()))
    ]
    return sorted(found, key=lambda one: -len(one.boxes))


def _order(policy: Policy) -> dict[str, int]:
    """Boxes as the policy names them: copies, steps, recipients."""
    ids = [f"copy:{id_}" for id_ in policy.copies] + [f"step:{id_}" for id_ in policy.steps]
    return {id_: n for n, id_ in enumerate([*ids, *(f"to:{id_}" for id_ in policy.recipients)])}


def _named(book: Book) -> Iterator[tuple[str, Box]]:
    """Nodes of the pipeline with the box that they are in public."""
    policy, pipeline = book.project.policy, book.project.pipeline
    ends = resolve(policy, pipeline)
    for id_, nodes in ends.recipients.items():
        name = upper(clean(policy.recipients[id_].name).partition(",")[0])
        yield from ((node, Box(f"to:{id_}", name, OTHERS, "outside")) for node in nodes)
    for id_, nodes in ends.copies.items():
        name = upper(clean(policy.copies[id_].name))
        yield from ((node, Box(f"copy:{id_}", name, KEPT, "place")) for node in nodes)
    stated = _stated(book)
    for node, id_ in _protections(book):
        shape: Shape = "opaque" if id_ in stated else "step"
        yield node, Box(f"step:{id_}", upper(clean(policy.steps[id_].name)), WORK, shape)


def _stated(book: Book) -> set[str]:
    """The steps of the policy that some setting does not show."""
    claims = book.project.proof.about(kind="deidentified-before")
    return {judged.claim.subject for judged in claims if judged.verdict != "proved"}


def _protections(book: Book) -> Iterator[tuple[str, str]]:
    """The steps of the pipeline on which it rests that a step of the policy is taken: of several on
    one way the last before its end."""
    pipeline = book.project.pipeline
    before: dict[str, list[str]] = defaultdict(list)
    for edge in edges(pipeline):
        before[edge.end].append(edge.start)
    shown: dict[tuple[str, str], set[Fact]] = defaultdict(set)
    for judged in book.project.proof.about(kind="deidentified-before"):
        if judged.verdict in ("proved", "declared"):
            shown[judged.claim.subject, judged.claim.target].update(judged.evidence)
    for (subject, target), facts in shown.items():
        taken = {id_ for id_, step in pipeline.steps.items() if step.fact in facts}
        yield from ((node, subject) for node in _last(target, taken, before))


def _last(target: str, taken: set[str], before: Mapping[str, list[str]]) -> Iterator[str]:
    """Those of some steps that lead to a node by no other of them."""
    seen, waiting = {target}, [target]
    while waiting:
        node = waiting.pop()
        if node in taken:
            yield node
            continue
        fresh = [name for name in before.get(node, ()) if name not in seen]
        seen.update(fresh)
        waiting += fresh


def _finding(drawn: Picture) -> str:
    kept, work, others = (
        sum(box.note == note for box in drawn.boxes) for note in (KEPT, WORK, OTHERS)
    )
    said = f"Data lies in {count(kept, 'place')} of ours"
    if work:
        said += f", goes through {count(work, 'step')}"
    return f"{said}, and reaches {count(others, 'other')}." if others else f"{said}."
