"""One module per format. A reader is found by content, never by a file's name."""

from __future__ import annotations

from ..part import Reader
from . import data_juicer, dolma, native, odcs, openlineage, otel_collector, sql, terraform

READERS: dict[str, Reader] = {
    native.NAME: native,
    data_juicer.NAME: data_juicer,
    dolma.NAME: dolma,
    otel_collector.NAME: otel_collector,
    terraform.NAME: terraform,
    odcs.NAME: odcs,
    sql.NAME: sql,
    openlineage.NAME: openlineage,
}
# Tools that are given several files as one.
MERGING = frozenset({otel_collector.NAME})
