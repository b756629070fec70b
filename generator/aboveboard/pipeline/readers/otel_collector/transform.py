"""The processor `transform`: OTTL statements, one step each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from ....source import KeyPath
from ....values import nearest
from ...graph import UNKNOWN, Fact, Setting, Step
from . import ottl
from .chain import Chain, Component
from .conditions import cannot_fail, fields_of, is_there
from .edit import OPEN, Edit
from .fields import CONTEXTS, MAIN, PARTS
from .functions import EDITORS, WIDE, cached
from .versions import ERRORS_IGNORED, NEWEST

KEYS: Final = (
    "error_mode",
    "flatten_data",
    "log_statements",
    "metric_statements",
    "profile_statements",
    "trace_statements",
)
GROUP_KEYS: Final = ("conditions", "context", "error_mode", "flatten", "shared_cache", "statements")
STATEMENTS: Final = {
    "traces": "trace_statements",
    "logs": "log_statements",
    "metrics": "metric_statements",
    "profiles": "profile_statements",
}
_MODES: Final = {"ignore": "pass", "silent": "pass", "propagate": "drop"}


class Group(NamedTuple):
    """Statements that run together: where each stands, the context, and what else decides.

    each: the part of a record, such as an event of a span, for each of which they run once. `plain`
    are texts alone, which newer versions may run one by one.
    """

    statements: tuple[KeyPath, ...]
    context: str | None
    errors: Setting
    partial: Fact | None
    each: str | None
    plain: bool = False


def error_mode(chain: Chain, path: KeyPath, above: Setting | None = None) -> Setting:
    """What becomes of a record with which a statement or a condition fails: `pass`, `drop`, or
    UNKNOWN where the version decides."""
    given = chain.config.at((*path, "error_mode"))
    if given is None and above is not None:
        return above
    if given is None:
        ignored = ERRORS_IGNORED.since(chain.config.version)
        if ignored is None:
            return Setting(UNKNOWN, chain.config.fact(path, OPEN, "unknown"))
        mode = "ignore" if ignored else "propagate"
        text = f"error_mode is {mode}, the default of this version"
        return Setting(_MODES[mode], chain.config.fact(path, text, "default"))
    at = (*path, "error_mode")
    does = _MODES.get(str(given).lower()) if given is not UNKNOWN else None
    if does is None:
        if given is not UNKNOWN:
            chain.config.find(at, f"'{given}' is no error_mode: the collector refuses to start",
                              hint=f"known: {', '.join(_MODES)}")  # fmt: skip
        return Setting(UNKNOWN, chain.config.fact(at, "error_mode cannot be read", "unknown"))
    return Setting(does, chain.config.fact(at, f"error_mode is {given}"))


def add_transform(chain: Chain, component: Component) -> None:
    """The statements for the pipeline's signal; those for others do not run here."""
    config, path = chain.config, component.path
    config.check(path, KEYS, "transform")
    where = (*path, STATEMENTS.get(chain.signal, ""))
    if config.at(where) is UNKNOWN:
        fact = config.fact(where, f"the statements of {component.id} cannot be read", "unknown")
        chain.opaque(component.id, fact)
        return
    number = 0
    for group in _groups(chain, where, error_mode(chain, path)):
        steps: list[Step] = []
        for at in group.statements:
            number += 1
            steps += _statement(chain, f"{component.id}/{number}", at, group)
        names = cached(steps)
        if names:
            fact = config.fact(where, "the cache ends with its group of statements", "default")
            chain.add(f"{component.id}/cache", "drop-field", fact, fields=names)
    if not number:
        chain.add(component.id, "copy", config.fact(path, f"{component.id} does nothing here"))


def _groups(chain: Chain, path: KeyPath, errors: Setting) -> Iterator[Group]:
    """Texts alone are one group; mappings are a group each."""
    plain: list[KeyPath] = []
    for n, item in enumerate(chain.config.items(path)):
        at = (*path, n)
        if isinstance(item, str):
            plain.append(at)
        elif isinstance(item, dict):
            yield _group(chain, at, errors)
        else:
            chain.config.find(at, "a statement must stand here: the collector refuses to start")
    if plain:
        each = _each(chain, tuple(plain), None)
        yield Group(tuple(plain), None, errors, None, each, plain=True)


