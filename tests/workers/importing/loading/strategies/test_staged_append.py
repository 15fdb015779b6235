"""A few rows for a large table: they cost what they cost, however large it is, and nothing else differs."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader
from tests.workers.importing.loading.undo.test_undo import undo
from workers.core.model.options import Mode, PgType, RejectLimit
from workers.core.model.outcomes import ImportOutcome, ImportState

HEADER = ["id", "name", "amount"]
FEW: list[list[Any]] = [HEADER, [1, "a", 1.5], [2, None, -2.25], [3, "ü", None]]
MANY = 60_000
_PATIENCE = 20.0


def large(loader: Loader, *, lineage: bool = True) -> ImportOutcome:
    """A table `t` that was imported, and has grown since by rows of others."""
    outcome = loader.load_rows([HEADER, [0, "first", 0.5]], "first", table="t", mode=Mode.APPEND, lineage=lineage)
    loader.connection.execute(
        "INSERT INTO t (id, name, amount) SELECT n, 'a row of others, number ' || n, n / 4.0"
        " FROM generate_series(1000, %s) n",
        (1000 + MANY - 1,),
    )
    return outcome


def others(loader: Loader) -> int:
    """How many rows of others the table holds."""
    return int(loader.query("SELECT count(*) FROM t WHERE id >= 1000")[0][0])


def figures(loader: Loader) -> tuple[int, int]:
    """Rows inserted into `t` and rows looked at in it, as far as the sessions have told."""
    loader.query("SELECT pg_stat_clear_snapshot()")
    return loader.query("SELECT n_tup_ins, seq_tup_read FROM pg_stat_user_tables WHERE relname = 't'")[0]


def told(loader: Loader, inserted: int) -> tuple[int, int]:
    """The figures, once the sessions have told of so many inserted rows."""
    until = time.monotonic() + _PATIENCE
    while (found := figures(loader))[0] < inserted:
        assert time.monotonic() < until, found
        time.sleep(0.02)
    return found


def test_nobody_looks_through_the_large_table(loader: Loader) -> None:
    large(loader)
    loader.query("SELECT pg_stat_force_next_flush()")
    loader.connection.execute("ANALYZE t")
    before = told(loader, MANY + 1)
    outcome = loader.load_rows(FEW, table="t", mode=Mode.APPEND)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 3), outcome.error
    assert told(loader, before[0] + 3)[1] == before[1]


@pytest.mark.parametrize("lineage", [True, False])
def test_the_rows_arrive_and_only_they_leave(loader: Loader, lineage: bool) -> None:
    large(loader, lineage=lineage)
    outcome = loader.load_rows(FEW, table="t", mode=Mode.APPEND, lineage=None if lineage else False)
    assert loader.query("SELECT id, name, amount FROM t WHERE id BETWEEN 1 AND 999 ORDER BY id") == [
        (1, "a", 1.5),
        (2, None, -2.25),
        (3, "ü", None),
    ]
    if lineage:
        marks = loader.query("SELECT _import_id::text, _source_row FROM t WHERE id BETWEEN 1 AND 999 ORDER BY id")
        assert marks == [(outcome.import_id, row) for row in (2, 3, 4)]
    loader.connection.execute("UPDATE t SET name = 'mine' WHERE id = 2")
    report = undo(loader, outcome)
    assert (report.state, report.rows_removed) == ("undone", 2), report.error
    assert loader.query("SELECT id FROM t WHERE id BETWEEN 1 AND 999") == [(2,)]
    assert others(loader) == MANY


def test_control_totals_are_those_of_the_new_rows(loader: Loader) -> None:
    large(loader)
    outcome = loader.load_rows(FEW, table="t", mode=Mode.APPEND)
    sums = {s.name: s for s in outcome.sums}
    assert sums["id"].count == 3
    assert sums["id"].table == ("6", "1", "3")
    assert sums["amount"].count == 2
    assert sums["amount"].table == sums["amount"].workbook


def test_the_same_content_is_not_loaded_twice(loader: Loader) -> None:
    large(loader)
    first = loader.load_rows(FEW, table="t", mode=Mode.APPEND)
    again = loader.load_rows(FEW, "other", table="t", mode=Mode.APPEND)
    assert (again.state, again.import_id) == (ImportState.UNCHANGED, first.import_id)
    assert loader.query("SELECT count(*) FROM t WHERE id BETWEEN 1 AND 999") == [(3,)]


def test_without_lineage_an_emptied_table_takes_the_content_again(loader: Loader) -> None:
    large(loader, lineage=False)
    loader.load_rows(FEW, table="t", mode=Mode.APPEND, lineage=False)
    # Deleted and not vacuumed: the table is as large as before, and holds nothing.
    loader.connection.execute("DELETE FROM t")
    again = loader.load_rows(FEW, "other", table="t", mode=Mode.APPEND, lineage=False)
    assert again.state is ImportState.LOADED
    assert loader.query("SELECT count(*) FROM t") == [(3,)]


def test_rejects_are_told_and_the_others_arrive(loader: Loader) -> None:
    large(loader)
    loader.connection.execute("ALTER TABLE t ADD COLUMN ours integer DEFAULT 7")
    outcome = loader.load_rows(
        [HEADER, [1, "a", 1.5], ["x", "b", 2.0]],
        table="t",
        mode=Mode.APPEND,
        type_overrides=(("id", PgType.BIGINT),),
        max_rejects=RejectLimit(1),
    )
    assert (outcome.rows_loaded, outcome.rows_rejected) == (1, 1), outcome.error
    assert loader.query("SELECT id, ours FROM t WHERE id BETWEEN 1 AND 999") == [(1, 7)]


def test_a_column_still_grows_wider(loader: Loader) -> None:
    large(loader)
    outcome = loader.load_rows([HEADER, [1.5, "a", "n"]], table="t", mode=Mode.APPEND)
    assert outcome.state is ImportState.LOADED, outcome.error
    assert loader.types("t") == {"id": "double precision", "name": "text", "amount": "text"}
    assert loader.query("SELECT amount FROM t WHERE id = 1.5") == [("n",)]


def test_a_trial_leaves_nothing(loader: Loader) -> None:
    large(loader)
    outcome = loader.load_rows(FEW, table="t", mode=Mode.APPEND, dry_run=True)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.TRIAL, 3)
    assert loader.query("SELECT count(*) FROM t WHERE id BETWEEN 1 AND 999") == [(0,)]


def test_several_tables_of_one_transaction_come_one_after_the_other(loader: Loader) -> None:
    large(loader)
    path = loader.book("two", One=FEW, Two=[HEADER, [7, "z", 0.25]])
    loader.connection.execute("CREATE TABLE t_2 AS SELECT * FROM t")
    one, two = loader.load(path, table="t", mode=Mode.APPEND, atomic=True)
    assert (one.state, two.state) == (ImportState.LOADED, ImportState.LOADED), (one.error, two.error)
    assert loader.query("SELECT id FROM t_2 WHERE id BETWEEN 1 AND 999") == [(7,)]
    assert undo(loader, one).rows_removed == 3
    assert undo(loader, two).rows_removed == 1
