"""Several files in one transaction: all of them or nothing."""

from __future__ import annotations

import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.undo_report import UndoRequest
from workers.importing.loading.file_import import run_import
from workers.importing.loading.undo.undo import run_undo

NORTH: list[list[Any]] = [["id", "name"], [1, "a"], [2, "b"]]
SOUTH: list[list[Any]] = [["id", "name"], [3, "c"]]


def load(loader: Loader, paths: list[str], **options: Any) -> tuple[tuple[ImportOutcome, ...], RecordingContext]:
    """Import files together."""
    context = RecordingContext()
    request = replace(loader.request(paths[0], atomic=True, **options), more=tuple(paths[1:]))
    return run_import(request, context), context


def books(loader: Loader) -> list[str]:
    """Two workbooks."""
    return [loader.book("north", Data=NORTH), loader.book("south", Data=SOUTH)]


def test_files_become_tables_in_one_transaction(loader: Loader) -> None:
    paths = books(loader)
    outcomes, context = load(loader, paths)
    assert [(o.state, o.file, o.table) for o in outcomes] == [
        (ImportState.LOADED, paths[0], "public.north"),
        (ImportState.LOADED, paths[1], "public.south"),
    ]
    assert [o.import_id for o in context.outcomes] == [o.import_id for o in outcomes]
    assert loader.query("SELECT count(*), count(DISTINCT xid) FROM sheetferry.imports") == [(2, 1)]


@pytest.mark.parametrize("broken", ["damaged", "misfit", "missing"])
def test_one_that_fails_takes_all_back(loader: Loader, broken: str) -> None:
    bad = loader.folder / "bad.xlsx"
    if broken == "damaged":
        bad.write_bytes(b"PK\3\4 and nothing more")
    elif broken == "misfit":
        loader.connection.execute("CREATE TABLE public.bad ()")
        loader.book("bad", Data=SOUTH)
    outcomes, context = load(loader, [*books(loader), str(bad), loader.book("last", Data=NORTH)])
    assert {o.state for o in outcomes} == {ImportState.FAILED}
    assert [o.error.kind for o in outcomes if o.error][:2] == ["atomic", "atomic"]
    assert {Path(o.file).name for o in context.outcomes} >= {"north.xlsx", "south.xlsx", "bad.xlsx"}
    assert not loader.exists("north")
    assert loader.query("SELECT count(*) FROM sheetferry.imports") == [(0,)]


@pytest.mark.parametrize("lineage", [True, False])
def test_files_into_one_table_are_taken_back_one_by_one(loader: Loader, lineage: bool) -> None:
    loader.connection.execute("CREATE TABLE public.own (id int, name text)")
    outcomes, _ = load(loader, books(loader), table="own", mode=Mode.APPEND, lineage=lineage)
    assert [o.rows_loaded for o in outcomes] == [2, 1], [o.error for o in outcomes]
    request = UndoRequest(str(uuid.uuid4()), outcomes[1].import_id, loader.target)
    report = run_undo(request, RecordingContext())
    assert (report.state, report.rows_removed) == ("undone", 1), report.error
    assert loader.query("SELECT id FROM own ORDER BY id") == [(1,), (2,)]


def test_a_second_try_finds_everything_done(loader: Loader) -> None:
    request = replace(loader.request(books(loader)[0], atomic=True), more=(books(loader)[1],))
    first = run_import(request, RecordingContext())
    again = run_import(replace(request, attempt=2), RecordingContext())
    assert [o.import_id for o in again] == [o.import_id for o in first]
    assert {o.state for o in again} <= {ImportState.LOADED, ImportState.UNCHANGED}
    assert loader.query("SELECT count(*) FROM north") == [(2,)]


def test_the_same_content_twice_fails_with_the_rest(loader: Loader) -> None:
    bad = loader.folder / "bad.xlsx"
    bad.write_bytes(b"PK\3\4 and nothing more")
    twice = [loader.book("north", Data=NORTH), loader.book("again", Data=NORTH), str(bad)]
    outcomes, _ = load(loader, twice, table="t", mode=Mode.APPEND)
    assert [o.state for o in outcomes] == [ImportState.FAILED] * 3
    assert len({o.import_id for o in outcomes}) == 3
