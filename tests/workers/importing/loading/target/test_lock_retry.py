"""Other sessions hold what an import needs: it says so, waits, and goes on, or gives up with a sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Progress
from workers.database import session_settings
from workers.importing.loading.file_import import run_import

ROWS: list[list[Any]] = [["id", "name"], [1, "a"], [2, "b"]]


@pytest.fixture
def other(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection[Any]]:
    """A second session beside a table, and imports that lose their patience with it sooner."""
    monkeypatch.setitem(session_settings._PINNED, "lock_timeout", "200ms")
    loader.connection.execute("CREATE TABLE own (id int PRIMARY KEY, name text)")
    with closing(psycopg.connect(**{**loader.target.libpq("x"), "application_name": "quarterly-report"})) as session:
        yield session


def load(loader: Loader, mode: Mode, context: RecordingContext) -> ImportOutcome:
    """Append the rows to the table."""
    path = loader.book("rows", Data=ROWS)
    (outcome,) = run_import(loader.request(path, table="own", mode=mode, keys=("id",)), context)
    return outcome


@pytest.mark.parametrize("mode", [Mode.APPEND, Mode.UPSERT, Mode.REPLACE])
def test_a_lock_that_is_let_go_of_is_waited_for_and_told(
    loader: Loader, other: psycopg.Connection[Any], mode: Mode
) -> None:
    other.execute("LOCK TABLE own IN ACCESS EXCLUSIVE MODE")
    context = RecordingContext()

    def let_go(progress: Progress) -> bool:
        if progress.note:
            other.rollback()
        return False

    context.cancel_when = let_go
    outcome = load(loader, mode, context)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 2), outcome.error
    notes = [p.note for p in context.seen if p.note]
    assert notes
    assert "public.own held by quarterly-report" in notes[0]
    assert "waited-for-lock" in {w.code for w in outcome.warnings}
    assert loader.query("SELECT count(*) FROM own") == [(2,)]


def test_a_lock_that_is_kept_ends_the_import_with_its_holder_named(
    loader: Loader, other: psycopg.Connection[Any]
) -> None:
    other.execute("LOCK TABLE own IN SHARE MODE")
    outcome = load(loader, Mode.APPEND, RecordingContext())
    assert outcome.error
    assert outcome.error.kind == "lock-timeout"
    assert "quarterly-report" in outcome.error.message
    other.rollback()
    assert loader.query("SELECT count(*) FROM own") == [(0,)]


def test_a_deadlock_is_tried_again(loader: Loader, other: psycopg.Connection[Any], monkeypatch: Any) -> None:
    monkeypatch.setitem(session_settings._PINNED, "lock_timeout", "5min")
    # Who waits looks for a deadlock once: the import late enough to find one, the other session after all of this.
    monkeypatch.setitem(session_settings._PINNED, "deadlock_timeout", "3s")
    other.execute("SET deadlock_timeout = '5min'")
    other.execute("INSERT INTO own VALUES (2, 'theirs')")

    def cross() -> None:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        until = time.monotonic() + 60
        while loader.query(waiting) == [(0,)] and time.monotonic() < until:
            time.sleep(0.005)
        other.execute("INSERT INTO own VALUES (1, 'theirs')")
        other.rollback()

    thread = threading.Thread(target=cross)
    thread.start()
    context = RecordingContext()
    outcome = load(loader, Mode.APPEND, context)
    thread.join(60)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 2), outcome.error
    assert "waited-for-lock" in {w.code for w in outcome.warnings}
