"""A proposal as policy files: what each line rests on, and the question that confirms it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from ...policy.load import taken
from ...proof.judge import judge
from ...source import parse_yaml
from ...values import listed
from .found import Found
from .guards import TECHNIQUES
from .kinds import Service, header, template
from .shapes import Category, Kept, Proposal, Protection, Switch, Use, label
from .texts import filled, flow, scalar

HOLDERS = (
    "How long is it kept here? Nothing that was read says so: `check` is red until you write it."
)
NAMES = {
    "training-set": "training a model on {}",
    "external": "sending data to {}",
    "index": "making {} searchable",
}
ACTS = {
    "redact": "replace what identifies people in {}",
    "mask": "hide a part of {}",
    "hash": "put a code in the place of {}",
    "encrypt": "encrypt {}",
    "noise": "add noise to {}",
    "generalise": "make {} less exact",
    "digest": "put a code, made without a key, in the place of {}",
}
BY_PURPOSE = {"train-model": "training on the data in {}", "analytics": "making {}"}


T = TypeVar("T", Use, Kept)


def real(found: Found, proposal: Proposal, service: Service) -> Proposal:
    """The proposal without what surely does not happen: data of which no field gets to a use."""
    text = "".join(files(found, proposal, service).values())
    policy, faults = taken(parse_yaml(text.encode(), "policy_data/policy.yml"))
    if any(fault.severity == "error" for fault in faults):
        return proposal
    judged = judge(policy, found.pipeline, service.effective).judged.values()
    idle = [j.claim for j in judged if j.verdict == "vacuous"]
    idle += [j.claim for j in judged if j.claim.kind == "use-is-real" and j.verdict == "violated"]
    never = {(c.use, c.data) for c in idle if c.kind == "use-is-real"}
    empty = {(c.subject, c.data) for c in idle if c.kind == "retention-kept"}
    uses = tuple(use for u in proposal.uses if (use := _excluding(u, never)).data)
    copies = tuple(copy for k in proposal.copies if (copy := _less(k, k.id, empty)).data)
    named = {id_ for use in uses for id_ in (*use.switches, *use.steps)}
    return proposal._replace(
        uses=uses,
        copies=copies,
        switches=tuple(s for s in proposal.switches if s.id in named),
        steps=tuple(s for s in proposal.steps if s.id in named),
    )


def _excluding(use: Use, never: set[tuple[str, str]]) -> Use:
    """A use without the data that never gets there: it is red when it does."""
    less = _less(use, use.id, never)
    return less._replace(never=tuple(d for d in use.data if d not in less.data))


def _less(part: T, id_: str, never: set[tuple[str, str]]) -> T:
    """A use or copy without the data that never gets there."""
    return part._replace(data=tuple(d for d in part.data if (id_, d) not in never))


def files(found: Found, proposal: Proposal, service: Service) -> dict[str, str]:
    """The three policy files, by path."""
    values = header(service)
    policy = filled(template("found/policy.yml"), values) + "\n".join(_policy(proposal)) + "\n"
    bindings = template("found/bindings.yml") + "\n".join(_bindings(proposal, found)) + "\n"
    listed = [f"    {scalar(path)}: {scalar(asked)}" for path, asked in to_confirm(proposal, found)]
    confirm = template("common/to-confirm.yml") + "\n".join(listed) + "\n"
    return {
        "policy_data/policy.yml": policy,
        "policy_data/bindings.yml": bindings,
        "policy_data/to-confirm.yml": confirm,
    }


# -- the policy ----------------------------------------------------------------------------------


def _policy(proposal: Proposal) -> Iterator[str]:
    yield "data: # what there is: give each the words that people have for it"
    for kind in proposal.data:
        more = {"examples": list(kind.fields[:3])} if not kind.guessed else {}
        content = {"name": f"the data in {kind.label}", "origin": "provided", **more}
        yield f"  {kind.id}: {flow(content)}"
    if proposal.uses:
        yield "\nuses: # what it is used for, and who decides"
    for use in proposal.uses:
        yield from _use(use, proposal)
    if proposal.switches:
        yield "\ncontrols: # what people can switch on or off, and what that does"
    for switch in proposal.switches:
        yield from _control(switch)
    if proposal.steps:
        yield "\nsteps: # what protects people on the way"
    for step in proposal.steps:
        yield _step(step, proposal)
    if proposal.recipients:
        yield "\nrecipients: # who else gets it"
    for other in proposal.recipients:
        yield f"  {other.id}: {flow({'name': f'whoever runs {other.label}', 'kind': 'processor'})}"
    yield from _keeping(proposal)


def _use(use: Use, proposal: Proposal) -> Iterator[str]:
    name = NAMES.get(use.role) or BY_PURPOSE.get(use.purpose, "using {}")
    yield f"  {use.id}:"
    yield f"    name: {scalar(name.format(use.label))}"
    yield f"    purpose: {use.purpose}"
    yield f"    data: {flow(use.data)}"
    if use.never:
        yield f"    never: {flow(use.never)}"
    switch = next((s for s in proposal.switches if s.id in use.switches), None)
    if switch:
        state = "opt-out" if switch.is_refusal else "opt-in"
        yield f"    applies: {flow({'state': state, 'control': switch.id})}"
    else:
        doubt = f"NOT KNOWN: the filter at {use.unread[0]} was not read. " if use.unread else ""
        yield f"    applies: {{state: always}} # {doubt}never, ask, opt-in, opt-out or always"
    if use.steps:
        yield f"    steps: {flow(use.steps)}"
    gets = [r.id for r in proposal.recipients if use.sink in r.nodes]
    if gets:
        yield f"    recipients: {flow(gets)}"


def _control(switch: Switch) -> Iterator[str]:
    yield f"  {switch.id}:"
    yield f"    name: {scalar(f'use of your data ({switch.field})')}"
    yield "    kind: switch"
    yield "    how: {do: Nobody has written the clicks down yet}"
    yield "    effect:"
    goes_on = {"future": "stops", "stored": "continues", "running": "continues"}
    yield f"      refusing: {flow({**goes_on, 'trained': 'continues'})}"
    yield "      allowing: {stored: starts}"
    yield "    spreads-to: account"


def _step(step: Protection, proposal: Proposal) -> str:
    fields = _words(step.data, proposal.data)
    act = ACTS[step.op].format(fields)
    if step.entities:
        act = f"replace {listed(step.entities)} in {fields}"
    elif step.op == "redact":
        act += f" ({label(step.step)})"
    hidden = "nobody has confirmed that it cannot be undone"
    if step.op == "digest":
        hidden = "the code has no key, so whoever guesses what it stands for can check the guess"
    content = {
        "name": act,
        "technique": TECHNIQUES[step.op],
        "data": list(step.data),
        **({"entities": list(step.entities)} if step.entities else {}),
        "stage": step.stage,
        **({"strength": "none"} if step.op == "digest" else {}),
        "relink": {"by": "us", "why": hidden},
        "limits": "Nobody has written down yet what this misses.",
    }
    return f"  {step.id}: {flow(content)}"


def _words(ids: Iterable[str], data: Iterable[Category]) -> str:
    wanted = set(ids)
    fields = [name for kind in data if kind.id in wanted for name in kind.fields]
    return " and ".join(dict.fromkeys(fields[:2]))


def _keeping(proposal: Proposal) -> Iterator[str]:
    if not proposal.copies:
        return
    yield "\ncopies: # where it lies"
    for copy in proposal.copies:
        yield f"  {copy.id}: {flow({'name': copy.label})}"
    known = [copy for copy in proposal.copies if copy.keep]
    if len(known) < len(proposal.copies):
        yield "\n# Where no file says how long data is kept, no row stands here, and `check` fails."
    if known:
        yield "\nretention: # how long: as the files say"
    for copy in known:
        yield f"  {copy.id}: {flow({'data': list(copy.data), 'copy': copy.id, 'keep': copy.keep})}"


# -- the bindings --------------------------------------------------------------------------------


def _bindings(proposal: Proposal, found: Found) -> Iterator[str]:
    yield from _listed("files", dict(enumerate(found.files)), keyed=False)
    yield from _listed("checkouts", found.checkouts)
    yield from _listed("tools", found.tools)
    yield from _listed("sources", {c.id: [f"{d}.{f}" for d, f in c.places] for c in proposal.data})
    if proposal.settings:
        yield f"  not-personal: {flow(proposal.settings)}"
    yield from _listed("sinks", {use.id: use.sink for use in proposal.uses})
    yield from _listed("person", proposal.person)
    flags = {
        s.id: {
            "field": list(s.places),
            "refused": s.refused,
            "missing": "refused",
            "read": "stamped",
        }
        for s in proposal.switches
    }
    yield from _listed("flags", flags)
    yield from _listed("copies", {copy.id: list(copy.datasets) for copy in proposal.copies})
    yield from _listed("recipients", {other.id: list(other.nodes) for other in proposal.recipients})
    yield from _listed("steps", {step.id: step.step for step in proposal.steps})


def _listed(key: str, values: Mapping[Any, Any], *, keyed: bool = True) -> Iterator[str]:
    """One line a value, so that each has a place of its own to be told of."""
    if values:
        yield f"  {key}:"
    for name, value in values.items():
        yield f"    {scalar(str(name))}: {flow(value)}" if keyed else f"    - {flow(value)}"


# -- what is to be confirmed -----------------------------------------------------------------------


def to_confirm(proposal: Proposal, found: Found) -> Iterator[tuple[str, str]]:
    """The path of each thing that is proposed, and the question that confirms it."""
    yield "policy/controllers", "Who is responsible, and where do people reach them?"
    yield "bindings/files", "Are these all the files that really run, and no others?"
    for kind in proposal.data:
        yield (
            f"data/{kind.id}",
            "Is this about people, where does it come from, and what do they call it?",
        )
        asked = "Are these all its fields that say something about people?"
        if kind.guessed:
            asked = "Nothing lists the fields of this: which hold what is about people?"
        yield f"bindings/sources/{kind.id}", asked
    yield from _confirm_uses(proposal)
    for step in proposal.steps:
        yield (
            f"steps/{step.id}",
            "What does this do in plain words, what does it miss, who can undo it?",
        )
        yield f"bindings/steps/{step.id}", "Is this the step?"
    for other in proposal.recipients:
        yield f"recipients/{other.id}", "Who is this, and where?"
        yield f"bindings/recipients/{other.id}", "Do they run this?"
    for copy in proposal.copies:
        asked = "Is this how long it is kept?" if copy.keep else HOLDERS
        yield (f"retention/{copy.id}" if copy.keep else f"copies/{copy.id}"), asked
        yield f"bindings/copies/{copy.id}", "Is this all that lies there?"
    for name in proposal.person:
        yield f"bindings/person/{name}", "Is this the field that says whose a row is?"
    if proposal.settings:
        yield "bindings/not-personal", "Do these fields say nothing about a person?"
    yield from _confirm_tools(found)


def _confirm_uses(proposal: Proposal) -> Iterator[tuple[str, str]]:
    for use in proposal.uses:
        asked = "Is this what it is for, and who decides?"
        if use.unread:
            asked = f"Does the filter at {use.unread[0]}, which was not read, ask people?"
        yield f"uses/{use.id}", asked
        yield f"bindings/sinks/{use.id}", "Is this where it happens?"
    for switch in proposal.switches:
        yield f"controls/{switch.id}", "Where do people decide this, and what does a refusal do?"
        asked = "Is this field the choice, this value a refusal, and is it looked up at run time?"
        if switch.unread:
            asked = f"The filter at {switch.unread} was not read: which value lets a row through?"
        yield f"bindings/flags/{switch.id}", asked


def _confirm_tools(found: Found) -> Iterator[tuple[str, str]]:
    for name, said in found.tools.items():
        asked = "Does this file pin what really runs?"
        if name in found.assumed:
            asked = (
                f"Does version {said} really run? No file pins one: it is the newest known here."
            )
        yield f"bindings/tools/{name}", asked
