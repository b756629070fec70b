"""Mutants of Terraform plans, and how long the buckets that they make keep what lies in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from tests.mutants.edit import Edit, data_of, dumped, parsed
from tests.mutants.model import Files, Mode, Mutant, Row, Stores

NAME: Final = "terraform"
_RULES: Final = "aws_s3_bucket_lifecycle_configuration"
_VERSIONS: Final = "aws_s3_bucket_versioning"
Path = tuple[Any, ...]


def fails(files: Files) -> bool:
    """No row goes through a plan."""
    return False


def worlds(files: Files) -> Iterator[None]:
    """A plan leaves nothing open that is looked at here."""
    yield None


def run(files: Files, stores: Stores, world: None, mode: Mode) -> None:
    """Says of every object in a bucket how long it stays."""
    for text in files.values():
        resources = [values for _, values in _resources(parsed(text))]
        buckets = {v["bucket"] for kind, v in resources if kind == "aws_s3_bucket"}
        for name in stores.parts:
            bucket, _, key = name.removeprefix("s3://").partition("/")
            if name.startswith("s3://") and bucket in buckets:
                stores.keep[name] = _keeper(_days(resources, bucket, key))


@cache
def _keeper(days: float | None) -> Callable[[Row], float | str | None]:
    return lambda row: days


def _resources(plan: Any) -> Iterator[tuple[Path, tuple[str, Any]]]:
    module = plan["planned_values"]["root_module"]
    for number, resource in enumerate(module["resources"]):
        at = ("planned_values", "root_module", "resources", number, "values")
        yield at, (resource["type"], resource["values"])


def _days(resources: list[tuple[str, Any]], bucket: str, key: str) -> float | None:
    """The day on which an object of this key is gone: a new version of it has never been written.

    In a bucket with versions its end only hides it; then it waits as one that is not current.
    """
    rules = [
        r for kind, v in resources if kind == _RULES and v["bucket"] == bucket for r in v["rule"]
    ]
    versioned = any(
        v["versioning_configuration"][0]["status"] != "Disabled"
        for kind, v in resources
        if kind == _VERSIONS and v["bucket"] == bucket
    )
    mine = [rule for rule in rules if rule["status"] == "Enabled" and _is_for(rule, key)]
    ends = [e["days"] for rule in mine for e in rule.get("expiration") or () if e.get("days")]
    if not ends:
        return None
    if not versioned:
        return float(min(ends))
    later = [
        n["noncurrent_days"]
        for rule in mine
        for n in rule.get("noncurrent_version_expiration") or ()
        if not n.get("newer_noncurrent_versions")
    ]
    return float(min(ends) + min(later)) if later else None


def _is_for(rule: Row, key: str) -> bool:
    filters: list[Row] = rule.get("filter") or [{}]
    for some in filters:
        if some.get("tag") or some.get("and") or some.get("object_size_greater_than"):
            return False  # nothing says that the object has the tag, or the size
        if not key.startswith(some.get("prefix") or ""):
            return False
    return key.startswith(rule.get("prefix") or "")


# -- mutants ---------------------------------------------------------------------------------------


def _rules(files: Files) -> Iterator[tuple[str, Path, Row]]:
    """Every rule of every plan: file, key path, rule."""
    for path, text in files.items():
        for at, (kind, values) in _resources(data_of(text)):
            for number, rule in enumerate(values["rule"] if kind == _RULES else ()):
                yield path, (*at, "rule", number), rule


def _at(data: Any, at: Path) -> Any:
    for key in at:
        data = data[key]
    return data


def _with(files: Files, path: str, at: Path, name: str, **changed: Any) -> Mutant:
    edit = Edit(files, path)
    _at(edit.data, at).update(changed)
    site = at if "days" in changed else at[:3]  # of a rule that ends nothing, its bucket is shown
    return edit.mutant(name, f"{at[-1]}: {changed}", site)


def drop(files: Files) -> Iterator[Mutant]:
    for path, at, rule in _rules(files):
        edit = Edit(files, path)
        del _at(edit.data, at[:-1])[at[-1]]
        yield edit.mutant("drop", f"rule {rule['id']}")
        for key in ("expiration", "noncurrent_version_expiration"):
            if rule.get(key):
                yield _with(files, path, at, "drop", **{key: []})
    for path, text in files.items():
        for at, (kind, _) in _resources(data_of(text)):
            if kind == _RULES:
                edit = Edit(files, path)
                del _at(edit.data, at[:-2])[at[-2]]
                yield edit.mutant("drop", "all rules")


def disable(files: Files) -> Iterator[Mutant]:
    for path, at, _ in _rules(files):
        yield _with(files, path, at, "disable", status="Disabled")


def weaken(files: Files) -> Iterator[Mutant]:
    for path, at, rule in _rules(files):
        for n, one in enumerate(rule.get("expiration") or ()):
            for days in (one["days"] * 20, one["days"] + 31):
                yield _with(files, path, (*at, "expiration", n), "weaken", days=days)
        for n, one in enumerate(rule.get("noncurrent_version_expiration") or ()):
            there = (*at, "noncurrent_version_expiration", n)
            yield _with(files, path, there, "weaken", noncurrent_days=one["noncurrent_days"] * 20)
            yield _with(files, path, there, "weaken", newer_noncurrent_versions=3)


def narrow(files: Files) -> Iterator[Mutant]:
    for path, at, rule in _rules(files):
        for n, one in enumerate(rule.get("filter") or ()):
            there = (*at, "filter", n)
            yield _with(files, path, there, "narrow", prefix="elsewhere/")
            yield _with(files, path, there, "narrow", prefix=f"{one['prefix']}older/")
            yield _with(files, path, there, "narrow", tag=[{"key": "delete", "value": "yes"}])
    for path, text in files.items():
        for at, (kind, _) in _resources(data_of(text)):
            if kind == _RULES:
                yield _with(files, path, at, "narrow", bucket="another-bucket")


def shorten(files: Files) -> Iterator[Mutant]:
    for path, at, rule in _rules(files):
        for n, one in enumerate(rule.get("expiration") or ()):
            yield _with(
                files, path, (*at, "expiration", n), "shorten", days=max(1, one["days"] // 2)
            )
        for n, one in enumerate(rule.get("noncurrent_version_expiration") or ()):
            there = (*at, "noncurrent_version_expiration", n)
            yield _with(files, path, there, "shorten", noncurrent_days=1)
            del one
        for n, _ in enumerate(rule.get("filter") or ()):
            yield _with(files, path, (*at, "filter", n), "shorten", prefix="")


def reformat(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        data = data_of(text)
        yield Mutant("reformat", {**files, path: dumped(data, path)}, None, path)
        yield Mutant(
            "reformat", {**files, path: dumped(dict(reversed(data.items())), path)}, None, "keys"
        )
        yield Mutant("reformat", {**files, path: text.replace("\n", "\r\n")}, None, "ends of lines")


def shuffle(files: Files) -> Iterator[Mutant]:
    for path, text in files.items():
        edit = Edit(files, path)
        edit.data["planned_values"]["root_module"]["resources"].reverse()
        yield edit.mutant("shuffle", "resources")
        for at, (kind, _) in _resources(data_of(text)):
            if kind == _RULES:
                edit = Edit(files, path)
                _at(edit.data, at)["rule"].reverse()
                yield edit.mutant("shuffle", "rules")


def add_unrelated(files: Files) -> Iterator[Mutant]:
    for path in files:
        edit = Edit(files, path)
        bucket = {"address": "aws_s3_bucket.other", "mode": "managed", "type": "aws_s3_bucket",
                  "name": "other", "values": {"bucket": "other-bucket"}}  # fmt: skip
        edit.data["planned_values"]["root_module"]["resources"].append(bucket)
        yield edit.mutant("add-unrelated", "a bucket")
        for _, at, rule in _rules({path: files[path]}):
            edit = Edit(files, path)
            more = {**rule, "id": "more", "filter": [{"prefix": "more/"}]}
            _at(edit.data, at[:-1]).append(more)
            yield edit.mutant("add-unrelated", f"a rule like {rule['id']}")


OPERATORS: Mapping[str, Callable[[Files], Iterator[Mutant]]] = {
    "drop": drop,
    "disable": disable,
    "weaken": weaken,
    "narrow": narrow,
    "shorten": shorten,
    "reformat": reformat,
    "shuffle": shuffle,
    "add-unrelated": add_unrelated,
}
