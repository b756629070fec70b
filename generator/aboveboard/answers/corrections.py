"""What readers get in the place of a sentence that is not kept at present."""

from __future__ import annotations

from ..project import Project
from .model import Sentence
from .wording import day, sentence


def instead(project: Project, said: Sentence) -> Sentence:
    """The sentence as it is, if no claim behind it is corrected; else what its corrections say."""
    known = [claim for claim in said.claims if claim in project.corrected]
    if not known:
        return said
    ids = tuple(dict.fromkeys(project.corrected[claim] for claim in known))
    first = project.policy.corrections[ids[0]]
    violated = any(project.proof.judged[claim].verdict == "violated" for claim in known)
    return Sentence(
        " ".join(sentence(project.policy.corrections[id_].instead) for id_ in ids),
        tuple(known),
        lead(violated, day(min(project.policy.corrections[id_].since for id_ in ids))),
        source=project.policy.at("corrections", ids[0], "instead") if first else said.source,
        follows=said.follows,
        correction=ids[0],
        about=("corrections", ids[0], "instead"),
    )


def lead(violated: bool, since: str) -> str:
    """How a correction begins: something is known not to be kept, or nobody can tell."""
    if violated:
        return f"This is not kept at present, since {since}."
    return f"We cannot show this at present, since {since}."
