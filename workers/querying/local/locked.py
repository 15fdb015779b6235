"""One SELECT over tables that are there already, in a DuckDB that is shut in: no file, no network, no setting.

An allowed path may be written as well as read, so the only one is the file that the rows go to, in a folder of this
query's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workers.core.model.errors import EnvironmentFailure, SheetferryError, UserError
from workers.core.query.columns import ResultColumn
from workers.querying.local.duck import literal

if TYPE_CHECKING:
    import duckdb

_TYPES = {
    "BOOLEAN": "boolean",
    "TINYINT": "smallint",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "UTINYINT": "smallint",
    "USMALLINT": "integer",
    "UINTEGER": "bigint",
    "UBIGINT": "numeric(20,0)",
    "HUGEINT": "numeric",
    "UHUGEINT": "numeric",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "VARCHAR": "text",
    "DATE": "date",
    "TIME": "time without time zone",
    "TIMESTAMP": "timestamp without time zone",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
    "INTERVAL": "interval",
    "UUID": "uuid",
    "BLOB": "bytea",
    "JSON": "json",
}
_FLOATS = ("FLOAT", "DOUBLE")


def shut_in(connection: duckdb.DuckDBPyConnection, rows: Path) -> None:
    """Take everything away but the tables that are there and the one file; nothing gives it back."""
    connection.execute("SET python_enable_replacements = false")
    connection.execute(f"SET allowed_paths = [{literal(str(rows))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def proven_select(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    """Let one SELECT pass and nothing else.

    Raises:
        UserError: ``syntax``, ``read-only``.
    """
    import duckdb

    try:
        statements = connection.extract_statements(text)
    except duckdb.Error as error:
        raise duck_failure(error) from error
    if len(statements) != 1:
        raise UserError.of("syntax", "One statement at a time can be run over files.", None)
    if statements[0].type != duckdb.StatementType.SELECT:
        kind = statements[0].type.name
        raise UserError.of(
            "read-only",
            f"Over files and results only SELECT can be run, and this is {kind}; nothing was changed.",
            "Save the result with --to or --save-as.",
        )


def describe(
    connection: duckdb.DuckDBPyConnection, text: str, values: Sequence[str | None]
) -> tuple[tuple[ResultColumn, ...], tuple[str, ...]]:
    """The columns of a SELECT in PostgreSQL's words, and their types in DuckDB's."""
    relation = connection.sql(text, params=list(values) or None)
    kinds = tuple(map(str, relation.types))
    columns = tuple(ResultColumn(name, postgres_type(kind)) for name, kind in zip(relation.columns, kinds, strict=True))
    return columns, kinds


def write_rows(
    connection: duckdb.DuckDBPyConnection, text: str, values: Sequence[str | None], kinds: Sequence[str], rows: Path
) -> None:
    """Run the SELECT and write its rows to the file in PostgreSQL's form of CSV."""
    names = [f"c{n}" for n in range(len(kinds))]
    shown = ", ".join(_shown(name, kind) for name, kind in zip(names, kinds, strict=True))
    statement = (
        f"COPY (SELECT {shown} FROM (\n{text}\n) AS q({', '.join(names)})) TO {literal(str(rows))}"  # noqa: S608
        " (FORMAT csv, HEADER false, NULLSTR '', QUOTE '\"', ESCAPE '\"', USE_TMP_FILE false)"
    )
    connection.execute(statement, list(values) or None)


def postgres_type(kind: str) -> str:
    """PostgreSQL's name for a type of DuckDB; ``text`` where it has none."""
    if kind.startswith("DECIMAL"):
        return kind.lower().replace("decimal", "numeric")
    return _TYPES.get(kind, "text")


def duck_failure(error: Exception) -> SheetferryError:
    """What DuckDB says as one sentence."""
    import duckdb

    said = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
    family, _, words = said.partition(": ")
    sentence = (words or said).strip()
    sentence = sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
    if isinstance(error, duckdb.OutOfMemoryException):
        return EnvironmentFailure.of(
            "too-large",
            "The query needs more memory or disk than it may take.",
            "Ask for fewer rows or columns, or give workers more memory in the settings.",
            detail=str(error),
        )
    if isinstance(error, duckdb.PermissionException):
        return UserError.of(
            "not-allowed",
            "SQL over files sees the files that were named and no others.",
            "Name the file as a source.",
            detail=str(error),
        )
    kinds = {"Parser Error": "syntax", "Catalog Error": "no-such-table", "Binder Error": "invalid-sql"}
    return UserError.of(kinds.get(family, "sql-error"), sentence, None, detail=str(error))


def _shown(name: str, kind: str) -> str:
    """A value as PostgreSQL would write it."""
    if kind == "BOOLEAN":
        return f"CASE WHEN {name} THEN 't' WHEN NOT {name} THEN 'f' END"
    if kind == "BLOB":
        return f"'\\x' || lower(hex({name}))"
    if kind in _FLOATS:
        return (
            f"CASE WHEN isnan({name}) THEN 'NaN' WHEN isinf({name}) THEN if({name} > 0, 'Infinity', '-Infinity')"
            f" ELSE {name}::VARCHAR END"
        )
    return f"{name}::VARCHAR"
