"""What is kept for undos has an end in time and size, and the history says what can be undone."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.options import Mode
from workers.core.model.undo_report import UndoRequest
from workers.database.ledger.history import HistoryEntry, read_history
from workers.importing.loading.file_import import run_import
from workers.importing.loading.undo.pruning import prune
from workers.importing.loading.undo.undo import run_undo

FIRST: list[list[Any]] = [["id", "name"], [1, "a"], [2, "b"]]
SECOND: list[list[Any]] = [["id", "name"], [3, "c"]]


def history(loader: Loader) -> dict[str, HistoryEntry]:
    """Entries by import."""
    return {entry.import_id: entry for entry in read_history(loader.connection)}


def test_old_images_go_at_the_next_import_and_the_history_says_so(loader: Loader) -> None:
    old = loader.load_rows(FIRST, "first", table="t", mode=Mode.REPLACE)
    middle = loader.load_rows(SECOND, "second", table="t", mode=Mode.REPLACE)
    assert history(loader)[middle.import_id].undoable
    assert history(loader)[old.import_id].to_json()["undo_note"] == "It was replaced by a later import."
    loader.connection.execute("UPDATE sheetferry_kept.imports SET kept_at = kept_at - interval '31 days'")
    new = loader.load_rows(FIRST, "third", table="other", mode=Mode.APPEND)
    assert loader.query("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'before\\_%'") == [(0,)]
    entries = history(loader)
    assert (entries[new.import_id].undoable, entries[middle.import_id].undoable) == (True, False)
    assert "not kept" in entries[middle.import_id].undo_note
    report = run_undo(UndoRequest(str(uuid.uuid4()), middle.import_id, loader.target), RecordingContext())
    assert report.error
    assert report.error.kind == "nothing-kept"
    assert loader.query("SELECT id FROM t") == [(3,)]


def test_the_oldest_go_first_where_space_is_short(loader: Loader) -> None:
    first = loader.load_rows(FIRST, "first", table="a")
    second = loader.load_rows(SECOND, "second", table="b")
    (size,) = loader.query(
        "SELECT sum(pg_column_size(places) + pg_column_size(hashes)) FROM sheetferry_kept.row_hashes"
    )[0]
    assert prune(loader.connection, 30, int(size) - 1) == 1
    assert [history(loader)[o.import_id].undoable for o in (first, second)] == [False, True]


def test_a_later_import_bars_the_undo_of_a_replace(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="t", mode=Mode.REPLACE)
    second = loader.load_rows(SECOND, "second", table="t", mode=Mode.REPLACE)
    loader.load_rows([["id", "name"], [7, "x"]], "third", table="t", mode=Mode.APPEND)
    assert history(loader)[second.import_id].undo_note.startswith("A later import")


def test_limits_come_with_the_request(loader: Loader) -> None:
    loader.load_rows(FIRST, "first", table="a")
    request = replace(loader.request(loader.book("second", Data=SECOND), table="b"), kept_days=0)
    run_import(request, RecordingContext())
    assert loader.query("SELECT count(*) FROM sheetferry_kept.imports") == [(1,)]
