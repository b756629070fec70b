"""Kinds of service that a project can start from: ready files, to be made true."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from .texts import filled, flow, quoted, scalar

FILES = Path(__file__).parent / "files"
KINDS = {
    "chat-assistant": "people chat with an assistant",
    "api": "programs call it",
    "app-telemetry": "an app that tells how it is used",
}
CI = {"github": ".github/workflows/aboveboard.yml", "gitlab": ".gitlab-ci.yml"}


class Service(NamedTuple):
    """Who the service is."""

    name: str
    company: str
    contact: str
    effective: date


def header(service: Service) -> dict[str, str]:
    """The values of a template's places."""
    return {
        "SERVICE": scalar(service.name),
        "SERVICE_COMMENT": service.name,
        "SITE": quoted(f"{service.name}: your data"),
        "COMPANY": scalar(service.company),
        "CONTACT": scalar(service.contact),
        "DATE": service.effective.isoformat(),
    }


def template(name: str) -> str:
    """The text of a ready file, with its places open."""
    return (FILES / name).read_text("utf-8")


def common(service: Service, ci: str | None = None) -> dict[str, str]:
    """The files of every project, by path."""
    values = header(service)
    files = {
        ".gitignore": template("common/gitignore"),
        "mkdocs.yml": filled(template("common/mkdocs.yml"), values),
        "docs/about.md": template("common/about.md"),
    }
    if ci:
        files[CI[ci]] = template(f"ci/{ci}.yml")
    return files


def ready(kind: str, service: Service, more: list[Any], *, alone: bool) -> dict[str, str]:
    """The policy of a kind of service, and the pipeline that it is held against, by path.

    `more` are further files of a pipeline; `alone`: nothing else lies in the folder of ours.
    """
    values = header(service)
    bindings = template(f"{kind}/bindings.yml")
    if more or not alone:
        named = flow(["pipeline/service.yml", *more])
        bindings = bindings.replace("  files: pipeline/*.yml\n", f"  files: {named}\n")
    return {
        "policy_data/policy.yml": filled(template(f"{kind}/policy.yml"), values),
        "policy_data/bindings.yml": bindings,
        "policy_data/to-confirm.yml": template("common/to-confirm.yml")
        + template(f"{kind}/to-confirm.yml"),
        "pipeline/service.yml": template(f"{kind}/pipeline.yml"),
    }
