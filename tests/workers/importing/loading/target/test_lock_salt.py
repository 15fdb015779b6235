"""Locks by which imports keep out of each other's way cannot be taken by whoever only knows the table's name."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.workers.importing.loading.conftest import Loader
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportState
from workers.database.engines import connect_bulk
from workers.database.ledger.locks import lock_salt
from workers.importing.loading.target.target_table import TableName, lock_target

pytestmark = pytest.mark.db

ROWS: list[list[Any]] = [["id"], [1]]


def test_a_stranger_keeps_no_import_out(loader: Loader) -> None:
    assert loader.load_rows(ROWS, table="t").state is ImportState.LOADED
    key = TableName("public", "t").lock_key()
    with psycopg.connect(**loader.target.libpq("stranger")) as stranger:
        for statement in ("SELECT pg_advisory_lock(%s)", "SELECT pg_advisory_lock(hashint8extended(%s, 0))"):
            stranger.execute(statement.encode(), (key,))
        outcome = loader.load_rows([["id"], [2]], "more", table="t", mode=Mode.APPEND)
    assert outcome.state is ImportState.LOADED, outcome.error


def test_every_database_has_a_salt_and_all_its_sessions_the_same(loader: Loader) -> None:
    with connect_bulk(loader.target, "before") as before:
        assert lock_salt(before.cursor()) == 0, "there is no ledger yet"
    loader.load_rows(ROWS, table="t")
    with connect_bulk(loader.target, "one") as one, connect_bulk(loader.target, "two") as two:
        salts = {lock_salt(session.cursor()) for session in (one, two)}
        assert len(salts - {0}) == 1

        def give_up() -> None:
            raise TimeoutError

        key = TableName("public", "t").lock_key()
        lock_target(one.cursor(), key, shared=False, beat=give_up, patience=1)
        with pytest.raises(TimeoutError):
            lock_target(two.cursor(), key, shared=True, beat=give_up, patience=1)
