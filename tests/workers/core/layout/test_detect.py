"""Layouts as people make them: what is a table, what is its header, and what is not data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from workers.core.layout.blocks import Layout
from workers.core.layout.detect import find_layout
from workers.core.layout.lines import HEAD_LINES, Sketcher, sketch_of
from workers.core.model.cells import CellRange, CellValue
from workers.core.model.options import HeaderChoice
from workers.core.model.plans import DeclaredTable, SheetFacts

Rows = list[list[CellValue]]
_DAY = dt.datetime(2024, 1, 31)


def _layout(rows: Sequence[Sequence[CellValue]], facts: SheetFacts | None = None, **choice: object) -> Layout:
    header = HeaderChoice(**choice)  # type: ignore[arg-type]
    return find_layout(sketch_of(rows), facts or SheetFacts(), header)


def _records(count: int) -> Rows:
    return [[f"name {n}", n * 3 + 1, n / 7, _DAY] for n in range(count)]


def _made(count: int, row: Callable[[int], Sequence[CellValue]]) -> Rows:
    return [list(row(n)) for n in range(count)]


_HEADER: list[CellValue] = ["Name", "Count", "Share", "Day"]


def _found(layout: Layout) -> list[tuple[tuple[int, ...], int, int]]:
    return [(block.header_rows, block.first_row, block.last_row) for block in layout.blocks]


def _ranges(layout: Layout) -> list[str]:
    return [str(part.area) for part in layout.left_out]


def test_a_plain_table() -> None:
    layout = _layout([_HEADER, *_records(5)])
    assert _found(layout) == [((1,), 2, 6)]
    assert list(layout.blocks[0].headers.values()) == _HEADER
    assert "Row 1 is the header" in layout.blocks[0].why
    assert not layout.left_out


def test_titles_and_blank_rows_above_are_left_out_and_told() -> None:
    layout = _layout([["Sales report"], ["as of", "January"], [], _HEADER, *_records(5)])
    assert _found(layout) == [((4,), 5, 9)]
    assert _ranges(layout) == ["A1:B2"]


def test_notes_directly_above_the_header() -> None:
    layout = _layout([["Lots of people"], ["like", "to", None, "write"], _HEADER, *_records(5)])
    assert _found(layout) == [((3,), 4, 8)]


def test_a_table_without_header() -> None:
    layout = _layout(_records(5))
    assert _found(layout) == [((), 1, 5)]
    assert set(layout.blocks[0].headers.values()) == {None}


def test_a_table_of_words() -> None:
    layout = _layout([["Person", "Region"], ["Anna", "West"], ["Chuck", "East"], ["Kelly", "West"]])
    assert _found(layout) == [((1,), 2, 4)]


def test_years_over_numbers_are_a_header() -> None:
    layout = _layout([["Country", 2001, 2002, 2003], *_made(6, lambda n: [f"land {n}", n * 1.5, n * 2.5, n * 3.0])])
    assert _found(layout) == [((1,), 2, 7)]


def test_merged_groups_are_joined_to_the_names_below() -> None:
    rows: Rows = [
        ["Region", "Sales", None, "Costs", None],
        [None, "2023", "2024", "2023", "2024"],
        *_made(5, lambda n: [f"r {n}", n, n * 2, n * 3, n * 4]),
    ]
    facts = SheetFacts(merged=(CellRange(1, 0, 2, 0), CellRange(1, 1, 1, 2), CellRange(1, 3, 1, 4)))
    layout = _layout(rows, facts)
    assert _found(layout) == [((1, 2), 3, 7)]
    assert list(layout.blocks[0].headers.values()) == ["Region", "Sales 2023", "Sales 2024", "Costs 2023", "Costs 2024"]


def test_groups_without_merged_areas_are_carried_to_the_right() -> None:
    layout = _layout([["control", None, "fire"], ["X", "Y", "X", "Y"], *[[1.5 * n, n / 3, n, -n] for n in range(1, 7)]])
    assert _found(layout) == [((1, 2), 3, 8)]
    assert list(layout.blocks[0].headers.values()) == ["control X", "control Y", "fire X", "fire Y"]


def test_a_title_over_the_whole_width_is_no_group() -> None:
    facts = SheetFacts(merged=(CellRange(1, 0, 1, 3),))
    layout = _layout([["All about it"], _HEADER, *_records(5)], facts)
    assert _found(layout) == [((2,), 3, 7)]


def test_units_below_the_names_belong_to_the_header() -> None:
    layout = _layout([["Body", "Mass", "Height"], [None, "kg", "cm"], *_made(5, lambda n: [f"b{n}", n + 0.5, n])])
    assert _found(layout) == [((1, 2), 3, 7)]
    assert layout.blocks[0].headers[1] == "Mass kg"


def test_a_blank_row_inside_the_data_parts_nothing() -> None:
    rows = _records(10)
    layout = _layout([_HEADER, *rows[:5], [], *rows[5:]])
    assert _found(layout) == [((1,), 2, 12)]


def test_a_blank_row_between_header_and_data() -> None:
    layout = _layout([_HEADER, [], *_records(5)])
    assert _found(layout) == [((1,), 3, 7)]


def test_tables_below_each_other() -> None:
    second: Rows = [["Code", "Meaning"], *_made(6, lambda n: [f"c{n}", f"meaning {n}"])]
    layout = _layout([_HEADER, *_records(6), [], *second])
    assert _found(layout) == [((1,), 2, 7), ((9,), 10, 15)]


def test_the_same_header_again_begins_another_table() -> None:
    layout = _layout([_HEADER, *_records(4), [], _HEADER, *_records(3)])
    assert _found(layout) == [((1,), 2, 5), ((7,), 8, 10)]


def test_tables_side_by_side() -> None:
    left: Rows = [["Day", "Weight"], *_made(8, lambda n: [_DAY, n])]
    right: Rows = [["Day", "Weight"], *_made(5, lambda n: [_DAY, n]), [], [], []]
    rows = [[*one, None, *other] for one, other in zip(left, right, strict=True)]
    layout = _layout(rows)
    assert _found(layout) == [((1,), 2, 9), ((1,), 2, 6)]
    assert [block.columns for block in layout.blocks] == [(0, 1), (3, 4)]


def test_blank_spacer_columns_part_nothing_and_are_left_out() -> None:
    rows = [[a, None, b, None, c, d] for a, b, c, d in [_HEADER, *_records(6)]]
    layout = _layout(rows)
    assert _found(layout) == [((1,), 2, 7)]
    assert layout.blocks[0].columns == (0, 2, 4, 5)


def test_a_column_with_a_header_and_no_data_stays() -> None:
    layout = _layout([[*_HEADER, "Remarks"], *_records(4)])
    assert layout.blocks[0].columns == (0, 1, 2, 3, 4)


def test_footnotes_below_are_left_out() -> None:
    note = "Source: the statistical office, figures of the year before last, rounded to one decimal place"
    layout = _layout([_HEADER, *_records(6), ["* preliminary"], [], [note]])
    assert _found(layout) == [((1,), 2, 7)]
    assert _ranges(layout) == ["A8:A8", "A10:A10"]


def test_a_total_row_is_left_out_by_its_word_and_its_sums() -> None:
    rows = _records(6)
    layout = _layout([_HEADER, *rows, ["Total", sum(row[1] for row in rows), None, None]])  # type: ignore[misc]
    assert _found(layout) == [((1,), 2, 7)]
    assert "adds up" in layout.left_out[0].why


def test_totals_are_known_in_other_languages() -> None:
    for word in ("Gesamt", "Итого", "合计", "Razem", "TOTAL GÉNÉRAL", "Grand Total:"):
        layout = _layout([_HEADER, *_records(4), [word, 12345, None, None]])
        assert _found(layout) == [((1,), 2, 5)], word


def test_a_category_called_total_is_data() -> None:
    rows: Rows = [["Group", "Count"], *_made(12, lambda n: [("men", "women", "Total")[n % 3], n // 3])]
    assert _found(_layout(rows)) == [((1,), 2, 13)]


def test_the_last_record_with_only_its_name_is_data() -> None:
    layout = _layout([_HEADER, *_records(6), ["name 6"]])
    assert _found(layout) == [((1,), 2, 8)]


def test_headings_inside_the_data_are_rows() -> None:
    rows: Rows = [_HEADER]
    for region in ("North", "South"):
        rows += [[region], *_records(4)]
    assert _found(_layout(rows)) == [((1,), 2, 11)]


def test_declared_tables_are_taken_as_declared() -> None:
    rows: Rows = [["Notes about it"], [], ["a", "b"], *_made(4, lambda n: [n, n]), ["Total", 6]]
    declared = DeclaredTable("Sales", CellRange(3, 0, 8, 1), header_rows=1, totals_rows=1)
    layout = _layout(rows, SheetFacts(declared=(declared,)))
    assert _found(layout) == [((3,), 4, 7)]
    assert layout.blocks[0].name == "Sales"
    assert sorted(_ranges(layout)) == ["A1:A1", "A8:B8"]


def test_without_header_nothing_is_left_out_or_split() -> None:
    rows: Rows = [["Title"], [], _HEADER, *_records(3), [], ["Total", 1]]
    layout = _layout(rows, kind="none")
    assert _found(layout) == [((), 1, 8)]
    assert layout.blocks[0].columns == (0, 1, 2, 3)
    assert not layout.left_out


def test_a_chosen_header_is_obeyed() -> None:
    layout = _layout([["Title"], _HEADER, *_records(3)], kind="rows", first=3, last=3)
    assert _found(layout) == [((3,), 4, 5)]


def test_a_header_alone_makes_a_table_of_no_rows() -> None:
    layout = _layout([_HEADER])
    assert [block.header_rows for block in layout.blocks] == [(1,)]
    assert layout.blocks[0].last_row < layout.blocks[0].first_row


def test_an_empty_sheet_holds_nothing() -> None:
    assert _layout([]) == Layout()
    assert _layout([[], ["", None]]) == Layout()


def test_a_long_sheet_is_understood_from_its_ends_and_gaps() -> None:
    many = HEAD_LINES + 5_000
    rows: Rows = [["Title"], _HEADER, *_records(many), ["* a note at the end"]]
    rows[4_000] = [*rows[4_000], "odd one out"]
    sketch = sketch_of(rows)
    assert sketch.thinned
    assert len(sketch.lines) < 1_000
    layout = find_layout(sketch, SheetFacts(), HeaderChoice())
    assert _found(layout) == [((2,), 3, many + 2)]
    assert layout.blocks[0].columns == (0, 1, 2, 3, 4)


_ROWS = st.lists(
    st.lists(st.sampled_from([None, "", "a", "Total", 1, 2.5, _DAY, "2024", ":"]), max_size=6), max_size=40
)


@given(_ROWS)
def test_every_filled_cell_is_in_a_table_or_reported(rows: Rows) -> None:
    layout = _layout(rows)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value is None or value == "":
                continue
            in_table = any(
                column in block.columns and (number in block.header_rows or block.first_row <= number <= block.last_row)
                for block in layout.blocks
            )
            told = any(
                part.area.first_row <= number <= part.area.last_row
                and part.area.first_column <= column <= part.area.last_column
                for part in layout.left_out
            )
            assert in_table or told


@given(_ROWS, st.integers(1, 9))
def test_rows_may_come_in_chunks_of_any_size(rows: Rows, size: int) -> None:
    sketcher = Sketcher()
    for start in range(0, len(rows), size):
        sketcher.feed(rows[start : start + size], start + 1)
    assert sketcher.finish() == sketch_of(rows)


def test_steps_over_the_columns_are_a_header_only_at_the_top() -> None:
    steps: Rows = [["Row Labels", 10, 14, 18, 22], *_made(5, lambda n: [f"r{n}", n, n * n, 7 - n, n * 2.5])]
    assert _found(_layout(steps)) == [((1,), 2, 6)]
    inside: Rows = [*_made(5, lambda n: [f"r{n}", n * n, n, 9 - n, n * 2.5]), ["r5", 1, 2, 3, 4], ["r6", 8, 3, 5, 1]]
    assert _found(_layout(inside)) == [((), 1, 7)]


def test_rows_with_blank_ones_between_them_are_a_table() -> None:
    rows: Rows = []
    for record in _records(6):
        rows += [record, []]
    assert _found(_layout(rows)) == [((), 1, 11)]


def test_a_block_of_titles_above_a_table_of_its_own_is_left_out() -> None:
    layout = _layout([["Title"], ["Subtitle"], ["Some words"], [], _HEADER, *_records(4)])
    assert _found(layout) == [((5,), 6, 9)]
    assert _ranges(layout) == ["A1:A3"]
