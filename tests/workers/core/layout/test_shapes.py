"""Sheets of the many shapes that people make, and what an analyst would call their header and their data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from workers.core.layout.blocks import Layout
from workers.core.layout.detect import find_layout
from workers.core.layout.lines import sketch_of
from workers.core.model.cells import CellRange, CellValue
from workers.core.model.options import HeaderChoice
from workers.core.model.plans import SheetFacts

Rows = Sequence[Sequence[CellValue]]
Found = list[tuple[tuple[int, ...], int, int]]
_: None = None
_PEOPLE = ["Anna", "Bob", "Chloé", "Dmitri", "Eva", "Farid", "Greta", "Hans", "Ines", "Jack", "Karl", "Lena"]
_CITIES = ["Berlin", "Paris", "Rome", "Oslo", "Madrid", "Wien", "Bern", "Prag"]
_HEADER: list[CellValue] = ["Order ID", "Customer", "City", "Qty", "Price", "Date"]


def _orders(count: int) -> Rows:
    return [
        [
            f"2024-{1000 + n}",
            _PEOPLE[n % 12],
            _CITIES[n * 3 % 8],
            n * 37 % 91 + 1,
            round(n * 53 % 997 / 7, 2),
            dt.datetime(2024, 1 + n % 12, 1 + n % 28),
        ]
        for n in range(count)
    ]


def _figures(columns: int) -> Rows:
    return [[city, *[n * 2.5 + c for c in range(columns)]] for n, city in enumerate(_CITIES)]


def _staff() -> Rows:
    return [[name, _CITIES[n % 8], "Dev" if n % 2 else "Ops"] for n, name in enumerate(_PEOPLE)]


def _people(*values: CellValue) -> Rows:
    return [[name, *values] for name in _PEOPLE]


def _plants() -> Rows:
    return [[f"P{n}", name, n * 2.5, n] for n, name in enumerate(_PEOPLE)]


def _counts() -> Rows:
    return [[name, n + 1, n * 2] for n, name in enumerate(_PEOPLE[:9])]


def _births() -> Rows:
    return [[city, *[1990 + n] * 6] for n, city in enumerate(_CITIES)]


def _layout(rows: Rows, merged: Sequence[tuple[int, int, int, int]] = (), bold: Sequence[int] = ()) -> Layout:
    facts = SheetFacts(merged=tuple(CellRange(*area) for area in merged), bold_rows=frozenset(bold))
    return find_layout(sketch_of(rows), facts, HeaderChoice())


def _found(layout: Layout) -> Found:
    return [(block.header_rows, block.first_row, block.last_row) for block in layout.blocks]


_MERGED_HEADERS: dict[str, tuple[Rows, list[tuple[int, int, int, int]], Found]] = {
    "two rows": (
        [["Region", 2022, _, 2023, _], [_, "Units", "Value", "Units", "Value"], *_figures(4)],
        [(1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 4)],
        [((1, 2), 3, 10)],
    ),
    "three rows that end with years": (
        [["Land", "Trade"], [_, "Import", _, "Export"], [_, 2022, 2023, 2022, 2023], *_figures(4)],
        [(1, 0, 3, 0), (1, 1, 1, 4), (2, 1, 2, 2), (2, 3, 2, 4)],
        [((1, 2, 3), 4, 11)],
    ),
    "groups under a title": (
        [["Table 3"], ["Land", "Import", _, "Export"], [_, 2022, 2023, 2022, 2023], *_figures(4)],
        [(1, 0, 1, 4), (2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 4)],
        [((2, 3), 4, 11)],
    ),
}


@pytest.mark.parametrize("case", _MERGED_HEADERS)
def test_headers_with_merged_groups(case: str) -> None:
    rows, merged, wanted = _MERGED_HEADERS[case]
    assert _found(_layout(rows, merged)) == wanted


_STACKED_NAMES: dict[str, Rows] = {
    "units in every column": [["Station", "Depth", "Temp", "Salt"], ["-", "m", "°C", "psu"], *_figures(3)],
    "units in words": [["Item", "Amount", "Value"], ["", "thousand tonnes", "million euro"], *_figures(2)],
    "codes under labels": [["Who", "How old are you?", "How happy?"], ["RID", "Q1_AGE", "Q2_SAT"], *_figures(2)],
    "groups that are not merged": [[_, "In", _, "Out"], ["Land", 2022, 2023, 2022, 2023], *_figures(4)],
    "words that tell equal names apart": [[_, _, "Mean", "Total"], ["Land", "Name", "output", "output"], *_figures(3)],
    "weekdays over dates": [
        [_, "Mon", "Tue", "Wed"],
        ["Staff", *[dt.datetime(2024, 1, day) for day in (1, 2, 3)]],
        *_people(8, 8, 0),
    ],
    "groups repeated in every column": [
        ["Item", _, "2022", "2022", _, "2023", "2023"],
        [_, _, "Qty", "Val", _, "Qty", "Val"],
        *[[city, _, n, n * 2, _, n * 3, n * 4] for n, city in enumerate(_CITIES)],
    ],
    "parts named below the months": [
        [_, "Jan", "Feb", "1st Quarter"],
        [_, "Actual", "Actual", "Average"],
        *_figures(3),
    ],
}


@pytest.mark.parametrize("case", _STACKED_NAMES)
def test_names_written_over_two_rows(case: str) -> None:
    rows = _STACKED_NAMES[case]
    assert _found(_layout(rows)) == [((1, 2), 3, len(rows))]


def test_names_written_over_three_bold_rows() -> None:
    rows: Rows = [
        [_, _, "Average", "Total"],
        ["Plant", "Plant", "hourly", "yearly"],
        ["code", "name", "output", "cost"],
    ]
    layout = _layout([*rows, *_plants()], bold=[1, 2, 3])
    names = ["Plant code", "Plant name", "Average hourly output", "Total yearly cost"]
    assert list(layout.blocks[0].headers.values()) == names


@pytest.mark.parametrize("numbers", [[1, 2, 3, 4, 5, 6], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]])
def test_a_row_that_numbers_the_columns_is_left_out(numbers: list[CellValue]) -> None:
    layout = _layout([_HEADER, numbers, *_orders(9)])
    assert _found(layout) == [((1,), 3, 11)]
    assert [str(part.area) for part in layout.left_out] == ["A2:F2"]
    assert list(layout.blocks[0].headers.values()) == _HEADER


def test_a_record_that_reads_like_a_numbering_is_data() -> None:
    assert _found(_layout([["a", "b", "c"], [1, 2, 3], [4, 5, 6], [7, 8, 9]])) == [((1,), 2, 4)]


_ABOVE: dict[str, tuple[Rows, int]] = {
    "title and subtitle": ([["Sales 2024"], ["All regions, in EUR"], []], 3),
    "title with a date at the right": ([["Sales 2024", _, _, _, "Printed:", dt.datetime(2024, 5, 1)], []], 2),
    "properties with colons": ([["Report:", "Sales"], ["Date:", dt.datetime(2024, 5, 1)], ["Author:", "Anna"], []], 4),
    "properties without": ([["Report", "Sales"], ["Shift", "All"], ["Zone", "GMT"], ["User", "Anna"], []], 5),
    "properties with nothing in between": ([["Report:", "Sales"], ["Date:", dt.datetime(2024, 5, 1)]], 2),
}


@pytest.mark.parametrize("case", _ABOVE)
def test_what_stands_above_a_table(case: str) -> None:
    above, height = _ABOVE[case]
    layout = _layout([*above, _HEADER, *_orders(9)])
    assert _found(layout) == [((height + 1,), height + 2, height + 10)]
    assert layout.left_out


_BELOW: dict[str, Rows] = {
    "notes": [[], ["Source: the shop's export"], ["* preliminary"]],
    "long notes without a gap": [
        ["Source: the shop's export, all of these figures being preliminary for the time being"]
    ],
    "the page's number": [[], [_, _, "Page 1 of 1"]],
    "an average": [["Average", _, _, sum(n * 37 % 91 + 1 for n in range(9)) / 9]],
    "mean and deviation": [[], ["Mean", _, _, 5, 8], ["SD", _, _, 1.2, 2.3]],
    "a total whose word stands in the third column": [[_, _, "Total:", sum(n * 37 % 91 + 1 for n in range(9))]],
    "an invoice's end": [[_, _, _, "Net", 120.0], [_, _, _, "VAT 19 %", 22.8], [_, _, _, "Total", 142.8]],
}


@pytest.mark.parametrize("case", _BELOW)
def test_what_stands_below_a_table(case: str) -> None:
    layout = _layout([_HEADER, *_orders(9), *_BELOW[case]])
    assert _found(layout) == [((1,), 2, 10)]
    assert layout.left_out


def test_a_total_without_a_word_in_a_short_table() -> None:
    rows: Rows = [["Item", "Q1", "Q2"], *_counts(), [_, 45, 72]]
    assert _found(_layout(rows)) == [((1,), 2, 10)]


def test_a_record_called_mean_that_agrees_with_nothing_is_data() -> None:
    rows: Rows = [["Word", "Count", "Length"], ["average", 3, 7], ["small", 4, 5], ["mean", 900, 4]]
    assert _found(_layout(rows)) == [((1,), 2, 4)]


@pytest.mark.parametrize("gap", [[], [[]]])
def test_a_person_called_max_is_data(gap: Rows) -> None:
    rows: Rows = [["Name", "Age"], ["Anna", 31], ["Bob", 44], ["Eva", 29], *gap, ["Max", 35]]
    assert _found(_layout(rows)) == [((1,), 2, len(rows))]


def test_records_whose_rest_is_missing_are_no_notes() -> None:
    rows: Rows = [
        ["Category", "Title", "Director", "Gross", "Rating"],
        ["Narrative", "Two Days", "Delpy", 10, 4.5],
        ["Narrative", "Booster", "Ruskin", 12, 4.0],
        ["Narrative", "Dark Horse"],
        ["Narrative", "Fairhaven"],
    ]
    assert _found(_layout(rows)) == [((1,), 2, 5)]


_APART: dict[str, tuple[Rows, list[str]]] = {
    "alike with one blank column": (
        [
            ["Item", "Qty", _, "City", "Area"],
            *[[p, n, _, c, n * 9] for n, (p, c) in enumerate(zip(_PEOPLE, _CITIES, strict=False))],
        ],
        ["A1:B9", "D1:E9"],
    ),
    "two blank columns": (
        [
            ["Item", "Qty", "Cost", _, _, "City", "Area"],
            *[[p, n, n / 2, _, _, c, n * 9] for n, (p, c) in enumerate(zip(_PEOPLE, _CITIES, strict=False))],
        ],
        ["A1:C9", "F1:G9"],
    ),
    "a spacer within one table": (
        [["Item", "Qty", _, "Cost", "Sum"], *[[p, n, _, n * 1.5, n * n * 1.5] for n, p in enumerate(_PEOPLE[:8])]],
        ["A1:E9"],
    ),
    "words below words": (
        [
            ["Name", "Role"],
            ["Anna", "Boss"],
            ["Bob", "Dev"],
            ["Eva", "Dev"],
            [],
            [],
            ["City", "Land", "Code"],
            ["Rome", "Italy", "IT"],
            ["Oslo", "Norway", "NO"],
        ],
        ["A1:B4", "A7:C9"],
    ),
}


@pytest.mark.parametrize("case", _APART)
def test_tables_that_share_a_sheet(case: str) -> None:
    rows, wanted = _APART[case]
    found = [
        str(CellRange(min((*b.header_rows, b.first_row)), b.columns[0], b.last_row, b.columns[-1]))
        for b in _layout(rows).blocks
    ]
    assert found == wanted


_NO_HEADER: dict[str, Rows] = {
    "records with text codes": [[f"ID{n:03}", name, _CITIES[n % 8]] for n, name in enumerate(_PEOPLE)],
    "mail addresses": [[f"{name}@example.org", _CITIES[n % 8]] for n, name in enumerate(_PEOPLE[:4])],
    "answers that come again": [
        ["Yes", "No", "Maybe"],
        ["No", "No", "Yes"],
        ["Yes", "Maybe", "No"],
        ["Yes", "Yes", "No"],
        ["No", "Yes", "Maybe"],
    ],
    "orders": _orders(9),
    "numbers": [[n, n * n, n / 3] for n in range(9)],
}


@pytest.mark.parametrize("case", _NO_HEADER)
def test_rows_without_a_header(case: str) -> None:
    rows = _NO_HEADER[case]
    assert _found(_layout(rows)) == [((), 1, len(rows))]


_ONE_HEADER_ROW: dict[str, Rows] = {
    "years": [["Land", *range(2010, 2022)], *_figures(12)],
    "two years": [["Land", 2022, 2023], *_figures(2)],
    "years over numbers that could be years": [
        ["Land", *range(2010, 2016)],
        *_births(),
    ],
    "a name, a year of birth, a count": [["Name", "Born", "Count"], ["A", 1980, 2000], ["B", 1985, 31], ["C", 1990, 7]],
    "only words": [["Name", "City", "Role"], *_staff()],
    "marks": [["Right", "Admin", "User"], ["read", "x", "x"], ["write", "x", _], ["delete", "x", _]],
    "questions with answers of every kind": [
        ["Question", "Answer"],
        ["Name?", "Anna"],
        ["Age?", 34],
        ["City?", "Rome"],
        ["Happy?", True],
    ],
    "codes as text": [["SKU", "Item"], *[[f"S-{n}", name] for n, name in enumerate(_PEOPLE)]],
    "headings among the rows": [
        ["Name", "Qty"],
        ["Fruit"],
        ["Apple", 3],
        ["Pear", 4],
        ["Roots"],
        ["Leek", 3],
        ["Beet", 4],
    ],
    "a list": [["Mail"], *[[f"{name}@example.org"] for name in _PEOPLE]],
    "a blank corner": [[_, "Qty", "Price"], *_figures(2)],
}


@pytest.mark.parametrize("case", _ONE_HEADER_ROW)
def test_one_header_row_at_the_top(case: str) -> None:
    rows = _ONE_HEADER_ROW[case]
    assert _found(_layout(rows)) == [((1,), 2, len(rows))]


def test_a_template_is_a_title_and_a_header() -> None:
    layout = _layout([["Template"], [], _HEADER])
    assert _found(layout) == [((3,), 4, 3)]


def test_titles_above_data_without_a_header_are_left_out() -> None:
    body: Rows = [[f"A{n:03}", city, n * 2.5, n] for n, city in enumerate(_CITIES)]
    rows: Rows = [["Report of March"], ["Printed on Monday"], *body]
    layout = _layout(rows)
    assert _found(layout) == [((), 3, len(rows))]
    assert [str(part.area) for part in layout.left_out] == ["A1:A2"]


def test_words_over_codes_are_a_header() -> None:
    rows: Rows = [["SKU", "2019"], *[[f"X{n * 37 % 10_000:04}", f"{n * 1.25:.2f}"] for n in range(20)]]
    assert _found(_layout(rows)) == [((1,), 2, 21)]


def test_a_row_of_units_with_gaps_belongs_to_the_header() -> None:
    body: Rows = [[f"2024-01-{n:02}", n, "x y", n] for n in range(1, 9)]
    rows: Rows = [["Day", "Mass", "Name", "Time"], [_, "kg", _, "s"], *body]
    assert _found(_layout(rows)) == [((1, 2), 3, 10)]


def test_a_source_right_below_two_columns_is_a_note() -> None:
    rows: Rows = [["City", "Mayor"], *[[city, name] for city, name in zip(_CITIES, _PEOPLE, strict=False)]]
    layout = _layout([*rows, ["Source: office of statistics"]])
    assert _found(layout) == [((1,), 2, 9)]
    assert [str(part.area) for part in layout.left_out] == ["A10:A10"]


def test_rows_after_a_gap_that_repeat_known_words_are_no_header() -> None:
    rows: Rows = [["Name", "Score"], *[[name, n if n % 2 else _] for n, name in enumerate(_PEOPLE)]]
    again: Rows = [["Anna", _], ["Bob", 4], ["Eva", 5], ["Jack", 1]]
    assert _found(_layout([*rows, [], *again])) == [((1,), 2, 18)]
