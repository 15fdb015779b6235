"""A result as JSON lines: numbers in all their digits, JSON as it is, everything else as PostgreSQL's text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from workers.core.query.columns import ResultColumn, renamed, unique_names
from workers.core.query.outcome import Note
from workers.querying.saving.progress import Saving
from workers.querying.spool.reader import SpoolReader

_JSON_NUMBER = re.compile(rb"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?").fullmatch
_Writer = Callable[[bytes], bytes]


def save_json_lines(reader: SpoolReader, path: Path, tell: Saving) -> tuple[Note, ...]:
    """Write one object a row."""
    columns = reader.meta.columns
    names = unique_names(column.name for column in columns)
    writers = [_writer(column) for column in columns]
    keys = [json.dumps(name, ensure_ascii=False).encode() + b": " for name in names]
    parts = list(zip(keys, writers, strict=True))
    done = 0
    with path.open("xb") as file:
        for batch in reader.batches():
            lines = [
                b"{"
                + b", ".join(
                    [
                        key + (b"null" if value is None else write(value))
                        for (key, write), value in zip(parts, row, strict=True)
                    ]
                )
                + b"}\n"
                for row in batch
            ]
            file.write(b"".join(lines))
            done += len(batch)
            tell(done)
    changed = renamed(columns, names)
    if not changed:
        return ()
    return (Note("names-changed", f"Columns need names of their own in JSON: {', '.join(changed)}.", len(changed)),)


def _writer(column: ResultColumn) -> _Writer:
    if column.is_number and column.base != "money":
        return _number
    if column.base == "boolean":
        return _boolean
    if column.base in ("json", "jsonb"):
        return _json
    return _text


def _number(value: bytes) -> bytes:
    # NaN and Infinity are no JSON.
    return value if _JSON_NUMBER(value) else _text(value)


def _boolean(value: bytes) -> bytes:
    return b"true" if value in (b"t", b"true") else b"false"


def _json(value: bytes) -> bytes:
    # Within JSON's own texts a line cannot end, so these are between its parts.
    return value.replace(b"\r", b" ").replace(b"\n", b" ")


def _text(value: bytes) -> bytes:
    return json.dumps(value.decode("utf-8", "replace"), ensure_ascii=False).encode("utf-8", "replace")
