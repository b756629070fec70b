"""Plans of Terraform as `terraform show -json` prints them, cut to what matters."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from aboveboard.pipeline.graph import Dataset, Pipeline, Setting
from aboveboard.pipeline.join import join
from aboveboard.pipeline.part import Context, Entry, File, Part
from aboveboard.pipeline.readers import terraform
from aboveboard.source import parse_yaml

DAY = date(2026, 12, 1)
Values = dict[str, Any]


def resource(address: str, values: Values, *, secret: Any = None, **more: Any) -> Values:
    """One resource of `planned_values`."""
    kind, _, name = address.rpartition(".")
    kind = kind.rpartition(".")[2]
    found = {
        "address": address,
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider_name": f"registry.terraform.io/hashicorp/{kind.partition('_')[0]}",
        "schema_version": 0,
        "values": values,
        "sensitive_values": secret or {},
    }
    return {**found, **more}


def plan(*resources: Values, **more: Any) -> Values:
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.8",
        "planned_values": {"root_module": {"resources": list(resources)}},
        **more,
    }


def read(data: Values) -> Part:
    """What the reader makes of a file."""
    document = parse_yaml(json.dumps(data, indent=2).encode(), "pipeline/plan.json")
    assert not document.problems
    assert terraform.recognises(document)
    return next(terraform.read([File(document, Entry(()))], Context(DAY)))


def joined(data: Values, *others: str) -> Pipeline:
    """The graph of a plan and of datasets that others know by their paths."""
    from aboveboard.findings import Location
    from aboveboard.pipeline.graph import Fact

    pipeline, part = Pipeline(), Part()
    for other in others:
        fact = Fact("written here", "observed", Location("train.yml", 1))
        part.datasets.append(Dataset(other, fact, "store"))
        part.paths[other] = other
    plans = read(data)
    pipeline.findings += plans.findings
    join(pipeline, [part, plans])
    return pipeline


def kept(data: Values, path: str) -> Setting:
    """How long the dataset at a path is kept."""
    pipeline = joined(data, path)
    [life] = pipeline.datasets[path].lifetimes
    return life.keep


def said(data: Values, path: str) -> tuple[str, str, int]:
    """Its duration in words, the grade of that, and the line where it stands."""
    found = kept(data, path)
    words = found.value.words() if hasattr(found.value, "words") else repr(found.value)
    return words, found.fact.grade, found.fact.location.line
