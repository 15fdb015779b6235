from __future__ import annotations

import pytest

from tests.training.sheets import LabelledSheet, generate, without_table
from workers.core.layout.decode import DATA, HEADER, OUTSIDE, decode
from workers.core.layout.detect import find_layout
from workers.core.layout.forest import from_json, line_forest
from workers.core.layout.lines import sketch_of
from workers.core.model.cells import CellValue
from workers.core.model.errors import BugError
from workers.core.model.options import HeaderChoice
from workers.core.model.plans import SheetFacts


def _tables(sheet: LabelledSheet) -> list[tuple[int, int, int]]:
    facts = SheetFacts(merged=tuple(sheet.merged), bold_rows=frozenset(sheet.bold))
    layout = find_layout(sketch_of(sheet.rows), facts, HeaderChoice())
    return [(len(block.header_rows), block.first_row, block.last_row) for block in layout.blocks]


def test_most_sheets_of_forms_contents_and_notes_hold_no_table() -> None:
    sheets = without_table(99, 60)
    assert sum(bool(_tables(sheet)) for sheet in sheets) <= 0.2 * len(sheets)


def test_most_generated_tables_begin_and_end_where_they_were_made() -> None:
    right = every = 0
    for sheet in generate(99, 150):
        data = [row for row, role in sheet.roles.items() if role == DATA]
        heads = [row for row, role in sheet.roles.items() if role == HEADER]
        if not data or sheet.kind == "stacked":
            continue
        every += 1
        right += (len(heads), data[0], data[-1]) in _tables(sheet)
    assert right >= 0.8 * every


def test_the_reading_says_why() -> None:
    towns: list[list[CellValue]] = [[f"town {n}", 1000 + n] for n in range(9)]
    rows: list[list[CellValue]] = [["Town", "People"], *towns]
    (block,) = find_layout(sketch_of(rows), SheetFacts(), HeaderChoice()).blocks
    assert "names 100% of the columns" in block.why
    assert "learnt from sheets labelled by hand" in block.why


def test_the_likeliest_possible_sequence_wins_over_single_lines() -> None:
    header, data = (0.1, 0.8, 0.1), (0.05, 0.05, 0.9)
    doubtful = (0.2, 0.45, 0.35)
    assert decode([header, data, doubtful, data, data], [False] * 5) == [HEADER, DATA, DATA, DATA, DATA]
    assert decode([header], [False]) != [HEADER]
    assert decode([], []) == []
    assert decode([(0.9, 0.05, 0.05)], [False]) == [OUTSIDE]


def test_the_forest_says_where_it_comes_from_and_how_good_it_is() -> None:
    forest = line_forest()
    assert len(forest.corpus) == 64
    assert "of 186 tables" in forest.whole
    assert sum(forest.shares([0.0] * len(forest.names))) == pytest.approx(1.0)


def test_a_forest_of_another_format_is_refused() -> None:
    with pytest.raises(BugError) as caught:
        from_json({"format": 99})
    assert caught.value.info.kind == "layout-forest"
