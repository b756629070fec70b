"""The processors `attributes` and `resource`: actions on the keys of one map.

From internal/coreinternal/attraction/attraction.go of opentelemetry-collector-contrib 0.164: no
action has an error that lets a record pass unchanged; an action whose source is missing does
nothing, so that the old value stays. A hash has no key, so that nothing is claimed of it.
"""

from __future__ import annotations

from typing import Any, Final

from ....source import KeyPath
from ...graph import UNKNOWN, Fact, Step
from .chain import Chain, Component, Rule
from .fields import RECORD, REQUEST, field, in_value, keys_of
from .patterns import BadPattern, compiled, finds
from .versions import HASHES_SHA256

ACTION_KEYS: Final = (
    "key",
    "value",
    "pattern",
    "from_attribute",
    "from_context",
    "converted_type",
    "action",
)
ACTIONS: Final = ("insert", "update", "upsert", "delete", "hash", "extract", "convert")
MATCH_KEYS: Final = (
    "attributes",
    "libraries",
    "log_bodies",
    "log_severity_number",
    "log_severity_texts",
    "match_type",
    "metric_names",
    "regexp",
    "resources",
    "services",
    "span_kinds",
    "span_names",
)


def add_attributes(chain: Chain, component: Component) -> None:
    """`attributes`: the record's own keys; with `include` or `exclude` on some records only."""
    path = component.path
    chain.config.check(path, ("actions", "include", "exclude"), "attributes")
    partial = None
    for key in ("include", "exclude"):
        if chain.config.at((*path, key)) is not None:
            chain.config.check((*path, key), MATCH_KEYS, key)
            partial = chain.config.fact((*path, key), f"{component.id}: only some records ({key})")
    _add(chain, component, "actions", RECORD, partial)


def add_resource(chain: Chain, component: Component) -> None:
    """`resource`: the keys of the resource that sent the records."""
    chain.config.check(component.path, ("attributes",), "resource")
    _add(chain, component, "attributes", "resource", None)


def _add(chain: Chain, component: Component, key: str, space: str, partial: Fact | None) -> None:
    path = (*component.path, key)
    actions = chain.config.items(path)
    if chain.config.at(path) is UNKNOWN:
        fact = chain.config.fact(path, f"the {key} of {component.id} cannot be read", "unknown")
        chain.opaque(component.id, fact)
        return
    if not actions:
        chain.config.find(component.path, f"'{component.id}' has no {key}: it refuses to start")
    for n in range(len(actions)):
        _action(chain, component, (*path, n), space, partial)


def _action(
    chain: Chain, component: Component, path: KeyPath, space: str, partial: Fact | None
) -> None:
    config = chain.config
    config.check(path, ACTION_KEYS, "an action")
    given = config.mapping(path)
    action, key = config.at((*path, "action")), config.at((*path, "key"))
    name = f"{component.id}/{int(path[-1]) + 1}"
    word = action.lower() if isinstance(action, str) else action
    if word in ACTIONS and not (key is UNKNOWN or config.at((*path, "pattern")) is UNKNOWN):
        step = _read(chain, name, path, (str(word), key, space), given)
        if step is not None:
            step.partial = partial
            return
    elif word is not UNKNOWN and key is not UNKNOWN:
        config.find((*path, "action"), f"'{action}' is no action: the collector refuses to start",
                    hint=f"known: {', '.join(ACTIONS)}")  # fmt: skip
    chain.opaque(name, config.fact(path, f"an action of {component.id} cannot be read", "unknown"))


def _read(
    chain: Chain, name: str, path: KeyPath, said: tuple[str, Any, str], given: dict[str, Any]
) -> Step | None:
    action, key, space = said
    keyed = isinstance(key, str) and key != ""
    if not keyed and not (action in ("delete", "hash") and given.get("pattern")):
        chain.config.find(path, f"'{action}' needs a key: the collector refuses to start")
        return None
    if action in ("delete", "hash"):
        return _remove(chain, name, path, said)
    name_of = field(space, key)
    if action == "convert":
        fact = chain.config.fact(path, f"converts {name_of}")
        return chain.add(name, "map", fact, writes={name_of: (name_of,)})
    if action == "extract":
        return _extract(chain, name, path, (space, name_of))
    return _put(chain, name, path, (action, space, name_of))


