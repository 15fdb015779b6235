"""DuckDB over spools: how it is opened, and how PostgreSQL's types and texts become its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workers.core.query.columns import ResultColumn
from workers.querying.spool.reader import SpoolReader

if TYPE_CHECKING:
    import duckdb

_MOST_DIGITS = 38
_USUAL_LINE = 2_097_152
"""Bytes of the longest line that DuckDB reads unless it is told otherwise (its manual, "CSV Import")."""

_TYPES = {
    "smallint": "SMALLINT",
    "integer": "INTEGER",
    "bigint": "BIGINT",
    "oid": "BIGINT",
    "real": "FLOAT",
    "double precision": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp without time zone": "TIMESTAMP",
    "timestamp with time zone": "TIMESTAMP WITH TIME ZONE",
    "time without time zone": "TIME",
    "uuid": "UUID",
    "bytea": "BLOB",
}
TEXTS = frozenset(
    {"text", "character varying", "character", "name", '"char"', "bpchar", "json", "jsonb", "xml", "citext"}
)
"""Types that are text anyway, so that nothing has to be said of it."""


@contextmanager
def open_duck(folder: Path, memory: int = 1 << 30, threads: int = 0) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of its own in memory, which loads and fetches nothing by itself.

    Args:
        folder: Where it may put what memory does not hold.
        memory: Bytes of memory that it may take.
        threads: Threads; 0 for one a core.
    """
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{max(64, memory >> 20)}MiB",
        "threads": threads or max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(folder / ".duck"),
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        yield connection
    finally:
        connection.close()


def duck_type(column: ResultColumn) -> str:
    """DuckDB's type for values of the column; VARCHAR where it has none that holds every one of them."""
    if column.base == "numeric":
        precision, scale = (*column.modifier, 0, 0)[:2] if column.modifier else (0, 0)
        if 0 < precision <= _MOST_DIGITS and 0 <= scale <= precision:
            return f"DECIMAL({precision},{scale})"
        return "VARCHAR"
    return _TYPES.get(column.base, "VARCHAR")


def converted(name: str, kind: str) -> str:
    """The expression that makes a value of DuckDB's type of PostgreSQL's text."""
    if kind == "VARCHAR":
        return name
    if kind == "BLOB":
        return f"unhex(substr({name}, 3))"
    return f"CAST({name} AS {kind})"


def misfits(name: str, kind: str) -> str:
    """The condition under which a text has no value of DuckDB's type, or one that files do not keep."""
    if kind in ("VARCHAR", "BLOB"):
        return "false"
    fits = f"TRY_CAST({name} AS {kind}) IS NOT NULL"
    if kind in ("DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"):
        # Infinity would come out as a date of its own.
        fits = f"coalesce(isfinite(TRY_CAST({name} AS {kind})), false)"
    return f"{name} IS NOT NULL AND NOT ({fits})"


def spool_scan(reader: SpoolReader, names: Sequence[str]) -> str:
    """The table function that reads a spool's rows, all of them as texts."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    longest = reader.longest()
    room = "" if longest <= _USUAL_LINE else f", max_line_size = {longest}, buffer_size = {2 * longest}"
    return (
        f"read_csv({literal(str(reader.rows_path))}, columns = {{{columns}}}, auto_detect = false, header = false,"
        " delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n',"
        " strict_mode = true"
        f"{room})"
    )


def quoted(name: str) -> str:
    """A name as DuckDB's SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as DuckDB's SQL has it."""
    return "'" + text.replace("'", "''") + "'"
