"""Reports printed page by page, and other sheets where words and rows alternate, come out as one table."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from workers.core.layout.blocks import Layout
from workers.core.layout.detect import find_layout
from workers.core.layout.lines import sketch_of
from workers.core.model.cells import CellValue
from workers.core.model.options import HeaderChoice, ImportOptions, PgType
from workers.core.model.plans import SheetFacts, SheetInfo
from workers.importing.survey.sheets import survey_rows

Rows = list[list[CellValue]]
_HEADER: list[CellValue] = ["City", "Qty", "Price"]
_CITIES = ["Berlin", "Paris", "Rome", "Oslo", "Madrid", "Wien", "Bern", "Prag"]
_SHEET = SheetInfo(0, "Data")


def _rows(count: int, start: int = 0) -> Rows:
    return [[_CITIES[n % 8], n * 37 % 91, n * 1.25] for n in range(start, start + count)]


def _layout(rows: Sequence[Sequence[CellValue]]) -> Layout:
    return find_layout(sketch_of(rows), SheetFacts(), HeaderChoice())


def _one(rows: Rows) -> tuple[tuple[int, ...], int, int, list[int]]:
    layout = _layout(rows)
    assert len(layout.blocks) == 1, layout.blocks
    block = layout.blocks[0]
    return block.header_rows, block.first_row, block.last_row, sorted(block.skipped)


def test_a_header_that_comes_again_is_no_row() -> None:
    rows: Rows = [_HEADER, *_rows(6), _HEADER, *_rows(6, 6), _HEADER, *_rows(3, 12)]
    assert _one(rows) == ((1,), 2, 18, [8, 15])


@pytest.mark.parametrize("page", ["Page 2", "Page 2 of 9", "Seite 2 von 9", "- 2 -", "Сводка, стр. 2", "第 2 页"])
@pytest.mark.parametrize("gap", [0, 1])
def test_page_numbers_between_rows_are_left_out(page: str, gap: int) -> None:
    blank: Rows = [[]] * gap
    rows: Rows = [_HEADER, *_rows(6), *blank, [page], *blank, _HEADER, *_rows(6, 6)]
    assert _one(rows) == ((1,), 2, len(rows), [8 + gap, 9 + 2 * gap])


def test_the_title_of_the_first_page_comes_again_on_the_others() -> None:
    page: Rows = [["Stock list"], ["Warehouse 7"], [], _HEADER]
    rows: Rows = [*page, *_rows(5), [], *page, *_rows(5, 5)]
    assert _one(rows) == ((4,), 5, 19, [11, 12, 14])


def test_the_same_header_under_a_title_of_its_own_begins_a_table_of_its_own() -> None:
    rows: Rows = [["North"], _HEADER, *_rows(5), [], ["South"], _HEADER, *_rows(5, 5)]
    assert [block.header_rows for block in _layout(rows).blocks] == [(2,), (10,)]


def test_rows_left_out_inside_a_table_are_reported_and_do_not_change_its_types() -> None:
    rows: Rows = [_HEADER, *_rows(6), ["Page 2"], _HEADER, *_rows(6, 6)]
    survey = survey_rows(rows, SheetFacts(), _SHEET, ImportOptions())
    table = survey.tables[0]
    assert [column.type for column in table.columns] == [PgType.TEXT, PgType.BIGINT, PgType.DOUBLE]
    assert (table.rows, table.skipped) == (12, (8, 9))
    left = next(finding for finding in table.findings if finding.code == "left-out")
    assert (left.cells, left.count) == (("A8:C8", "A9:C9"), 2)


def test_a_long_report_is_freed_of_its_headers_beyond_what_the_sketch_keeps() -> None:
    pages: Rows = [row for page in range(200) for row in (_HEADER, *_rows(30, page * 30))]
    table = survey_rows(pages, SheetFacts(), _SHEET, ImportOptions()).tables[0]
    assert table.rows == 6_000
    assert [column.type for column in table.columns] == [PgType.TEXT, PgType.BIGINT, PgType.DOUBLE]


def test_a_row_of_the_header_is_data_where_no_header_is_asked_for() -> None:
    rows: Rows = [_HEADER, *_rows(3), _HEADER, *_rows(3, 3)]
    table = survey_rows(rows, SheetFacts(), _SHEET, ImportOptions(header=HeaderChoice("none"))).tables[0]
    assert (table.rows, table.skipped) == (8, ())


@pytest.mark.parametrize(
    "notes",
    [
        [["Figures may not add up because of rounding."]],
        [[], ["1) without returns"], ["Figures may not add up."], ["Note: in euros"]],
        [[], ["Figures may not add up."], ["All of them are preliminary."], ["Last updated: March"]],
    ],
)
def test_sentences_below_a_table_are_notes(notes: Rows) -> None:
    header_rows, first, last, _ = _one([["City", "Qty", "Price"], *_rows(8), *notes])
    assert (header_rows, first, last) == ((1,), 2, 9)


def test_numbers_of_three_columns_under_the_header_are_no_row() -> None:
    body: Rows = [[city, "N. N.", n + 50] for n, city in enumerate(_CITIES)]
    rows: Rows = [["City", "Mayor", "Seats"], [1, 2, 3], *body]
    assert _one(rows)[:3] == ((1,), 3, 10)


def test_tables_side_by_side_share_a_name_in_their_headers() -> None:
    rows: Rows = [["City", "Year", "Qty", None, "Town", "Year", "Price"]]
    rows += [[city, 2001 + n, n, None, _CITIES[-n], 2010 - n, n * 1.5] for n, city in enumerate(_CITIES)]
    assert [block.columns for block in _layout(rows).blocks] == [(0, 1, 2), (4, 5, 6)]


def test_names_over_groups_that_are_not_merged() -> None:
    rows: Rows = [["Region", "Chief", "West", None, "East", None], [None, None, "m", "f", "m", "f"]]
    rows += [[city, "N. N.", n, n + 2, n * 3, n * 4.5] for n, city in enumerate(_CITIES)]
    assert _one(rows)[:3] == ((1, 2), 3, 10)


def test_rows_without_a_header_after_a_gap_go_on_with_the_table_above() -> None:
    rows: Rows = [["Code", "Name", "Mark", "Town"]]
    rows += [[f"A{n}", "N. N.", n * 7 if n % 3 else "none", city] for n, city in enumerate(_CITIES)]
    more: Rows = [[f"B{n}", "N. N.", "none" if n % 4 else 5, city] for n, city in enumerate(_CITIES)]
    assert _one([*rows, [], *more])[:3] == ((1,), 2, 18)
