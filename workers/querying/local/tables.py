"""Sources into DuckDB: every one is a table of its own before anything that somebody wrote is looked at."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workers.core.model.errors import UserError
from workers.core.model.naming import identifier, table_name
from workers.core.query.columns import ResultColumn, unique_names
from workers.core.query.context import QueryContext
from workers.core.query.outcome import Note, StatementState
from workers.core.query.request import LocalSource, QueryRequest
from workers.querying.local.duck import converted, duck_type, literal, misfits, quoted, spool_scan
from workers.querying.local.sheets import read_tables
from workers.querying.spool.meta import ResultMeta
from workers.querying.spool.reader import SpoolReader
from workers.querying.spool.shelf import OpenResult, ResultShelf, disk_failure

if TYPE_CHECKING:
    import duckdb

_MOST_DIGITS = 38
_PARQUET = ".parquet"


@dataclass(slots=True)
class SourceTables:
    """Puts the sources of one request into a DuckDB.

    Attributes:
        names: What the tables are called.
        notes: What is to be said about their values.
    """

    connection: duckdb.DuckDBPyConnection
    request: QueryRequest
    shelf: ResultShelf
    context: QueryContext
    names: list[str]
    notes: list[Note]

    def load(self) -> None:
        """Load every source.

        Raises:
            SheetferryError: for a file or result that cannot be read.
        """
        for source in self.request.sources:
            self.context.check()
            if source.result_id:
                self._load_result(source)
            elif source.path.lower().endswith(_PARQUET):
                self._load_parquet(source)
            else:
                self._load_file(source)

    def _load_file(self, source: LocalSource) -> None:
        with _own_shelf(self.shelf, self.request.job_id) as own:
            opened = iter(range(1, 1 << 30))

            def open_table(name: str, columns: tuple[ResultColumn, ...]) -> OpenResult:
                return own.create(
                    ResultMeta(f"source-{next(opened)}", self.request.job_id, 0, "", name, columns, created=time.time())
                )

            tables: list[tuple[str, str]] = []
            for table in read_tables(source.path, source.alias, open_table, self.context):
                meta = table.spool.close(StatementState.DONE, 0.0)
                with own.open(meta.result_id) as reader:
                    name = self._load_spool(reader, table.name)
                own.remove(meta.result_id)
                tables.append((name, table.sheet))
        self._name_by_sheet(Path(source.path).name, tables)

    def _load_result(self, source: LocalSource) -> None:
        with self.shelf.open(source.result_id) as reader:
            name = source.alias or identifier(reader.meta.name) or f"result_{source.result_id[:8]}"
            self._load_spool(reader, name)
            if reader.meta.state is not StatementState.DONE:
                self.notes.append(Note("incomplete-source", f"The result {name} is incomplete: it was not read whole."))

    def _load_parquet(self, source: LocalSource) -> None:
        import duckdb

        name = self._free(source.alias or table_name(source.path))
        path = Path(source.path).expanduser()
        if not path.is_file():
            raise UserError.of("not-found", f"There is no file {source.path}.", "Check the path.")
        try:
            self.connection.execute(
                f"CREATE TABLE {quoted(name)} AS SELECT * FROM read_parquet({literal(str(path))})"  # noqa: S608
            )
        except duckdb.Error as error:
            self.context.check()
            raise UserError.of(
                "damaged", f"{path.name} is no Parquet file that can be read.", None, detail=str(error)
            ) from error

    def _load_spool(self, reader: SpoolReader, wanted: str) -> str:
        """A table of a spool's rows, each column of DuckDB's own type where all of its values have one."""
        name = self._free(wanted)
        columns = reader.meta.columns
        names = unique_names(column.name for column in columns)
        scan = spool_scan(reader, names)
        kinds = self._kinds(scan, columns, names)
        values = ", ".join(
            f"{converted(quoted(column), kind)} AS {quoted(column)}" for column, kind in zip(names, kinds, strict=True)
        )
        self.connection.execute(f"CREATE TABLE {quoted(name)} AS SELECT {values} FROM {scan}")  # noqa: S608
        return name

    def _kinds(self, scan: str, columns: tuple[ResultColumn, ...], names: tuple[str, ...]) -> list[str]:
        """One look at all values: how large those of numeric columns are, and whether all fit their types."""
        plain = [duck_type(column) if column.base != "interval" else "INTERVAL" for column in columns]
        questions: list[str] = []
        for column, name, kind in zip(columns, names, plain, strict=True):
            cell = quoted(name)
            if column.base == "numeric" and kind == "VARCHAR":
                questions += [
                    f"coalesce(max(length(regexp_extract({cell}, '^-?(\\d+)', 1))), 0)",
                    f"coalesce(max(length(regexp_extract({cell}, '\\.(\\d+)$', 1))), 0)",
                    f"coalesce(bool_or(NOT regexp_full_match({cell}, '-?\\d+(\\.\\d+)?')), false)",
                ]
            else:
                questions += ["0", "0", f"coalesce(bool_or({misfits(cell, kind)}), false)"]
        if not questions:
            return plain
        found = self.connection.execute(f"SELECT {', '.join(questions)} FROM {scan}").fetchone() or ()  # noqa: S608
        out = []
        for n, (column, kind) in enumerate(zip(columns, plain, strict=True)):
            whole, part, bad = found[3 * n : 3 * n + 3]
            if column.base == "numeric" and kind == "VARCHAR":
                kind = _decimal(int(whole), int(part), bool(bad))
            elif bad:
                kind = "VARCHAR"
            if kind == "VARCHAR" and duck_type(column) != "VARCHAR":
                self.notes.append(
                    Note("text-columns", f"Not every value of {names[n]} fits {column.type}, so it is text here.")
                )
            out.append(kind)
        return out

    def _name_by_sheet(self, file: str, tables: list[tuple[str, str]]) -> None:
        """The same tables again as ``"file.xlsx"."Sheet"``, for those who think in sheets."""
        sheets = [sheet for _, sheet in tables]
        self.connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(file)}")
        for name, sheet in tables:
            if sheets.count(sheet) == 1 and sheet:
                self.connection.execute(
                    f"CREATE OR REPLACE VIEW {quoted(file)}.{quoted(sheet)} AS SELECT * FROM {quoted(name)}"  # noqa: S608
                )

    def _free(self, wanted: str) -> str:
        name = unique_names([wanted], taken=self.names)[0]
        self.names.append(name)
        return name


def _decimal(whole: int, part: int, bad: bool) -> str:
    if bad or whole + part > _MOST_DIGITS:
        # NaN, Infinity, and more digits than a decimal of DuckDB has.
        return "DOUBLE"
    return f"DECIMAL({_MOST_DIGITS},{part})"


@contextmanager
def _own_shelf(shelf: ResultShelf, query_id: str) -> Iterator[ResultShelf]:
    """A shelf of this query's own, away from the results, gone with the block."""
    root = shelf.root.parent / "query-sources" / query_id
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield ResultShelf(root, shelf.quota)
    except OSError as error:
        raise disk_failure(error, root) from error
    finally:
        shutil.rmtree(root, ignore_errors=True)
