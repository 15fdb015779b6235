"""Key columns of types that are not the system's are matched by the types' own operators, whatever the search path."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportState
from workers.core.model.undo_report import UndoRequest
from workers.importing.loading.undo.undo import run_undo

pytestmark = pytest.mark.db

ROWS: list[list[Any]] = [["code", "qty"], ["ABC", 10], ["new", 20]]


@pytest.mark.parametrize("key", ["code public.citext PRIMARY KEY", "code public.citext"])
def test_letters_of_any_case_are_one_key_where_the_type_says_so(loader: Loader, key: str) -> None:
    try:
        loader.connection.execute("CREATE EXTENSION citext SCHEMA public")
    except psycopg.errors.FeatureNotSupported:
        pytest.skip("this server's installation has no citext")
    loader.connection.execute(f"CREATE TABLE own (_id bigint GENERATED ALWAYS AS IDENTITY, {key}, qty bigint)".encode())
    loader.connection.execute("INSERT INTO own (code, qty) VALUES ('abc', 1), ('other', 2)")
    outcome = loader.load_rows(ROWS, table="own", mode=Mode.UPSERT, keys=("code",))
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 2), outcome.error
    after = "SELECT code::text, qty FROM own ORDER BY qty"
    assert loader.query(after) == [("other", 2), ("abc", 10), ("new", 20)]
    report = run_undo(UndoRequest(str(uuid.uuid4()), outcome.import_id, loader.target), RecordingContext())
    assert (report.rows_restored, report.rows_removed) == (1, 1), report.error
    assert loader.query(after) == [("abc", 1), ("other", 2)]
