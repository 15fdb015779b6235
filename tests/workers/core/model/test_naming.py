"""Names: safe, unique, never empty, and the same when made again."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.naming import (
    LINEAGE_COLUMNS,
    MAX_BYTES,
    SYSTEM_COLUMNS,
    column_names,
    cut,
    identifier,
    table_name,
    unique_name,
)

_HEADERS = st.lists(st.one_of(st.none(), st.text(max_size=90)), max_size=40)


@given(_HEADERS)
def test_every_column_gets_a_name_that_postgres_takes(headers: list[str | None]) -> None:
    names = column_names(headers, range(len(headers)))
    assert len(names) == len(set(names)) == len(headers)
    for name in names:
        assert name
        assert len(name.encode()) <= MAX_BYTES
        assert name == unicodedata.normalize("NFC", name)
        assert name not in SYSTEM_COLUMNS | LINEAGE_COLUMNS
        assert "\0" not in name


@given(_HEADERS)
def test_names_made_of_names_are_the_same(headers: list[str | None]) -> None:
    once = column_names(headers, range(len(headers)))
    assert column_names(once, range(len(once))) == once


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Invoice No", "invoice_no"),
        ("% Allocated", "allocated"),
        ("Größe (m²)", "größe_m²"),
        ("हिन्दी शब्द", "हिन्दी_शब्द"),
        ("商户 订单号", "商户_订单号"),
        ("Violent\ncrime1", "violent_crime1"),
        ("zero\u200bwidth", "zerowidth"),
        ("no\u00a0break", "no_break"),
        ("xmin", "xmin_"),
        ("_import_id", "_import_id_"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_words_are_kept_and_joined(header: str, name: str) -> None:
    assert column_names([header], [0]) == [name]


def test_a_blank_header_takes_its_letter_unless_a_written_one_has_it() -> None:
    assert column_names([None, "a", " "], [0, 1, 27]) == ["a_2", "a", "ab"]


def test_a_header_of_its_own_keeps_its_name_beside_repeated_ones() -> None:
    assert column_names(["a", "a", "a_2"], range(3)) == ["a", "a_3", "a_2"]


def test_long_names_are_cut_between_characters() -> None:
    name = column_names(["ж" * 60], [0])[0]
    assert name == "ж" * 31
    assert cut("aж", 2) == "a"


def test_numbers_of_equal_long_names_still_fit() -> None:
    names = column_names(["x" * 80] * 12, range(12))
    assert len(set(names)) == 12
    assert max(len(name) for name in names) == MAX_BYTES


@pytest.mark.parametrize(
    ("file", "sheet", "ordinal", "name"),
    [
        ("C:\\data\\Retail 2024.xlsx", None, 0, "retail_2024"),
        ("/tmp/retail.xlsx", "Sheet 1", 0, "retail_sheet_1"),
        ("retail.xlsx", "Sheet 1", 1, "retail_sheet_1_2"),
        ("???.xlsx", None, 0, "table"),
        ("a.b.csv", "!!", 0, "a_b_sheet"),
        ("shop__Sample_-_Store.xls", "Orders - 2024", 0, "shop_sample_store_orders_2024"),
    ],
)
def test_tables_are_named_by_file_and_sheet(file: str, sheet: str | None, ordinal: int, name: str) -> None:
    assert table_name(file, sheet, ordinal) == name


def test_the_sheet_is_still_seen_in_the_name_of_a_long_file() -> None:
    name = table_name("x" * 100 + ".xlsx", "Orders", 1)
    assert len(name) <= MAX_BYTES
    assert name.endswith("_orders_2")


@given(st.text(max_size=100), st.sets(st.text(max_size=5), max_size=5))
def test_unique_names_are_not_taken(text: str, taken: set[str]) -> None:
    assert unique_name(identifier(text) or "a", taken) not in taken


def test_marks_in_front_and_behind_belong_to_a_name() -> None:
    assert column_names(["_id", "__v", "x_", "a__b", "a - b"], range(5)) == ["_id", "_v", "x_", "a_b", "a_b_2"]
