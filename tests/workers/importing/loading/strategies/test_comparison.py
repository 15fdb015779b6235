"""What an upsert would change is said before it does, and nothing but that needs to be written."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.undo_report import UndoRequest
from workers.importing.loading.dry_run import run_trial
from workers.importing.loading.undo.undo import run_undo

BEFORE: list[list[Any]] = [["Id", "Item", "Qty"], [1, "a", 10], [2, "b", 20], [7, "c", None], [9, "d", 45]]
AFTER: list[list[Any]] = [["Id", "Item", "Qty"], [1, "a", 11], [2, "b", 20], [7, "C", 5], [9, "d", None], [12, "e", 3]]
TABLE = "SELECT id, item, qty FROM stock ORDER BY id"


def trial(loader: Loader, rows: list[list[Any]], **options: Any) -> ImportOutcome:
    """Ask what would happen."""
    context = RecordingContext()
    request = loader.request(loader.book("after", Data=rows), table="stock", mode=Mode.UPSERT, keys=("id",), **options)
    (outcome,) = run_trial(request, context)
    assert context.outcomes == []
    assert context.backends == []
    return outcome


@pytest.mark.parametrize("keyed", [True, False])
def test_new_changed_and_unchanged_rows_are_told(loader: Loader, keyed: bool) -> None:
    loader.load_rows(BEFORE, name="before", table="stock", keys=("id",) if keyed else ())
    there = loader.query(TABLE)
    found = trial(loader, AFTER).difference
    assert found is not None
    assert (found.keys, found.new, found.changed, found.unchanged) == (("id",), 1, 3, 1)
    assert [(r.source_row, r.key, r.changes) for r in found.rows] == [
        (2, ("1",), (("qty", "10", "11"),)),
        (4, ("7",), (("item", "c", "C"), ("qty", None, "5"))),
        (5, ("9",), (("qty", "45", None),)),
    ]
    assert loader.query(TABLE) == there
    assert loader.query("SELECT count(*) FROM sheetferry.imports") == [(1,)]


def test_blank_cells_that_keep_what_is_there_change_nothing(loader: Loader) -> None:
    loader.load_rows(BEFORE, name="before", table="stock", keys=("id",))
    found = trial(loader, AFTER, keep_existing=True).difference
    assert found is not None
    assert (found.new, found.changed, found.unchanged) == (1, 2, 2)


def test_no_more_than_a_hundred_changes_are_listed(loader: Loader) -> None:
    rows: list[list[Any]] = [["Id", "Qty"], *([n, n % 7] for n in range(300))]
    loader.load_rows(rows, name="before", table="stock", keys=("id",))
    found = trial(loader, [rows[0], *([n, q + 1] for n, q in rows[1:])]).difference
    assert found is not None
    assert (found.changed, len(found.rows)) == (300, 100)


def test_the_same_content_is_compared_as_well(loader: Loader) -> None:
    loader.load_rows(BEFORE, name="before", table="stock", mode=Mode.UPSERT, keys=("id",))
    found = trial(loader, BEFORE).difference
    assert found is not None
    assert (found.new, found.changed, found.unchanged) == (0, 0, 4)


def test_a_new_table_has_nothing_to_compare(loader: Loader) -> None:
    outcome = trial(loader, AFTER)
    assert (outcome.error, outcome.difference, outcome.rows_loaded) == (None, None, 5)
    assert not loader.exists("stock")


@pytest.mark.parametrize("keyed", [True, False])
def test_only_what_changes_is_written(loader: Loader, keyed: bool) -> None:
    first = loader.load_rows(BEFORE, name="before", table="stock", keys=("id",) if keyed else ())
    path = loader.book("after", Data=AFTER)
    second = loader.load_one(path, table="stock", mode=Mode.UPSERT, keys=("id",), only_changed=True)
    assert second.error is None
    assert (second.rows_read, second.rows_loaded, second.rows_skipped) == (5, 4, 1)
    assert loader.query(TABLE) == [(1, "a", 11), (2, "b", 20), (7, "C", 5), (9, "d", None), (12, "e", 3)]
    untouched = "SELECT id FROM stock WHERE _import_id = '{}'"
    assert loader.query(untouched.format(first.import_id)) == [(2,)]
    report = run_undo(UndoRequest(str(uuid.uuid4()), second.import_id, loader.target), RecordingContext())
    assert (report.state, report.rows_kept) == ("undone", 0)
    assert loader.query(TABLE) == [(1, "a", 10), (2, "b", 20), (7, "c", None), (9, "d", 45)]
