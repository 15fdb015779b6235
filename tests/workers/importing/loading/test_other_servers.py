"""Servers and databases that are not as ours: read only, restarted under an undo, in other encodings."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.own_server import OwnServer, own_server
from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportState
from workers.core.model.tasks import Progress, Target
from workers.core.model.undo_report import UndoRequest
from workers.database import catalog
from workers.database.connection_budget import count_connections
from workers.database.engines import connect_bulk, make_engine
from workers.database.ledger.history import read_history
from workers.database.ledger.resolver import settle
from workers.database.table_reader import read_head
from workers.importing.loading.undo.undo import run_undo
from workers.monitor.database_reader import DatabaseReader, WatchedDatabase

pytestmark = pytest.mark.db

ROWS: list[list[Any]] = [["id", "name"], [1, "a"], [2, "b"]]
_numbers = itertools.count(1)


@pytest.fixture
def server(server_binaries: Path) -> Iterator[OwnServer]:
    with own_server(server_binaries) as running:
        yield running


def loader_of(target: Target, folder: Path) -> Loader:
    """A loader whose own connection is closed: the server is about to go away."""
    connection = psycopg.connect(**target.libpq("test"), autocommit=True)
    connection.close()
    return Loader(folder, target, connection)


def test_a_server_that_only_reads_is_looked_at_and_refuses_imports_in_words(server: OwnServer, tmp_path: Path) -> None:
    loader = loader_of(server.target, tmp_path)
    outcome = loader.load_rows(ROWS, table="t", schema="public")
    assert outcome.state is ImportState.LOADED, outcome.error
    backend = loader.context.backends[-1]
    server.stop()
    server.stand_by()
    server.start()
    with connect_bulk(server.target, "history", read_only=True) as connection:
        assert [entry.import_id for entry in read_history(connection)] == [outcome.import_id]
    assert read_head(server.target, "public", "t").total == 2
    assert count_connections(server.target).limit == 100
    assert settle(server.target, backend).verdict == "committed"
    engine = make_engine(server.target, PoolSizes(1, 0, 5.0), "looker")
    with engine.connect() as connection_of_engine:
        assert [table.name for table in catalog.tables(connection_of_engine, "public")] == ["t"]
    sample = DatabaseReader(lambda: WatchedDatabase(engine, server.target), clock=lambda: 0.0).read()
    assert sample.state.value == "connected", sample.note
    engine.dispose()
    for attempt in (
        lambda: loader.load_rows(ROWS, table="t", schema="public", mode=Mode.APPEND),
        lambda: run_undo(UndoRequest(str(uuid.uuid4()), outcome.import_id, server.target), RecordingContext()),
    ):
        with pytest.raises(SheetferryError) as refused:
            attempt()
        assert refused.value.info.kind == "read-only", refused.value.info


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_restarted_under_an_undo_has_undone_nothing(server: OwnServer, tmp_path: Path, mode: str) -> None:
    loader = loader_of(server.target, tmp_path)
    outcome = loader.load_rows(ROWS, table="t", schema="public")
    with closing(psycopg.connect(**server.target.libpq("holder"))) as holder:
        # Another import's lock makes the undo wait, and say so: the moment for the restart.
        holder.execute("LOCK TABLE public.t")
        context = RecordingContext()
        restarted: list[str] = []

        def restart(progress: Progress) -> bool:
            if not restarted:
                restarted.append(mode)
                server.stop(mode)
                server.start()
            return False

        context.cancel_when = restart
        request = UndoRequest(str(uuid.uuid4()), outcome.import_id, server.target)
        with pytest.raises(EnvironmentFailure) as failure:
            run_undo(request, context)
    assert restarted == [mode]
    assert failure.value.info.kind in ("server-stopping", "connection-lost")
    assert read_head(server.target, "public", "t").total == 2
    report = run_undo(UndoRequest(str(uuid.uuid4()), outcome.import_id, server.target), RecordingContext())
    assert (report.rows_removed, report.table_dropped) == (2, True)


@pytest.fixture
def database(request: pytest.FixtureRequest, server_target: Target) -> Iterator[Target]:
    """A database in another encoding."""
    name = f"encoded_{next(_numbers)}"
    with closing(psycopg.connect(**replace(server_target, dbname="postgres").libpq("test"), autocommit=True)) as admin:
        encoding = f"ENCODING '{request.param}' LOCALE_PROVIDER libc LOCALE 'C'"
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0 {encoding}".encode())
        yield replace(server_target, dbname=name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.mark.parametrize("database", ["LATIN1", "SQL_ASCII"], indirect=True)
def test_a_database_in_another_encoding_takes_rows_history_and_undo(database: Target, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["größe", "naïve"], [1, "Übung"], [2, "é"]]
    with closing(psycopg.connect(**database.libpq("test"), client_encoding="utf8", autocommit=True)) as connection:
        loader = Loader(tmp_path, database, connection)
        outcome = loader.load_rows(rows, "größen", table="maße", schema="public")
        assert outcome.state is ImportState.LOADED, outcome.error
        more = loader.load_rows([rows[0], [3, "ç"]], "mehr", table="maße", schema="public", mode=Mode.APPEND)
        assert more.state is ImportState.LOADED, more.error
        assert read_head(database, "public", "maße").rows[0][1] == "Übung"
        with connect_bulk(database, "history", read_only=True) as looking:
            assert {entry.target_table for entry in read_history(looking, search="maße")} == {"public.maße"}
        for import_id in (more.import_id, outcome.import_id):
            report = run_undo(UndoRequest(str(uuid.uuid4()), import_id, database), RecordingContext())
            assert report.state == "undone", report.error


@pytest.mark.parametrize("database", ["LATIN1"], indirect=True)
def test_a_character_that_the_database_has_not_is_said_and_nothing_is_left(database: Target, tmp_path: Path) -> None:
    with closing(psycopg.connect(**database.libpq("test"), client_encoding="utf8", autocommit=True)) as connection:
        loader = Loader(tmp_path, database, connection)
        outcome = loader.load_rows([["id", "name"], [1, "陈"]], table="t", schema="public")
        assert outcome.state is ImportState.FAILED
        assert outcome.error is not None
        assert outcome.error.kind == "bad-value", outcome.error
        assert "LATIN1" in outcome.error.message
        assert not loader.exists("public.t")
