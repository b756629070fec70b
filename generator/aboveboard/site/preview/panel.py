"""What is wrong, as a part of a page. All of it is the text of others, and escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ...findings import Finding
from ..text import count

FEW = 50  # findings that are shown; the terminal has the rest
LAST = "The page shows the last good state."


def of_findings(findings: Sequence[Finding]) -> str:
    """The panel of some findings; "" for none."""
    if not findings:
        return ""
    errors = sum(finding.severity == "error" for finding in findings)
    others = len(findings) - errors
    said = [count(errors, "error", "errors")] if errors else []
    said += [count(others, "warning", "warnings")] if others else []
    first = sorted(findings, key=lambda finding: finding.severity != "error")
    rows = [_row(finding) for finding in first[:FEW]]
    if len(first) > FEW:
        rows.append(f"<li>{count(len(first) - FEW, 'more', 'more')} in the terminal.</li>")
    return _fold(
        f"{', '.join(said)}. {LAST if errors else ''}", f"<ol>{''.join(rows)}</ol>", errors
    )


def of_failure(message: str) -> str:
    """The panel of a build that could not go on."""
    return _fold(f"The preview could not be made. {LAST}", f"<pre>{escape(message)}</pre>", 1)


def _fold(title: str, body: str, errors: int) -> str:
    open_ = " open" if errors else ""
    return f"<details{open_}><summary>{escape(title.strip())}</summary>{body}</details>"


def _row(finding: Finding) -> str:
    said = [f"<code>{escape(str(finding.location))}</code>"] if finding.location else []
    said.append(f"<b>{finding.severity}[{escape(finding.rule)}]</b> {escape(finding.message)}")
    said += [
        f"<code>{escape(str(place))}</code> {escape(place.message)}" for place in finding.related
    ]
    if finding.hint:
        said.append(f"<i>{escape(finding.hint)}</i>")
    return f'<li data-severity="{finding.severity}">{"<br>".join(said)}</li>'
