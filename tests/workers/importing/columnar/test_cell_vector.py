"""A column as arrays is counted, converted, hashed and sent as the same cells one by one are."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workers.importing.columnar.vectors import vector_of
from workers.core.inference.column_stats import ColumnTally
from workers.core.inference.conversion import ValueRules, convert
from workers.core.inference.infer import decide
from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber
from workers.core.model.content_key import ContentKey
from workers.core.model.options import ImportOptions, PgType
from workers.importing.columnar.cell_vector import ArrayBlock, CellVector, joined
from workers.importing.columnar.digits import decimal_texts
from workers.importing.columnar.encoded import copy_rows
from workers.importing.columnar.value_encoding import encode_values
from workers.importing.loading.pipeline.control_totals import NUMERIC_TYPES, ControlTotals

_WORDS = st.sampled_from(
    ["x", "Zürich", " outer ", "\u00a0hard\u00a0", "n/a", "N/A", "-", "   ", "12", "007", "1.5", "1.234", "1,5", "-0",
     "2024-01-31", "31/01/2024", "nul\0here", "lone\ud800", "85123A", "line\nbreak", "🙂", "1e5", "1.2E+6"]
)  # fmt: skip
_TEXTS = st.one_of(_WORDS, st.text(min_size=1, max_size=12))
_MOMENTS = st.one_of(
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(9999, 12, 31)).map(lambda moment: moment.replace(fold=0)),
    st.dates(dt.date(1900, 1, 1)).map(lambda day: dt.datetime.combine(day, dt.time())),
)
_KINDS: list[st.SearchStrategy[Any]] = [
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.integers(-1000, 1000),
    st.floats(),
    _TEXTS,
    st.sampled_from(["12", "-5", "007", "x"]),
    _MOMENTS,
    st.times().map(lambda clock: clock.replace(fold=0)),
    st.just(dt.time()),
    st.timedeltas(dt.timedelta(days=-10**6), dt.timedelta(days=10**6)),
    st.sampled_from(["#N/A", "#DIV/0!"]).map(ErrorValue),
    st.integers(0, 99).map(lambda number: PaddedNumber(f"{number:05d}", number)),
]  # fmt: skip
_COLUMNS = st.lists(st.sampled_from(range(len(_KINDS))), min_size=1, max_size=3).flatmap(
    lambda chosen: st.lists(st.one_of([_KINDS[place] for place in chosen]), min_size=1, max_size=40)
)


def _facts(tally: ColumnTally) -> Any:
    marks = sorted(tally.counts, key=str)
    counted = {mark: (tally.counts[mark], tally.cells(mark)) for mark in marks if tally.counts[mark]}
    return counted, tally.rows, tally.low, tally.high, tally.settled


@given(_COLUMNS)
def test_the_cells_come_back(cells: list[CellValue]) -> None:
    vector = vector_of(cells)
    assert list(map(repr, vector)) == list(map(repr, cells))
    assert list(map(repr, vector[1:])) == list(map(repr, cells[1:]))
    assert [repr(vector[place]) for place in range(len(cells))] == list(map(repr, cells))
    assert vector.types == frozenset(map(type, cells))


@given(st.lists(_COLUMNS, min_size=1, max_size=4), st.sampled_from([("n/a",), (), ("12",)]))
def test_a_tally_of_arrays_is_that_of_the_cells(batches: list[list[CellValue]], tokens: tuple[str, ...]) -> None:
    options = ImportOptions(null_tokens=tokens)
    singly, at_once = ColumnTally(2, tokens), ColumnTally(2, tokens)
    row = 5
    for cells in batches:
        rows = list(range(row, row + 2 * len(cells), 2))
        singly.update(cells, rows)
        vector_of(cells).count_into(at_once, rows)
        row = rows[-1] + 1
    assert _facts(at_once) == _facts(singly)
    assert decide(at_once, options) == decide(singly, options)


def test_many_words_settle_a_tally_of_arrays_at_the_same_cell() -> None:
    cells: list[CellValue] = [*["word", "12"] * 250, "other"]
    singly, at_once = ColumnTally(0), ColumnTally(0)
    for start in range(0, len(cells), 100):
        singly.update(cells[start : start + 100], start + 1)
        vector_of(cells[start : start + 100]).count_into(at_once, range(start + 1, start + 101))
        assert _facts(at_once) == _facts(singly)
    assert singly.settled


@given(st.lists(_COLUMNS, min_size=1, max_size=3), st.integers(1, 7))
def test_the_key_depends_on_the_cells_alone(batches: list[list[CellValue]], cut: int) -> None:
    every = [cell for cells in batches for cell in cells]
    keys = [ContentKey([(0, "a")], ImportOptions()) for _ in range(3)]
    keys[0].add([every])
    for cells in batches:
        vector_of(cells).add_to_key(keys[1], 0)
    for start in range(0, len(every), cut):
        keys[2].add([every[start : start + cut]])
    assert keys[0].digest() == keys[1].digest() == keys[2].digest()


def _fields(columns: Sequence[Any], count: int) -> list[list[bytes | None]]:
    """The fields of each row of a binary COPY."""
    data = b"".join(copy_rows(columns, count))
    rows: list[list[bytes | None]] = []
    at = 0
    while at < len(data):
        (number,) = struct.unpack_from(">h", data, at)
        at += 2
        row: list[bytes | None] = []
        for _ in range(number):
            (length,) = struct.unpack_from(">i", data, at)
            at += 4
            row.append(None if length < 0 else data[at : at + length])
            at += max(length, 0)
        rows.append(row)
    assert len(rows) == count
    return rows


@given(_COLUMNS, st.sampled_from(PgType), st.sampled_from(["null", "text", "reject"]))
def test_what_is_encoded_is_what_the_values_are_sent_as(cells: list[CellValue], pg_type: PgType, errors: Any) -> None:
    rules = ValueRules(errors=errors)
    one_by_one = convert(cells, pg_type, rules)
    encoded = vector_of(cells).encode(pg_type, rules)
    if encoded is None:
        return
    assert (one_by_one.misfits, one_by_one.tokens, one_by_one.nuls) == ([], [], [])
    sent = encode_values(one_by_one.values, pg_type)
    assert _fields([encoded], len(cells)) == _fields([sent], len(cells))
    assert encoded.null_count == one_by_one.values.count(None)
    if pg_type in NUMERIC_TYPES and encoded.null_count < len(cells):
        told, counted = ControlTotals(), ControlTotals()
        told.add(one_by_one.values, has_nulls=True)
        counted.add_figures(encoded.figures())
        assert counted.texts() == told.texts()


@pytest.mark.parametrize(
    ("pg_type", "cells"),
    [
        (PgType.TEXT, ["a", None, "🙂", 12, -7, "a"]),
        (PgType.BIGINT, [1, None, -(2**63), 2**63 - 1]),
        (PgType.DOUBLE, [1, 0.5, None, float("inf")]),
        (PgType.BOOLEAN, [True, None, False]),
        (PgType.DATE, [dt.datetime(1899, 12, 31), None, dt.datetime(2024, 2, 29)]),
        (PgType.TIMESTAMP, [dt.datetime(1999, 12, 31, 23, 59, 59, 999000), None]),
        (PgType.TIME, [dt.time(23, 59, 59, 1000), None]),
        (PgType.INTERVAL, [dt.timedelta(days=-1, seconds=5), None, dt.time(1)]),
        (PgType.BIGINT, [None, ErrorValue("#N/A"), 3]),
        (PgType.NUMERIC, [None, None]),
    ],
)
def test_plain_columns_need_no_look_at_each_cell(pg_type: PgType, cells: list[CellValue]) -> None:
    assert vector_of(cells).encode(pg_type, ValueRules()) is not None


@given(st.lists(st.one_of(st.integers(-(2**63), 2**63 - 1), st.integers(-1000, 1000)), min_size=1))
def test_whole_numbers_are_written_as_python_writes_them(numbers: list[int]) -> None:
    pool = decimal_texts(np.array(numbers, np.int64))
    assert [pool.text(place) for place in range(len(numbers))] == list(map(str, numbers))


@given(st.lists(_COLUMNS, min_size=1, max_size=4))
def test_parts_are_joined_whatever_their_pools(batches: list[list[CellValue]]) -> None:
    whole = joined([vector_of(cells) for cells in batches], {})
    assert list(map(repr, whole)) == [repr(cell) for cells in batches for cell in cells]


def test_a_block_is_cut_and_joined_row_by_row() -> None:
    left = ArrayBlock(2, (vector_of([1, "a"]), vector_of([None, 0.5])))
    right = ArrayBlock(3, (vector_of(["b", "a", True]),))
    assert ArrayBlock.joined([left, right]).rows() == [[1, None], ["a", 0.5], ["b", None], ["a", None], [True, None]]
    assert ArrayBlock.joined([left.part(1, 2), right.part(0, 1)]).rows() == [["a", 0.5], ["b", None]]
    assert ArrayBlock(2, ()).rows() == [[], []]


def test_long_texts_are_sent_in_several_pieces() -> None:
    cells: list[CellValue] = ["x" * 1_000_000, None, "y", "z" * 3_000_000, "w"] * 4
    encoded = vector_of(cells).encode(PgType.TEXT, ValueRules())
    assert encoded is not None
    assert isinstance(vector_of(cells), CellVector)
    told = [[None if cell is None else str(cell).encode()] for cell in cells]
    assert _fields([encoded], len(cells)) == told
