"""A result as Parquet, by DuckDB from the spool. What Parquet has no type for is text there, and that is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workers.core.model.errors import EnvironmentFailure
from workers.core.query.columns import ResultColumn, renamed, unique_names
from workers.core.query.outcome import Note
from workers.querying.local.duck import (
    TEXTS,
    converted,
    duck_type,
    literal,
    misfits,
    open_duck,
    quoted,
    spool_scan,
)
from workers.querying.saving.progress import Saving
from workers.querying.spool.reader import SpoolReader

if TYPE_CHECKING:
    import duckdb


def save_parquet(reader: SpoolReader, path: Path, tell: Saving) -> tuple[Note, ...]:
    """Write the file; a column with a value that DuckDB has not in its type is written as text.

    Raises:
        EnvironmentFailure: ``not-saved`` with DuckDB's words.
    """
    import duckdb

    columns = reader.meta.columns
    names = unique_names(column.name for column in columns)
    kinds = [duck_type(column) for column in columns]
    scan = spool_scan(reader, names)
    with open_duck(path.parent) as connection, tell.interruptible(connection.interrupt):
        try:
            try:
                _write(connection, scan, path, names, kinds)
            except duckdb.ConversionException:
                path.unlink(missing_ok=True)
                kinds = _fitting(connection, scan, names, kinds)
                _write(connection, scan, path, names, kinds)
        except duckdb.Error as error:
            tell(0)
            raise EnvironmentFailure.of(
                "not-saved",
                f"The result could not be written as Parquet: {_first_line(error)}",
                None,
                detail=str(error),
            ) from error
    tell(reader.meta.rows)
    return _notes(columns, names, kinds)


def _write(
    connection: duckdb.DuckDBPyConnection, scan: str, path: Path, names: Sequence[str], kinds: Sequence[str]
) -> None:
    values = ", ".join(
        f"{_finite(quoted(name), kind)} AS {quoted(name)}" for name, kind in zip(names, kinds, strict=True)
    )
    statement = f"COPY (SELECT {values} FROM {scan}) TO {literal(str(path))}"  # noqa: S608 - all names are quoted
    connection.execute(f"{statement} (FORMAT parquet, COMPRESSION zstd)")


def _finite(name: str, kind: str) -> str:
    """The value; an infinite date fails like one that cannot be read, since a file would keep it as another date."""
    value = converted(name, kind)
    if kind in ("DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"):
        # A cast that fails on the way, for nothing else can be raised as a conversion's error.
        return f"CASE WHEN {name} LIKE '%infinity' THEN CAST('infinite ' || {name} AS {kind}) ELSE {value} END"
    return value


def _fitting(connection: duckdb.DuckDBPyConnection, scan: str, names: Sequence[str], kinds: Sequence[str]) -> list[str]:
    """The types without those of columns that hold a value which does not fit."""
    tests = ", ".join(
        f"coalesce(bool_or({misfits(quoted(name), kind)}), false)" for name, kind in zip(names, kinds, strict=True)
    )
    found = connection.execute(f"SELECT {tests} FROM {scan}").fetchone() or ()  # noqa: S608 - all names are quoted
    return ["VARCHAR" if bad else kind for bad, kind in zip(found, kinds, strict=True)]


def _notes(columns: Sequence[ResultColumn], names: Sequence[str], kinds: Sequence[str]) -> tuple[Note, ...]:
    texts = [
        f"{name} ({column.type})"
        for column, name, kind in zip(columns, names, kinds, strict=True)
        if kind == "VARCHAR" and column.base not in TEXTS
    ]
    notes = []
    if texts:
        notes.append(
            Note(
                "text-columns", f"Parquet has no type for these columns, they are text: {', '.join(texts)}.", len(texts)
            )
        )
    if changed := renamed(columns, names):
        notes.append(
            Note("names-changed", f"Columns need names of their own in Parquet: {', '.join(changed)}.", len(changed))
        )
    return tuple(notes)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
