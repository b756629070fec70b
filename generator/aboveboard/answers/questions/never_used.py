"""Which data stays out of training, and which ways back in are open."""

from __future__ import annotations

from ...project import Project
from .. import parts, routes, summary, wording
from ..facts import Facts
from ..model import Answer, Block, Items, Sentence
from ..needs import missing
from ..open_routes import No, excluded

ID = "never-used"
GROUP = "is-my-data-used"
ASKS = "Which data is never used for training?"
PARAPHRASES = (
    "what do you not train on",
    "are my files used for training",
    "are my uploads private",
    "is content from connected apps used for training",
    "data excluded from training",
)
RELATED = ("used-for-training", "what-counts", "by-plan")


def answer(project: Project) -> Answer:
    facts = Facts.of(project)
    uses = [id_ for id_ in facts.training if any(not d.closed for d in facts.of_use(id_))]
    if lacking := missing(ID, project.policy):
        return Answer(ASKS, (), missing=lacking)
    never = everywhere_never(facts, uses)
    others = untaken(facts, uses)
    short = [_lead(facts, uses, never)] if never else [_untaken_sentence(facts, uses, others)]
    who = _never_readers(facts, uses)
    return Answer(
        ASKS,
        (*short, *who),
        exceptions=ways_in(facts, uses, never),
        details=tuple(_details(facts, uses, never, others)),
    )


def everywhere_never(facts: Facts, uses: list[str]) -> list[str]:
    """The data that a use which trains names under `never`, and no other one takes."""
    named = dict.fromkeys(d for u in uses for x in facts.policy.uses[u].never for d in x.data)
    return [d for d in named if all(_stays_out(facts, use, d) for use in uses)]


def _stays_out(facts: Facts, use_id: str, data: str) -> bool:
    if any(data in exclusion.data for exclusion in facts.policy.uses[use_id].never):
        return True
    return not any(data in door.data for door in facts.of_use(use_id) if not door.closed)


def untaken(facts: Facts, uses: list[str]) -> list[str]:
    """The data that no use that trains takes, though none names it under `never`."""
    taken = {d for u in uses for door in facts.of_use(u) if not door.closed for d in door.data}
    named = {d for u in uses for x in facts.policy.uses[u].never for d in x.data}
    return [id_ for id_ in facts.policy.data if id_ not in taken | named]


def _lead(facts: Facts, uses: list[str], never: list[str]) -> Sentence:
    claims = [c for use in uses for c in parts.never_claims(facts, use, never)]
    unnamed = [u for u in uses if not facts.policy.uses[u].never]
    claims += nothing_else(facts, unnamed)
    lead = f"{wording.upper(wording.series(facts.data(never)))}."
    return facts.say("", "uses", uses[0], "never", lead=lead, claims=claims)


def _untaken_sentence(facts: Facts, uses: list[str], others: list[str]) -> Sentence:
    lead = f"{wording.upper(wording.some(facts.data(others)))}."
    return facts.say("", lead=lead, claims=nothing_else(facts, uses))


def nothing_else(facts: Facts, uses: list[str]) -> list[str]:
    """What backs that a use takes the data listed and no other."""
    return [c for use in uses for c in facts.about("nothing-undeclared", use=use)]


def _never_readers(facts: Facts, uses: list[str]) -> list[Sentence]:
    """The readers whose data stays out, whatever it is."""
    found = summary.summary(facts, [d for use in uses for d in facts.of_use(use)])
    return [
        facts.say(
            f"{wording.upper(group.who)}: none of your data.",
            *group.rows[0].where,
            claims=[c for row in group.rows for c in facts.backing(row)],
        )
        for group in found.groups
        if group.state == "never" and found.differs
    ]


def ways_in(facts: Facts, uses: list[str], never: list[str]) -> Items | None:
    """By which routes, or as which other data, data that stays out comes in after all."""
    said = []
    for use in uses:
        for index, exclusion in enumerate(facts.policy.uses[use].never):
            if exclusion.unless and set(exclusion.data) & set(never):
                text = parts.unless_sentence(facts, exclusion)
                said.append(facts.say(text, "uses", use, "never", index))
    noes = [No(excluded(facts, use, never).door, tuple(never)) for use in uses if never]
    opened = routes.beside(facts, noes, "")
    said += opened.sentences if opened else ()
    return Items("These ways stay open:", tuple(dict.fromkeys(said))) if said else None


def _details(facts: Facts, uses: list[str], never: list[str], others: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for use in uses:
        items = parts.never_items(
            facts, use, facts.policy.uses[use], f"Never used for {facts.name('uses', use)}"
        )
        blocks += [items] if items else []
    if others and uses:
        claims = nothing_else(facts, uses)
        said = tuple(
            facts.say(
                wording.upper(facts.name("data", d)), "data", d, claims=claims, link=f"data/{d}"
            )
            for d in others
        )
        blocks.append(Items("No use that trains takes this either", said))
    return blocks