def _remove(chain: Chain, name: str, path: KeyPath, said: tuple[str, Any, str]) -> Step | None:
    """`delete` and `hash`, of one key, or of all that a pattern finds in."""
    action, key, space = said
    pattern = chain.config.at((*path, "pattern"))
    found: Rule = _nothing
    if pattern:
        try:
            found = finds(str(pattern))
        except BadPattern as error:
            chain.config.find((*path, "pattern"), f"no pattern that Go reads: {error}")
            return None
    fields = (field(space, key),) if key else ()
    what = " and ".join([*fields, *([f"all {space} like {pattern}"] if pattern else [])])
    place = chain.config.fact((*path, "action"), "")
    chooses = within(space, lambda each: each == key or found(each), inside=True)
    if action == "delete":
        return chain.add(
            name,
            "drop-field",
            place._replace(text=f"deletes {what}"),
            fields=fields,
            chooses=chooses,
        )
    new = chain.config.since(HASHES_SHA256)
    how = {True: "SHA-256", False: "SHA-1", None: "SHA-256, or SHA-1 in old versions"}[new]
    text = f"puts the {how} of {what} in its place, without a key: a guess can be checked"
    writes = {each: (each,) for each in fields}
    return chain.add(name, "map", place._replace(text=text), writes=writes, digest=True)


def _nothing(key: str) -> bool:
    return False


def within(space: str, rule: Rule, *, inside: bool) -> Rule:
    """A rule on the keys of one map, as a rule on fields; inside: what lies in a value goes with
    it."""

    def chooses(name: str) -> bool:
        keys = keys_of(name, space)
        return bool(keys) and (inside or len(keys) == 1) and rule(keys[0])

    return chooses


def _extract(chain: Chain, name: str, path: KeyPath, said: tuple[str, str]) -> Step | None:
    """The groups of a pattern become keys of their own; a key that is not found stays."""
    space, source = said
    try:
        groups = compiled(str(chain.config.at((*path, "pattern")) or "")).groupindex
    except BadPattern as error:
        chain.config.find((*path, "pattern"), f"no pattern that Go reads: {error}")
        return None
    made = {field(space, group): (source, field(space, group)) for group in groups}
    fact = chain.config.fact(path, f"takes {', '.join(made) or 'nothing'} from {source}")
    return chain.add(name, "map", fact, writes=made)


def _put(chain: Chain, name: str, path: KeyPath, said: tuple[str, str, str]) -> Step | None:
    """`insert`, `update` and `upsert`: a constant leaves nothing of an old value, but for `insert`,
    which leaves it alone; a copy does nothing where its source is missing."""
    action, space, goal = said
    config = chain.config
    source = config.at((*path, "from_attribute"))
    asked = config.at((*path, "from_context"))
    if UNKNOWN in (source, asked):
        return None
    if source or asked:
        origin = field(space, str(source)) if source else field(REQUEST, str(asked))
        fact = config.fact(path, f"{action}s {goal} from {origin}")
        return chain.add(name, "map", fact, writes={goal: (origin, goal)})
    if config.at((*path, "value")) is None:
        config.find(path, f"'{action}' needs a value: the collector refuses to start",
                    hint="add value, from_attribute or from_context")  # fmt: skip
        return None
    if action == "insert":
        fact = config.fact(path, f"gives {goal} a value where it has none")
        return chain.add(name, "map", fact, writes={goal: (goal,)})
    fact = config.fact(path, f"overwrites {goal}")
    return chain.add(name, "drop-field", fact, fields=(goal,), chooses=in_value(goal))
