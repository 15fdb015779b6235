"""`unchanged` is never false: whatever happened to the table since, importing a content leaves it as it has to be."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader
from tests.workers.importing.loading.undo.test_undo import undo
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportOutcome, ImportState

A: list[list[Any]] = [["id", "name"], [1, "a"], [2, "b"], [3, "c"]]
B: list[list[Any]] = [["id", "name"], [2, "z"], [4, "d"]]

AGAIN = [mode for mode in Mode if mode is not Mode.CREATE]
IN_A = [(1, "a"), (2, "b"), (3, "c")]


def load(loader: Loader, rows: list[list[Any]], mode: Mode, **options: Any) -> ImportOutcome:
    if mode in (Mode.UPSERT, Mode.SKIP):
        options["keys"] = ("id",)
    return loader.load_rows(rows, "a" if rows is A else "b", table="t", mode=mode, **options)


def rows_of(loader: Loader) -> list[tuple[Any, ...]]:
    return loader.query("SELECT id, name FROM t ORDER BY id, name")


@pytest.mark.parametrize(
    ("mode", "change"),
    [(Mode.CREATE, "DROP TABLE t")]
    + [(mode, change) for mode in AGAIN for change in ("DROP TABLE t", "DELETE FROM t", "TRUNCATE t")],
)
def test_after_the_table_was_dropped_or_emptied_by_hand(loader: Loader, mode: Mode, change: str) -> None:
    load(loader, A, mode)
    loader.connection.execute(change.encode())
    assert load(loader, A, mode).state is ImportState.LOADED
    assert rows_of(loader) == IN_A


@pytest.mark.parametrize("mode", AGAIN)
def test_after_the_table_was_made_anew_by_hand(loader: Loader, mode: Mode) -> None:
    load(loader, A, mode)
    loader.connection.execute("DROP TABLE t")
    loader.connection.execute("CREATE TABLE public.t (id bigint PRIMARY KEY, name text)")
    assert load(loader, A, mode).state is ImportState.LOADED
    assert rows_of(loader) == IN_A


def test_an_emptied_table_without_lineage(loader: Loader) -> None:
    load(loader, A, Mode.APPEND, lineage=False)
    assert load(loader, A, Mode.APPEND, lineage=False).state is ImportState.UNCHANGED
    loader.connection.execute("DELETE FROM t")
    assert load(loader, A, Mode.APPEND, lineage=False).state is ImportState.LOADED
    assert rows_of(loader) == IN_A


@pytest.mark.parametrize("mode", AGAIN)
@pytest.mark.parametrize("lineage", [True, False])
def test_the_same_again_at_once_is_unchanged(loader: Loader, mode: Mode, lineage: bool) -> None:
    first = load(loader, A, mode, lineage=lineage)
    again = load(loader, A, mode, lineage=lineage)
    assert (again.state, again.import_id) == (ImportState.UNCHANGED, first.import_id)
    assert rows_of(loader) == IN_A


def test_a_replaced_by_b_and_a_again(loader: Loader) -> None:
    for rows, expected in ((A, IN_A), (B, [(2, "z"), (4, "d")]), (A, IN_A), (B, [(2, "z"), (4, "d")])):
        assert load(loader, rows, Mode.REPLACE).state is ImportState.LOADED
        assert rows_of(loader) == expected


def test_a_replaced_by_b_and_a_appended_again(loader: Loader) -> None:
    load(loader, A, Mode.APPEND)
    load(loader, B, Mode.REPLACE)
    assert load(loader, A, Mode.APPEND).state is ImportState.LOADED
    assert len(rows_of(loader)) == 5


@pytest.mark.parametrize("lineage", [True, False])
def test_a_replace_brings_back_what_an_append_has_added_to(loader: Loader, lineage: bool) -> None:
    load(loader, A, Mode.REPLACE, lineage=lineage)
    load(loader, B, Mode.APPEND)
    assert load(loader, A, Mode.REPLACE).state is ImportState.LOADED
    assert rows_of(loader) == IN_A


@pytest.mark.parametrize("mode", [Mode.REPLACE, Mode.UPSERT])
@pytest.mark.parametrize("lineage", [True, False])
def test_rows_edited_by_hand_are_brought_back(loader: Loader, mode: Mode, lineage: bool) -> None:
    load(loader, A, mode, lineage=lineage)
    loader.connection.execute("UPDATE t SET name = 'edited' WHERE id = 2")
    assert load(loader, A, mode).state is ImportState.LOADED
    assert rows_of(loader) == IN_A


@pytest.mark.parametrize("mode", [Mode.REPLACE, Mode.UPSERT, Mode.SKIP])
@pytest.mark.parametrize("lineage", [True, False])
def test_rows_deleted_by_hand_are_brought_back(loader: Loader, mode: Mode, lineage: bool) -> None:
    load(loader, A, mode, lineage=lineage)
    loader.connection.execute("DELETE FROM t WHERE id = 2")
    assert load(loader, A, mode).state is ImportState.LOADED
    assert rows_of(loader) == IN_A


def test_an_upsert_brings_back_what_another_has_overwritten(loader: Loader) -> None:
    load(loader, A, Mode.UPSERT)
    load(loader, B, Mode.UPSERT)
    assert load(loader, A, Mode.UPSERT).state is ImportState.LOADED
    assert rows_of(loader) == [*IN_A, (4, "d")]


def test_a_skip_adds_what_it_had_found_and_is_gone_now(loader: Loader) -> None:
    load(loader, B, Mode.SKIP)
    load(loader, A, Mode.SKIP)
    loader.connection.execute("DELETE FROM t WHERE id = 2")
    assert load(loader, A, Mode.SKIP).state is ImportState.LOADED
    assert rows_of(loader) == [*IN_A, (4, "d")]


@pytest.mark.parametrize("mode", list(Mode))
def test_after_an_undo(loader: Loader, mode: Mode) -> None:
    load(loader, A, mode)
    assert undo(loader, loader.context.outcomes[-1]).state == "undone"
    assert load(loader, A, mode).state is ImportState.LOADED
    assert rows_of(loader) == IN_A


def test_after_the_undo_of_a_replace_the_former_import_is_in_force_again(loader: Loader) -> None:
    first = load(loader, A, Mode.REPLACE)
    undo(loader, load(loader, B, Mode.REPLACE))
    again = load(loader, A, Mode.REPLACE)
    assert (again.state, again.import_id) == (ImportState.UNCHANGED, first.import_id)
    assert load(loader, B, Mode.REPLACE).state is ImportState.LOADED
    assert rows_of(loader) == [(2, "z"), (4, "d")]


def test_an_empty_sheet_replaces_all_rows(loader: Loader) -> None:
    empty: list[list[Any]] = [["id", "name"]]
    loader.load_rows(empty, "empty", table="t", mode=Mode.REPLACE)
    load(loader, A, Mode.APPEND)
    assert loader.load_rows(empty, "empty", table="t", mode=Mode.REPLACE).state is ImportState.LOADED
    assert rows_of(loader) == []
