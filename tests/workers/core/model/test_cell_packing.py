"""Cells that are packed arrive as they were, and the content key does not see that they travelled."""

from __future__ import annotations

import datetime as dt
import pickle

from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.cell_packing import PackedColumn, pack, unpack
from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber

_CELLS: dict[str, st.SearchStrategy[CellValue]] = {
    "blank": st.none(),
    "flag": st.booleans(),
    "whole": st.integers(-(10**25), 10**25),
    "number": st.floats(allow_nan=False),
    "text": st.text(st.characters()),
    "lone surrogate": st.just("\ud800"),
    "moment": st.datetimes(dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31)).map(lambda m: m.replace(fold=0)),
    "near moment": st.datetimes(dt.datetime(1899, 12, 30), dt.datetime(2100, 1, 1)).map(lambda m: m.replace(fold=0)),
    "day": st.dates(),
    "time": st.times().map(lambda t: t.replace(fold=0)),
    "span": st.timedeltas(),
    "error": st.sampled_from(["#N/A", "#DIV/0!"]).map(ErrorValue),
    "padded": st.integers(0, 99).map(lambda n: PaddedNumber(f"{n:05d}")),
}
_COLUMNS = st.lists(st.sampled_from(sorted(_CELLS)), min_size=1, max_size=3).flatmap(
    lambda names: st.lists(st.one_of([_CELLS[name] for name in names]), min_size=1, max_size=40)
)


def _travelled(values: list[CellValue]) -> tuple[PackedColumn, list[CellValue], frozenset[type]]:
    column: PackedColumn = pickle.loads(pickle.dumps(pack(values, frozenset(map(type, values)))))
    cells, kinds = unpack(column)
    return column, list(cells), kinds


@given(_COLUMNS)
def test_cells_arrive_as_they_were(values: list[CellValue]) -> None:
    _, cells, kinds = _travelled(values)
    assert cells == values
    assert list(map(type, cells)) == list(map(type, values))
    assert list(map(repr, cells)) == list(map(repr, values))
    assert kinds == frozenset(map(type, values))


def test_ordinary_columns_travel_once() -> None:
    plain: list[CellValue] = [1, "a", None]
    moments: list[CellValue] = [dt.datetime(2024, 5, 6, 7, 8, 9, 123456), None, dt.date(2024, 5, 6)]
    assert _travelled(plain)[0].cells is None
    assert _travelled(moments)[0].cells is None
