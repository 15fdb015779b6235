"""Through a connection pooler in transaction mode: nothing of ours outlives a transaction, and all goes as ever."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.pooler import pooled
from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.model.errors import Cancelled, EnvironmentFailure
from workers.core.model.options import Mode, RejectLimit
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import BackendStarted, Progress
from workers.core.model.undo_report import UndoReport, UndoRequest
from workers.database import catalog
from workers.database.connection_budget import count_connections
from workers.database.engines import connect_bulk, make_engine
from workers.database.ledger.history import read_history, read_rejects
from workers.database.ledger.resolver import settle, settle_unreported
from workers.database.table_reader import TableReader, read_head
from workers.importing.loading.file_import import run_import
from workers.importing.loading.undo.undo import run_undo
from workers.monitor.database_reader import DatabaseReader, WatchedDatabase

pytestmark = pytest.mark.db

HEAD = ["id", "name", "qty"]
ROWS: list[list[Any]] = [HEAD, [1, "a", 5], [2, "b", 6], [3, "c", 7]]
CHANGED: list[list[Any]] = [HEAD, [2, "B", 60], [3, "c", 7], [4, "d", 8]]


@pytest.fixture
def through(loader: Loader) -> Iterator[Loader]:
    """A loader behind a pooler with fewer sessions than clients."""
    with pooled(loader.target, sessions=2) as target:
        loader.target = target
        yield loader


@pytest.fixture
def noise(through: Loader) -> Iterator[None]:
    """Other clients, with whom sessions are shared: whoever comes back finds another one."""
    stop = threading.Event()

    def look() -> None:
        with connect_bulk(through.target, "noise", read_only=True) as connection:
            while not stop.is_set():
                read_history(connection)

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join(60)


def load(loader: Loader, rows: list[list[Any]], name: str, **options: Any) -> ImportOutcome:
    outcome = loader.load_rows(rows, name, **options)
    assert outcome.state is ImportState.LOADED, outcome.error
    return outcome


def undo(loader: Loader, outcome: ImportOutcome) -> UndoReport:
    report = run_undo(UndoRequest(str(uuid.uuid4()), outcome.import_id, loader.target), RecordingContext())
    assert report.state == "undone", report.error
    return report


@pytest.mark.usefixtures("noise")
def test_all_modes_their_undo_and_the_history(through: Loader) -> None:
    load(through, ROWS, "create", table="t", keys=("id",))
    undo(through, load(through, [HEAD, [9, "z", 1.5]], "append", table="t", mode=Mode.APPEND))
    for mode in (Mode.UPSERT, Mode.SKIP, Mode.REPLACE):
        undo(through, load(through, CHANGED, mode.value, table="t", mode=mode))
    assert through.query("SELECT id, name FROM t ORDER BY id") == [(1, "a"), (2, "b"), (3, "c")]
    strict = "CREATE TABLE strict (id bigint, name text NOT NULL, qty bigint)"
    through.connection.execute(strict.encode())
    refused = load(
        through,
        [HEAD, [1, None, 1], [2, "b", 2]],
        "strict",
        table="strict",
        mode=Mode.APPEND,
        max_rejects=RejectLimit(1),
    )
    with connect_bulk(through.target, "history", read_only=True) as connection:
        assert [entry.state for entry in read_history(connection)].count("undone") == 4
        assert [reject.source_row for reject in read_rejects(connection, refused.import_id)] == [2]


@pytest.mark.usefixtures("noise")
def test_a_workbook_of_many_sheets_loads_whole(through: Loader) -> None:
    sheets: dict[str, list[list[Any]]] = {
        f"Sheet{number}": [HEAD, *[[n, f"{number}", n] for n in range(50)]] for number in range(14)
    }
    outcomes = through.load(through.book("many", **sheets))
    assert [outcome.state for outcome in outcomes] == [ImportState.LOADED] * 14, [o.error for o in outcomes]
    (whole,) = {o.state for o in through.load(through.book("together", **sheets), atomic=True)}
    assert whole is ImportState.LOADED


def test_two_windows_with_one_file_load_it_once(through: Loader) -> None:
    path = through.book("same", Data=ROWS)
    outcomes: list[ImportOutcome] = []

    def one() -> None:
        request = through.request(path, table="t", mode=Mode.APPEND)
        outcomes.extend(run_import(request, RecordingContext()))

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(o.state.value for o in outcomes) == ["loaded", "unchanged"], [o.error for o in outcomes]


@pytest.mark.usefixtures("noise")
def test_looking_works(through: Loader) -> None:
    load(through, ROWS, "create", table="t")
    assert read_head(through.target, "public", "t").total == 3
    reader = TableReader(through.target, "public", "t")
    assert sum(map(len, reader.portions())) == 3
    reader.close()
    assert count_connections(through.target).limit > 0
    engine = make_engine(through.target, PoolSizes(2, 0, 5.0), "looker")
    try:
        for _ in range(3):
            with engine.connect() as connection:
                assert [table.name for table in catalog.tables(connection, "public")] == ["t"]
                assert catalog.default_schema(connection) == "public"
        watched = WatchedDatabase(engine, through.target)
        assert DatabaseReader(lambda: watched, clock=lambda: 0.0).read().state.value == "connected"
    finally:
        engine.dispose()


def test_a_cancel_reaches_the_session_and_leaves_nothing(through: Loader) -> None:
    context = RecordingContext()
    context.cancel_when = lambda progress: progress.rows > 0
    with pytest.raises(Cancelled):
        run_import(through.request(through.book("long", Data=ROWS), table="t"), context)
    assert not through.exists("t")
    assert settle(through.target, context.backends[-1]).verdict == "rolled_back"


def test_a_statement_that_runs_is_cancelled(through: Loader) -> None:
    with connect_bulk(through.target, "sleeper") as connection:
        timer = threading.Timer(0.2, connection.cancel_safe)
        timer.start()
        with pytest.raises(Exception, match="cancel"):
            connection.execute("SELECT pg_sleep(60)")
        connection.rollback()
        timer.join()
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_session_of_a_lost_import_is_ended_and_no_other(through: Loader) -> None:
    """The process number is the server's own, not the pooler's; a session that has gone on to others is left alone."""
    lost: list[BackendStarted] = []

    def cut(progress: Progress) -> bool:
        if progress.rows > 0 and context.backends:
            lost.append(context.backends[-1])
            assert settle(replace(through.target), lost[-1], patience=30).verdict == "rolled_back"
        return False

    context = RecordingContext()
    context.cancel_when = cut
    with pytest.raises(EnvironmentFailure) as failure:
        run_import(through.request(through.book("cut", Data=ROWS), table="t"), context)
    assert failure.value.info.kind == "connection-lost"
    assert not through.exists("t")
    done = load(through, ROWS, "done", table="done")
    backend = through.context.backends[-1]
    with connect_bulk(through.target, "bystander") as one, connect_bulk(through.target, "bystander") as two:
        held = [session.execute("SELECT pg_backend_pid()").fetchone() for session in (one, two)]
        assert (backend.pid,) in held, "the pooler has no other sessions"
        with pooled(
            replace(through.target, host=through.connection.info.host, port=through.connection.info.port)
        ) as more:
            assert settle(more, backend, patience=30).verdict == "committed"
            assert settle_unreported(more, backend.application_name, [done.import_id]).verdict == "committed"
        assert one.execute("SELECT 1").fetchone() == two.execute("SELECT 1").fetchone() == (1,)
