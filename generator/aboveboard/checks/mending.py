"""How to mend a claim that fails, by the kind of reason: what to write, ready to paste."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from ..findings import Finding
from ..pipeline.predicate import spelled
from ..policy.bindings import Bindings
from ..project import Project
from ..proof.model import Judged
from ..values import listed

Mend = Callable[[Project, Judged, list[str]], str]
_PLAIN = re.compile(r"[A-Za-z_][\w./-]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_LONG = "P90D"  # where nothing is published yet


def mend(project: Project, judged: Judged, hint: str) -> str:
    """What to do about each kind of reason; `hint`, that of the rule, where no other is known."""
    names: dict[str, list[str]] = {}
    for cause in judged.causes:
        names.setdefault(cause.kind, []).append(cause.name)
    said = [_MENDS[kind](project, judged, some) or hint for kind, some in names.items()]
    return "; ".join(dict.fromkeys(said))


def _word(name: str) -> str:
    """A name as YAML, within braces too."""
    if _PLAIN.fullmatch(name) and name.lower() not in _WORDS:
        return name
    return "'" + name.replace("'", "''") + "'"


def _quoted(names: Iterable[str]) -> str:
    return listed(f"'{name}'" for name in names)


# -- what the bindings say -------------------------------------------------------------------


def _unsaid(project: Project, judged: Judged, names: list[str]) -> str:
    return "write it there; `aboveboard graph` lists datasets, fields and steps by their names"


def _unbound(project: Project, judged: Judged, stores: list[str]) -> str:
    ours = [id_ for id_, copy in project.policy.copies.items() if copy.holder == "us"]
    data = judged.claim.data
    kept = [row.copy_ for row in project.policy.retention.values() if data in row.data]
    copy = next((id_ for id_ in (*kept, *ours) if id_ in ours), "")
    if not copy:
        return (
            f"say in copies what {_quoted(stores)} is, bind it in bindings.copies, and say in "
            "retention how long it is kept there"
        )
    bindings = project.policy.bindings or Bindings()
    nodes = ", ".join(map(_word, (*bindings.copies.get(copy, ()), *stores)))
    place = project.policy.at("bindings", "", "copies")
    return (
        f"if that is one of your copies, bind it: `{_word(copy)}: [{nodes}]` in bindings.copies "
        f"({place.path}:{place.line}); else say in copies and retention what else it is"
    )


def _unfiltered(project: Project, judged: Judged, names: list[str]) -> str:
    control = judged.claim.subject
    flag = project.policy.bindings.flags.get(control) if project.policy.bindings else None
    if judged.claim.kind != "opt-out-honoured" or flag is None:
        return (
            f"filter on {names[0]} before the data gets there, the right way round, on every path"
        )
    field = flag.field[0].rpartition(".")[2]
    counts = flag.missing == "refused"
    if flag.refused and all(isinstance(value, bool) for value in flag.refused):
        keep = listed(f"{field} = {spelled(not value)}" for value in flag.refused)
    else:
        keep = f"{field} is not {listed(map(spelled, flag.refused), 'or')}"
    keep += " and not missing" if counts and " is not " in keep else ""
    keep += "" if counts else ", or missing"
    place = project.policy.at("bindings", "", "flags", control, key=True)
    said = f"bindings.flags.{control}, {place.path}:{place.line}"
    return (
        f"on every path to '{judged.claim.target}', keep only rows where {keep}; "
        f"a missing value counts as {flag.missing} ({said})"
    )


# -- what the policy says --------------------------------------------------------------------


def _unpublished(project: Project, judged: Judged, copies: list[str]) -> str:
    policy, data, taken = project.policy, judged.claim.data, set(project.policy.retention)
    rows = []
    for copy in copies:
        id_ = _free(f"{data}-in-{copy}", taken)
        taken.add(id_)
        rows.append(f"{id_}: {{data: [{_word(data)}], copy: {_word(copy)}, keep: {_LONG}}}")
    known = next(iter(policy.retention), None)
    if known is None:
        where = f"add `retention: {{{', '.join(rows)}}}` to the policy"
    else:
        path = policy.at("retention", known).path
        where = f"add {listed(f'`{row}`' for row in rows)} below 'retention:' in {path}"
    return f"say how long, with the time that is true: {where}"


def _free(id_: str, taken: set[str]) -> str:
    return next(
        name for number in range(1, len(taken) + 2)
        if (name := id_ if number == 1 else f"{id_}-{number}") not in taken
    )  # fmt: skip


# -- what an overlay says --------------------------------------------------------------------


def _undated(project: Project, judged: Judged, names: list[str]) -> str:
    row = project.policy.retention.get(judged.claim.subject)
    periods = [p for p in (row.keep.longest if row and row.keep else ()) if p.startswith("P")]
    said = f"retention: {periods[0] if periods else _LONG}"
    how = "if it is so" if periods else "with the time that is true"
    return f"{how}, {_of_datasets(project, judged, dict.fromkeys(names, said))}"


def _unlisted(project: Project, judged: Judged, names: list[str]) -> str:
    bound = [place.rpartition(".") for places in _bound(project) for place in places]
    said = {}
    for name in names:
        fields = dict.fromkeys(_word(field) for node, _, field in bound if node == name)
        fields = fields or {"name-of-a-field": None}
        said[name] = f"fields: {{{', '.join(f'{field}: {{}}' for field in fields)}}}"
    return f"list all fields that there are: {_of_datasets(project, judged, said)}"


def _bound(project: Project) -> Iterable[Iterable[str]]:
    """The fields that the bindings name as `dataset.field`."""
    bindings = project.policy.bindings or Bindings()
    yield from bindings.sources.values()
    yield bindings.not_personal
    yield (f"{node}.{field}" for node, field in bindings.person.items())
    yield from (flag.field for flag in bindings.flags.values())


def _of_datasets(project: Project, judged: Judged, said: dict[str, str]) -> str:
    """Where to say something of datasets: in the drawing that has them, else in an overlay."""
    datasets, formats = project.pipeline.datasets, project.pipeline.formats
    facts = [datasets[name].fact for name in said if name in datasets]
    native = [fact.location.path for fact in facts if formats.get(fact.location.path) == "native"]
    if len(native) == len(said) and all(fact.grade == "described" for fact in facts):
        each = listed(f"`{what}` of '{name}'" for name, what in said.items())
        return f"say {each} in {listed(dict.fromkeys(native))}"
    inner = ", ".join(f"{_word(name)}: {{{what}}}" for name, what in said.items())
    return _overlay(project, "datasets", inner, braces="{}")


def _overlay(project: Project, key: str, inner: str, braces: str) -> str:
    """What to write into an overlay, a file by itself unless there is one of this name already."""
    patterns = [
        path
        for files in (project.policy.bindings or Bindings()).files
        for path in files.path
        if not files.dialect and not files.checkout and not files.merged
    ]
    folder = next((PurePosixPath(path).parts[0] for path in patterns if "/" in path), "pipeline")
    file = f"{folder}/overlay.yml"
    whole = f"{{version: 1, overlay: true, {key}: {braces[0]}{inner}{braces[1]}}}"
    if file in project.pipeline.inputs:
        return f"add `{inner}` to '{key}:' in {file}"
    found = any(fnmatchcase(file, pattern) for pattern in patterns)
    return f"write `{whole}` into {file}" + (
        "" if found else f", and list {file} in bindings.files"
    )


# -- what the pipeline's own files say -------------------------------------------------------


def _unread(project: Project, judged: Judged, names: list[str]) -> str:
    plain = (
        f"write the settings of {_quoted(names)} as plain values in the file, or leave them at "
        "what the tool's documents say"
    )
    return _version(project, judged) or plain


def _unknown_step(project: Project, judged: Judged, names: list[str]) -> str:
    for found in project.findings:
        if found.rule == "unknown-setting" and judged.culprit and _same(found, judged):
            return f"{found.message}: {found.hint}"
    if open_ := _version(project, judged):
        return open_
    steps = ", ".join(f"{{id: {_word(name)}, op: copy}}" for name in names)
    told = _overlay(project, "steps", steps, braces="[]")
    return f"say what it does, if no file can: {told}, with the operation in place of `copy`"


def _same(found: Finding, judged: Judged) -> bool:
    place, fact = found.location, judged.culprit
    return bool(place and fact and place[:2] == fact.location[:2])


def _version(project: Project, judged: Judged) -> str:
    """What to say of the tool of which nobody knows the version, if it reads the file at fault."""
    path = judged.culprit.location.path if judged.culprit else ""
    found = project.pipeline.unversioned.get(path)
    return f"say first which version runs, for its defaults decide: {found.hint}" if found else ""


_MENDS: dict[str, Mend] = {
    "unsaid": _unsaid,
    "unread": _unread,
    "unknown-step": _unknown_step,
    "unlisted": _unlisted,
    "unbound": _unbound,
    "unpublished": _unpublished,
    "undated": _undated,
    "unfiltered": _unfiltered,
    "unsure": lambda project, judged, _: _version(project, judged),
    "other": lambda *_: "",
}
