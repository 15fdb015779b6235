"""Talks to the server by the extended protocol and stays answerable: no call blocks for longer than a beat.

User text goes to the server in `prepare` only, which takes one statement and refuses two. What psycopg's own
``execute`` without parameters and ``copy`` speak is the simple protocol, which takes many: they never get user text.
"""

from __future__ import annotations

import select
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

import psycopg
from psycopg import generators, pq
from psycopg.waiting import Ready, Wait

from workers.querying.session.failures import error_from

_BEAT = 0.1
_PAUSE = 0.02
_SHOW_EVERY = 0.1
_ROWS_AT_ONCE = 2_000
_COPIES_AT_ONCE = 4_096
_OK = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)
_SEVERAL_ROWS = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.SINGLE_TUPLE, getattr(pq.ExecStatus, "TUPLES_CHUNK", None))


class ServerLink:
    """One connection of libpq. Every method may raise psycopg.Error and whatever `check` raises."""

    def __init__(self, connection: psycopg.Connection[Any], check: Callable[[], None]) -> None:
        """Use the connection.

        Args:
            connection: In autocommit mode; transactions are begun by hand.
            check: Called on every beat; raises when the job was cancelled.
        """
        self._connection = connection
        self._pgconn = connection.pgconn
        self._check = check
        self._socket = self._pgconn.socket
        self._count = 0
        self.tag = ""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open and sound."""
        return self._pgconn.transaction_status == pq.TransactionStatus.INTRANS

    def own(self, statement: str, values: Sequence[str | None] = ()) -> list[tuple[str | None, ...]]:
        """Run a statement of ours and answer with its rows as texts."""
        parameters = [None if value is None else value.encode() for value in values]
        self._pgconn.send_query_params(statement.encode(), parameters)
        result = self._last(self._execute())
        return [
            tuple(_text(result.get_value(row, column)) for column in range(result.nfields))
            for row in range(result.ntuples)
        ]

    def prepare(self, text: str) -> bytes:
        """Have the server understand one statement; the name under which it knows it."""
        self._count += 1
        name = f"sheetferry_{self._count}".encode()
        self._pgconn.send_prepare(name, text.encode())
        self._last(self._execute())
        return name

    def describe(self, name: bytes) -> list[tuple[str, int, int]]:
        """Name, type and type modifier of each result column; none for a statement without a result."""
        self._pgconn.send_describe_prepared(name)
        result = self._last(self._execute())
        return [
            ((result.fname(n) or b"").decode("utf-8", "replace"), result.ftype(n), result.fmod(n))
            for n in range(result.nfields)
        ]

    def run(self, name: bytes, values: Sequence[str | None] = ()) -> str:
        """Run a prepared statement without a result; the server's word for what was done, such as ``UPDATE 86``."""
        self._pgconn.send_query_prepared(name, _encoded(values))
        result = self._last(self._execute())
        return (result.command_status or b"").decode()

    def rows(self, name: bytes, values: Sequence[str | None] = ()) -> Iterator[list[tuple[bytes | None, ...]]]:
        """Run a prepared statement and give its rows as they come, as the texts of their values."""
        self._pgconn.send_query_prepared(name, _encoded(values))
        if hasattr(self._pgconn, "set_chunked_rows_mode") and pq.version() >= 170000:
            self._pgconn.set_chunked_rows_mode(_ROWS_AT_ONCE)
        else:
            self._pgconn.set_single_row_mode()
        self.tag = ""
        while (result := self._wait(generators.fetch(self._pgconn))) is not None:
            if result.status not in _SEVERAL_ROWS:
                self._raise_unless_ok(result)
            get = result.get_value
            columns = range(result.nfields)
            self.tag = (result.command_status or b"").decode() or self.tag
            if result.ntuples:
                yield [tuple(get(row, column) for column in columns) for row in range(result.ntuples)]

    def copied(self, name: bytes) -> Iterator[list[bytes]]:
        """Run a prepared ``COPY … TO STDOUT`` and give its rows as they come, each with its end of line."""
        pgconn = self._pgconn
        self.tag = ""
        pgconn.send_query_prepared(name, [])
        result = self._wait(generators.fetch(pgconn))
        if result is None or result.status != pq.ExecStatus.COPY_OUT:
            self._raise_unless_ok(result)
            return
        get = pgconn.get_copy_data
        wait = _waiter(self._socket)
        rows: list[bytes] = []
        add = rows.append
        show_at = 0.0
        while True:
            length, data = get(1)
            if length > 0:
                add(bytes(data))
                if len(rows) >= _COPIES_AT_ONCE:
                    yield rows
                    rows = []
                    add = rows.append
                    self._check()
            elif length == 0:
                quiet = not wait(_PAUSE)
                if rows and (quiet or time.monotonic() >= show_at):
                    # What there is can be seen already, however slowly the rest comes.
                    yield rows
                    rows = []
                    add = rows.append
                    show_at = time.monotonic() + _SHOW_EVERY
                while quiet and not wait(_BEAT):
                    self._check()
                pgconn.consume_input()
            else:
                break
        if rows:
            yield rows
        self._last(self._execute())

    def cancel(self, seconds: float) -> None:
        """Ask the server to stop what it does for this session; safe from another thread."""
        self._connection.cancel_safe(timeout=seconds)

    # ---- waiting

    def _execute(self) -> list[pq.abc.PGresult]:
        results: list[pq.abc.PGresult] = self._wait(generators.execute(self._pgconn))
        return results

    def _wait(self, generator: Generator[Any, Any, Any]) -> Any:
        """Carry one of psycopg's generators to its end, looking for a cancel on every beat."""
        try:
            wish = next(generator)
            while True:
                ready = _ready(self._socket, wish)
                if not ready:
                    self._check()
                    continue
                wish = generator.send(ready)
        except StopIteration as end:
            return end.value

    def _last(self, results: list[pq.abc.PGresult]) -> pq.abc.PGresult:
        for result in results:
            self._raise_unless_ok(result)
        return results[-1]

    def _raise_unless_ok(self, result: pq.abc.PGresult | None) -> None:
        if result is None:
            raise psycopg.OperationalError("the connection is lost")
        if result.status in (pq.ExecStatus.COPY_OUT, pq.ExecStatus.COPY_IN, pq.ExecStatus.COPY_BOTH):
            raise psycopg.NotSupportedError("COPY to or from the client is no query")
        if result.status not in _OK:
            raise error_from(result)


def _encoded(values: Sequence[str | None]) -> list[bytes | None]:
    return [None if value is None else value.encode() for value in values]


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


def _waiter(descriptor: int) -> Callable[[float], bool]:
    """A function that waits at most so many seconds for something to read."""
    if sys.platform == "win32":
        return lambda seconds: bool(select.select([descriptor], [], [], seconds)[0])
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return lambda seconds: bool(poll.poll(seconds * 1000))


def _ready(descriptor: int, wish: int) -> int:
    """Wait for a beat until the socket can be read or written; what it can, 0 for neither."""
    if sys.platform == "win32":
        reading = [descriptor] if wish & Wait.R else []
        writing = [descriptor] if wish & Wait.W else []
        read, written, _ = select.select(reading, writing, [], _BEAT)
        return (Ready.R if read else 0) | (Ready.W if written else 0)
    poll = select.poll()
    poll.register(descriptor, (select.POLLIN if wish & Wait.R else 0) | (select.POLLOUT if wish & Wait.W else 0))
    found = 0
    for _, events in poll.poll(_BEAT * 1000):
        found |= Ready.R if events & ~select.POLLOUT and wish & Wait.R else 0
        found |= Ready.W if events & ~select.POLLIN and wish & Wait.W else 0
    return found
