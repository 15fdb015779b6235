"""Sends rows with COPY.

Where a table may refuse rows they go in portions behind savepoints, so that the bad rows are found one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from workers.database.sessions import users_path

PORTION_ROWS = 4_000
_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_TRAILER = b"\xff\xff"
SentRow = tuple[Any, ...]
NumberedRow = tuple[int, SentRow]
Refused = Callable[[int, SentRow, psycopg.Error], None]

_REFUSALS = (
    psycopg.errors.DataError,
    psycopg.errors.IntegrityError,
    psycopg.errors.RaiseException,
    # A value of a type for which the server was not built.
    psycopg.errors.FeatureNotSupported,
)


def roll_back_to(cursor: psycopg.Cursor[Any], savepoint: LiteralString) -> None:
    """Take back what was done since a savepoint, and let go of it."""
    cursor.execute(sql.SQL("ROLLBACK TO SAVEPOINT {}").format(sql.Identifier(savepoint)))
    cursor.execute(sql.SQL("RELEASE SAVEPOINT {}").format(sql.Identifier(savepoint)))


class CopyStream:
    """One COPY after the other into the same columns; `written` counts what the database took."""

    def __init__(
        self,
        cursor: psycopg.Cursor[Any],
        table: sql.Composable,
        columns: Sequence[str],
        types: Sequence[str] | None,
        *,
        users_code: bool = False,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            cursor: Inside the import's transaction.
            table: The quoted table.
            columns: Its columns, in the order of the values.
            types: PostgreSQL's names of their types for the binary form; None to send text.
            users_code: Whether the table brings code of its users, which finds its way by their search path.
        """
        self._users_code = users_code
        self._cursor = cursor
        self._table = table
        self._columns = columns
        self.types = types
        self._open: AbstractContextManager[Any] | None = None
        self._copy: psycopg.Copy | None = None
        self._raw = False
        self.written = 0

    def write(self, rows: Iterable[SentRow]) -> None:
        """Send rows, starting a COPY if none is under way."""
        if self._raw:
            self.flush()
        if self._copy is None:
            self._start()
        assert self._copy is not None
        write_row = self._copy.write_row
        for row in rows:
            write_row(row)

    def write_binary(self, pieces: Iterable[bytes]) -> None:
        """Send rows that are in the binary form of COPY already, without header and trailer."""
        if self._copy is not None and not self._raw:
            self.flush()
        if self._copy is None:
            self._start()
            self._raw = True
            pieces = (_HEADER, *pieces)
        assert self._copy is not None
        for piece in pieces:
            self._copy.write(piece)

    def _start(self) -> None:
        form = sql.SQL(" (FORMAT BINARY)") if self.types is not None else sql.SQL("")
        names = sql.SQL(", ").join(map(sql.Identifier, self._columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN{}").format(self._table, names, form)
        opened = ExitStack()
        opened.enter_context(users_path(self._cursor, self._users_code))
        self._copy = opened.enter_context(self._cursor.copy(statement))
        self._open = opened
        if self.types is not None:
            self._copy.set_types(self.types)

    def flush(self) -> None:
        """End the COPY under way, so that other statements can be sent."""
        if self._open is None:
            return
        opened, self._open, copy, self._copy = self._open, None, self._copy, None
        if self._raw and copy is not None:
            copy.write(_TRAILER)
        self._raw = False
        opened.__exit__(None, None, None)
        self.written += self._cursor.rowcount

    def abandon(self, error: BaseException) -> None:
        """Break the COPY under way off; the transaction or savepoint is lost with it."""
        if self._open is None:
            return
        opened, self._open, self._copy = self._open, None, None
        self._raw = False
        try:
            opened.__exit__(type(error), error, error.__traceback__)
        except psycopg.Error:
            return
        except BaseException as raised:
            if raised is not error:
                raise


class GuardedCopy:
    """Copies in portions, each behind a savepoint; a portion that is refused is halved until the bad rows are alone."""

    def __init__(self, cursor: psycopg.Cursor[Any], stream: CopyStream, refused: Refused) -> None:
        """Wrap a stream.

        Args:
            cursor: The stream's cursor.
            stream: Where rows go.
            refused: Told of every single row that the database refuses: its Excel row, its values, the error.
        """
        self._cursor = cursor
        self._stream = stream
        self._refused = refused
        self._waiting: list[NumberedRow] = []

    def write(self, rows: Iterable[NumberedRow]) -> None:
        """Take rows with their Excel rows; they are sent a portion at a time."""
        self._waiting.extend(rows)
        if len(self._waiting) >= PORTION_ROWS:
            self.flush()

    def flush(self) -> None:
        """Send what waits."""
        portion, self._waiting = self._waiting, []
        if portion:
            self._send(portion)

    def _send(self, rows: list[NumberedRow]) -> None:
        before = self._stream.written
        self._cursor.execute("SAVEPOINT portion")
        try:
            self._stream.write(row for _, row in rows)
            self._stream.flush()
        except _REFUSALS as error:
            self._stream.abandon(error)
            roll_back_to(self._cursor, "portion")
            self._stream.written = before
            self._halve(rows, error)
        else:
            self._cursor.execute("RELEASE SAVEPOINT portion")

    def _halve(self, rows: list[NumberedRow], error: psycopg.Error) -> None:
        if len(rows) == 1:
            self._refused(*rows[0], error)
            return
        middle = len(rows) // 2
        self._send(rows[:middle])
        self._send(rows[middle:])
