"""The receipt of an import as a page that can be printed and as JSON that a program can read.

The page is one file without scripts, pictures or addresses of others; everything that came from a workbook is escaped.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePath
from typing import Any

from workers.core.model.json_codec import encode
from workers.core.model.outcomes import ImportOutcome

_MOST_CELLS = 20


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says.

    Attributes:
        outcome: How the import ended.
        state: The ledger's word for what it is now: ``loaded``, ``undone``, ``superseded``, ``gone``, ``failed``, …
        when: Local time at which it ended, or None when not known.
        who: The user who ran it.
        note: What became of it later, such as ``undone 03 Oct 16:20``.
        log: Lines of its log.
    """

    outcome: ImportOutcome
    state: str
    when: dt.datetime | None = None
    who: str = ""
    note: str = ""
    log: str = ""


def receipt_json(receipt: Receipt) -> str:
    """The receipt as one JSON object: the line of ``import --json``, the control totals, and what became of it."""
    outcome = receipt.outcome
    data: dict[str, Any] = {
        **outcome.to_json(),
        "state_now": receipt.state,
        "when": receipt.when.isoformat(timespec="seconds") if receipt.when else None,
        "who": receipt.who,
        "control_totals": encode(outcome.sums),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def receipt_html(receipt: Receipt) -> str:
    """The receipt as one HTML page."""
    outcome = receipt.outcome
    title = f"{PurePath(outcome.file).name or outcome.file} → {outcome.table or '–'}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="state">{escape(_state(receipt))}</p>',
        _error(receipt),
        _facts(receipt),
        _equation(outcome),
        _section("Control totals", _totals(outcome)),
        _section("Columns", _columns(outcome)),
        _section("What was noticed", _warnings(outcome)),
        _section("Rejected rows", _rejects(outcome)),
        _section("Log", f"<pre>{escape(receipt.log)}</pre>" if receipt.log else ""),
    ]
    body = "\n".join(part for part in parts if part)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Receipt: {escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _state(receipt: Receipt) -> str:
    said = receipt.note or receipt.state
    when = f" · {receipt.when:%Y-%m-%d %H:%M}" if receipt.when else ""
    return said[:1].upper() + said[1:] + when


def _error(receipt: Receipt) -> str:
    error = receipt.outcome.error
    if error is None:
        return ""
    place = f"{escape(error.cell)}: " if error.cell else ""
    hint = f"<br>{escape(error.hint)}" if error.hint else ""
    return f'<p class="error">{place}{escape(error.message)}{hint}</p>'


def _facts(receipt: Receipt) -> str:
    outcome = receipt.outcome
    rows = [
        ("File", outcome.file),
        ("Sheet", outcome.sheet),
        ("Rows of the sheet", f"{outcome.first_row} to {outcome.last_row}" if outcome.last_row else None),
        ("Header", ", ".join(map(str, outcome.header_rows)) or None),
        ("Table", outcome.table),
        ("Mode", outcome.mode),
        ("By", receipt.who or None),
        ("Took", f"{outcome.seconds:.1f} s" + (f", try {outcome.attempts}" if outcome.attempts > 1 else "")),
        ("Import", outcome.import_id),
    ]
    cells = "".join(f"<tr><th>{name}</th><td>{escape(str(text))}</td></tr>" for name, text in rows if text is not None)
    return f'<table class="facts">{cells}</table>'


def _equation(outcome: ImportOutcome) -> str:
    said = (
        f"<b>{outcome.rows_read:,}</b> read = <b>{outcome.rows_loaded:,}</b> loaded"
        f" + <b>{outcome.rows_rejected:,}</b> rejected + <b>{outcome.rows_skipped:,}</b> skipped"
    )
    blank = f" · {outcome.rows_blank:,} blank rows left out" if outcome.rows_blank else ""
    return f'<p class="equation">{said}{blank}</p>'


def _section(title: str, content: str) -> str:
    return f"<h2>{title}</h2>\n{content}" if content else ""


def _totals(outcome: ImportOutcome) -> str:
    rows = []
    for column in outcome.sums:
        for where, figures in (("workbook", column.workbook), ("table", column.table)):
            if figures:
                rows.append((column.name, where, f"{column.count:,}", *figures))
    return _table(("Column", "In the", "Values", "Sum", "Smallest", "Largest"), rows, numbers=4)


def _columns(outcome: ImportOutcome) -> str:
    rows = [(c.letter, c.source or "–", c.name, c.type.value, f"{c.nulls:,}") for c in outcome.columns]
    return _table(("", "Header", "Column", "Type", "NULL"), rows, numbers=1)


def _warnings(outcome: ImportOutcome) -> str:
    items = []
    for warning in outcome.warnings:
        cells = ", ".join(warning.cells[:_MOST_CELLS]) + (" …" if len(warning.cells) > _MOST_CELLS else "")
        items.append(f"<li>{escape(warning.message)}" + (f" <small>{escape(cells)}</small>" if cells else "") + "</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _rejects(outcome: ImportOutcome) -> str:
    rows = [(str(r.row), r.cell, r.value if r.value is not None else "NULL", r.reason) for r in outcome.rejects]
    more = outcome.rows_rejected - len(rows)
    tail = f"<p>… and {more:,} more</p>" if more > 0 else ""
    return _table(("Row", "Cell", "Value", "Why"), rows) + tail


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """A table, the last `numbers` columns of which hold figures; empty without rows."""
    first = len(headings) - numbers
    lines = ["".join(_cell("td", text, place >= first) for place, text in enumerate(row)) for row in rows]
    if not lines:
        return ""
    head = "".join(_cell("th", text, place >= first) for place, text in enumerate(headings))
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(tag: str, text: str, number: bool) -> str:
    kind = ' class="n"' if number else ""
    return f"<{tag}{kind}>{escape(text)}</{tag}>"


_STYLE = """
body{font:14px/1.45 system-ui,sans-serif;color:#1b1f24;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem;margin:0}h2{font-size:1rem;margin:1.6rem 0 .4rem}
.state{color:#57606a;margin:.2rem 0 1rem}.error{border-left:4px solid #c4432b;padding:.4rem .8rem;background:#fdf1ee}
.equation{font-size:1.1rem;border:1px solid #d0d7de;border-radius:6px;padding:.6rem .9rem}
table{border-collapse:collapse;width:100%}.facts{width:auto}.facts th{padding-right:1.5rem}
th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #e4e8ec;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:600;color:#57606a}.n{text-align:right;font-variant-numeric:tabular-nums}
pre{white-space:pre-wrap;overflow-wrap:anywhere}tr{break-inside:avoid}thead{display:table-header-group}
@media print{body{margin:0;max-width:none}}
"""
