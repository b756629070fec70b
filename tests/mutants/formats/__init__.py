"""The formats of which there are mutants, one module each."""

from __future__ import annotations

from collections.abc import Callable

from tests.mutants.model import Format


def _native() -> Format:
    from . import native

    return native


def _data_juicer() -> Format:
    from . import data_juicer

    return data_juicer


def _sql() -> Format:
    from . import sql

    return sql


def _terraform() -> Format:
    from . import terraform

    return terraform


def _otel() -> Format:
    from . import otel

    return otel


def _odcs() -> Format:
    from . import odcs

    return odcs


def _dolma() -> Format:
    from . import dolma

    return dolma


FORMATS: dict[str, Callable[[], Format]] = {
    "native": _native,
    "data-juicer": _data_juicer,
    "sql": _sql,
    "dolma": _dolma,
    "odcs": _odcs,
    "terraform": _terraform,
    "opentelemetry-collector": _otel,
}