def _group(chain: Chain, path: KeyPath, errors: Setting) -> Group:
    config = chain.config
    config.check(path, GROUP_KEYS, "a group of statements")
    context = config.at((*path, "context"))
    context = context.lower() if isinstance(context, str) else context
    known = CONTEXTS.get(chain.signal, ())
    if context not in (None, UNKNOWN, *known):
        config.find((*path, "context"), f"'{context}' is no context of {chain.signal}: the "
                    "collector refuses to start", hint=f"known: {', '.join(known)}")  # fmt: skip
    partial = None
    if config.items((*path, "conditions")):
        partial = config.fact((*path, "conditions"), "only where a condition holds")
    found = config.items((*path, "statements"))
    texts = tuple((*path, "statements", n) for n, item in enumerate(found) if isinstance(item, str))
    if len(texts) < len(found):
        config.find((*path, "statements"), "statements are texts: the collector refuses to start")
    mode = error_mode(chain, path, errors)
    said = context if context is None else str(context)
    return Group(texts, said, mode, partial, _each(chain, texts, said))


def _each(chain: Chain, statements: tuple[KeyPath, ...], context: str | None) -> str | None:
    """The context of a group is that of the innermost part that any of its statements names."""
    texts = [] if context else [str(chain.config.at(at)) for at in statements]
    for name in PARTS:
        if context == name or any(f"{name}." in text for text in texts):
            return name
    return None


def _statement(chain: Chain, name: str, path: KeyPath, group: Group) -> list[Step]:
    """One statement as steps; one that cannot be read could do anything."""
    text = chain.config.at(path)
    start = len(chain.steps)
    if not isinstance(text, str):
        return [
            chain.opaque(name, chain.config.fact(path, "this statement cannot be read", "unknown"))
        ]
    try:
        read = ottl.statement(text)
    except ottl.OttlError as error:
        message = f"this statement cannot be read at character {error.offset + 1}: {error}"
        chain.config.find(path, message, severity="warning")
        return [chain.opaque(name, chain.config.fact(path, f"cannot be read: {text}", "unknown"))]
    context = group.context or MAIN[chain.signal]
    edit = Edit(chain, name, path, context, read.editor, group.errors, group.partial)
    edit.sure = read.where is None or cannot_fail(read.where)
    _once_for_each(edit, group)
    if read.where is not None and edit.partial is None:
        edit.partial = _condition(edit, read.where, text)
    editor = EDITORS.get(read.editor.function)
    if editor is None and read.editor.function not in WIDE:
        _unknown(edit)
    if editor is None or not editor(edit):
        does = f"{read.editor.function} may change any field"
        chain.opaque(name, chain.config.fact(path, does)).partial = edit.partial
    return chain.steps[start:]


def _once_for_each(edit: Edit, group: Group) -> None:
    """A record that has no such part, as a span without events, is left as it is."""
    goal = edit.target(edit.call.arg(0, "target"))
    inside = goal is not None and goal.name.startswith(PARTS.get(group.each or "", ""))
    if group.each is None or inside:
        return
    fact = edit.fact(f"runs once for each {group.each} of a record, which may have none")
    if group.plain:
        edit.runs = Setting(UNKNOWN, fact._replace(grade="unknown"))
    elif edit.partial is None:
        edit.partial = fact


def _unknown(edit: Edit) -> None:
    name = edit.call.function
    near = nearest(name, [*EDITORS, *WIDE])
    message = f"OTTL has no editor '{name}' up to version {NEWEST}: the collector refuses to start"
    hint = f"did you mean '{near}'?" if near else ""
    edit.chain.config.find(edit.path, message, "unknown-setting", hint)


def _condition(edit: Edit, where: Any, text: str) -> Fact | None:
    """A statement with `where` acts on some records only, unless it asks just whether the field
    that it acts on is there."""
    asked = is_there(where, edit.context)
    if asked is not None and asked in _acted_on(edit):
        return None
    said = text.partition(" where ")[2] or "a condition"
    return edit.fact(f"only where {said}")


def _acted_on(edit: Edit) -> frozenset[str]:
    """The fields of which a statement needs to find a value, to have anything to do."""
    call = edit.call
    goal = edit.target(call.arg(0, "target"))
    if goal is None:
        return frozenset()
    if call.function == "delete_key":
        key = call.arg(1, "key")
        return (
            frozenset({f"{goal.name}.{getattr(key, 'value', None)}"}) if goal.whole else frozenset()
        )
    if call.function == "replace_pattern":
        return frozenset({goal.name})
    if call.function == "set":
        return _set_from(edit, goal.name)
    return frozenset()


def _set_from(edit: Edit, goal: str) -> frozenset[str]:
    """`set` of a constant works on what stands there, of anything else on what it is made from."""
    value = edit.call.arg(1, "value")
    sources = fields_of(value, edit.context)
    return sources if sources else frozenset({goal})
