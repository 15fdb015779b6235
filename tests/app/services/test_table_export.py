"""Tables leave as they stand: whole numbers whole, NULL empty, texts never formulas."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.services.table_export import Exported, export_table
from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.tasks import Target
from workers.database.table_reader import read_head, split_name

pytestmark = pytest.mark.db


@pytest.fixture
def table(query: Callable[..., list[tuple[Any, ...]]]) -> str:
    query('CREATE TABLE "Odd Name" (n bigint, t text, d date, x double precision, u uuid, big numeric)')
    query(
        "INSERT INTO \"Odd Name\" VALUES (1, '=1+1', '2026-10-01', 1.5, gen_random_uuid(), 12345678901234567890),"
        " (NULL, NULL, NULL, NULL, NULL, NULL)"
    )
    query("COMMENT ON COLUMN \"Odd Name\".n IS 'Number'")
    return "Odd Name"


def test_the_head_is_read_without_loss(target: Target, table: str) -> None:
    head = read_head(target, "public", table, 1)
    assert (head.total, head.exact, len(head.rows)) == (2, True, 1)
    assert head.columns[:2] == (("n", "bigint"), ("t", "text"))
    assert head.comments[0] == "Number"
    assert head.rows[0][5] == "12345678901234567890"


def test_a_table_that_is_gone_is_said(target: Target) -> None:
    with pytest.raises(UserError) as caught:
        read_head(target, "public", "nothing")
    assert caught.value.info.kind == "no-such-table"


def test_csv_keeps_whole_numbers_whole(target: Target, table: str, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert export_table(target, "public", table, path) == Exported(2, formulas=1)
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["n", "t", "d", "x", "u", "big"]
    assert rows[1][:4] == ["1", "=1+1", "2026-10-01", "1.5"]
    assert rows[2] == [""] * 6
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_holds_values_not_formulas(target: Target, table: str, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert export_table(target, "public", table, path) == Exported(2)
    book = openpyxl.load_workbook(path)
    first = next(book["Odd Name"].iter_rows(min_row=2, max_row=2))
    assert [cell.data_type for cell in first[:3]] == ["n", "s", "d"]
    assert first[5].value == "12345678901234567890"
    book.close()


def test_csv_for_spreadsheets_runs_nothing(
    target: Target, query: Callable[..., list[tuple[Any, ...]]], tmp_path: Path
) -> None:
    query('CREATE TABLE evil ("=cmd" text, n bigint)')
    query("INSERT INTO evil VALUES ('@SUM(A1)', -5), ('-5', 1), (E'\\t=1', 2), ('fine', 3)")
    path = tmp_path / "out.csv"
    assert export_table(target, "public", "evil", path, guarded=True) == Exported(4, formulas=3, guarded=True)
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert rows == [["'=cmd", "n"], ["'@SUM(A1)", "-5"], ["-5", "1"], ["'\t=1", "2"], ["fine", "3"]]


def test_a_column_named_like_a_formula_is_a_text(
    target: Target, query: Callable[..., list[tuple[Any, ...]]], tmp_path: Path
) -> None:
    query('CREATE TABLE evil ("=1+1" text)')
    export_table(target, "public", "evil", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    (cell,) = next(book["evil"].iter_rows())
    assert (cell.data_type, cell.value) == ("s", "=1+1")
    book.close()


def test_a_link_planted_beside_the_file_is_not_written_through(target: Target, table: str, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    (tmp_path / ".out.csv.part").symlink_to(victim)
    export_table(target, "public", table, tmp_path / "out.csv")
    assert victim.read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_said(target: Target, table: str, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure):
        export_table(target, "public", table, tmp_path / "missing" / "out.csv")


def test_names_are_taken_apart() -> None:
    assert split_name("public.orders") == ("public", "orders")
    assert split_name("public.a.b") == ("public", "a.b")
