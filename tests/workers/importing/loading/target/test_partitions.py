"""Partitioned tables: a row that fits no partition is one reject, not the end of the import."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader
from workers.core.model.options import Mode, RejectLimit
from workers.core.model.outcomes import ImportState

pytestmark = pytest.mark.db

ROWS: list[list[Any]] = [["id", "region", "name"], [1, "north", "a"], [2, "moon", "b"], [3, "south", "c"]]


@pytest.mark.parametrize("mode", [Mode.APPEND, Mode.UPSERT, Mode.SKIP, Mode.REPLACE])
def test_a_row_outside_all_partitions_is_rejected_alone(loader: Loader, mode: Mode) -> None:
    loader.connection.execute(
        "CREATE TABLE part (id bigint, region text, name text, PRIMARY KEY (id, region)) PARTITION BY LIST (region)"
        if mode in (Mode.UPSERT, Mode.SKIP)
        else "CREATE TABLE part (id bigint, region text, name text) PARTITION BY LIST (region)"
    )
    for region in ("north", "south"):
        loader.connection.execute(f"CREATE TABLE part_{region} PARTITION OF part FOR VALUES IN ('{region}')".encode())
    outcome = loader.load_rows(ROWS, table="part", mode=mode, max_rejects=RejectLimit(1))
    assert (outcome.state, outcome.rows_loaded, outcome.rows_rejected) == (ImportState.LOADED, 2, 1), outcome.error
    (reject,) = outcome.rejects
    assert reject.row == 3
    assert "no partition" in reject.reason
    if mode is Mode.APPEND:
        assert (reject.cell, reject.value) == ("B3", "moon")
    assert loader.query("SELECT id FROM part ORDER BY id") == [(1,), (3,)]


def test_without_a_reject_allowed_the_row_is_named(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE part (id bigint, region text, name text) PARTITION BY LIST (region)")
    loader.connection.execute("CREATE TABLE part_north PARTITION OF part FOR VALUES IN ('north', 'south')")
    outcome = loader.load_rows(ROWS, table="part", mode=Mode.APPEND)
    assert outcome.error is not None
    assert outcome.error.kind == "too-many-rejects"
    assert outcome.error.cell == "B3"
    assert loader.query("SELECT count(*) FROM part") == [(0,)]
