"""Texts that are judged and read for a whole batch mean what each of them means by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.numeric import NumericBinaryLoader

from tests.workers.importing.columnar.vectors import vector_of
from workers.core.inference.conversion import ValueRules, convert
from workers.core.inference.text_parsing import text_reader
from workers.core.inference.text_shapes import DateForm, NumberForm, TextForm
from workers.core.model.cells import CellValue
from workers.core.model.options import DEFAULT_NULL_TOKENS, PgType
from workers.importing.columnar.conversion import encode
from workers.importing.columnar.encoded import FixedColumn
from workers.importing.columnar.text_judging import SHAPES, UNJUDGED, judge, shape_of
from workers.importing.columnar.text_marks import solid_ends
from workers.importing.columnar.text_pool import TextPool
from workers.importing.loading.pipeline.control_totals import ControlTotals

_SEEDS = st.sampled_from(
    ["2010-12-01 08:26:57", "2010-12-01", "1.234", "-12.50", "12345", "0", "-0", "00123", "1234567890123456", "-0.5",
     "31/12/2020", "12.31.2020", "03/04/2024 10:11", "2020-02-29T23:59:59.123456", "2021-02-29", "0000-01-01",
     "2020-13-01", "2020-01-01 24:00", "0.1234", "999.123", "1e5", "1,234.5", "NA", "n/a", "-", "--", ".", "NULL",
     "United Kingdom", "85123A", " x", "x ", "é", "\u00a0a", "b\u2009", "12 é", "0.000123456789012345", "9" * 20,
     "12.", ".5", "+5", "+1.5", "1234.567", "1.2.3", "01.5", "-01", "\0a", "3\u00a0", "東京3", "x\u3000", "か"]
)  # fmt: skip
_SIGNS = "0123456789012345678901234567890123456789-+.,/: TeEaZ\u00a0\u2009\u3000é東\x85\x1f"


@st.composite
def _mutated(draw: st.DrawFn) -> str:
    signs = list(draw(_SEEDS))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(signs)))
        signs[place : place + draw(st.integers(0, 1))] = draw(st.text(_SIGNS, max_size=1))
    return "".join(signs)


_TEXTS = st.lists(st.one_of(_SEEDS, _mutated(), st.text(_SIGNS, max_size=14)).filter(bool), min_size=1, max_size=30)


@given(_TEXTS, st.sampled_from([DEFAULT_NULL_TOKENS, (), ("5", "é")]))
def test_a_judged_text_has_the_shape_that_it_has_alone(texts: list[str], tokens: tuple[str, ...]) -> None:
    pool = TextPool.of(texts)
    found = judge(pool.buffer, pool.starts, pool.lengths, tokens)
    for text, number in zip(texts, found.tolist(), strict=True):
        assert number == UNJUDGED or SHAPES[number] is shape_of(text, tokens), text
    solid = solid_ends(pool.buffer, pool.starts, pool.lengths)
    assert [text for text, sure in zip(texts, solid.tolist(), strict=True) if sure and text != text.strip()] == []


@pytest.mark.parametrize(
    "text", ["12345", "-1.25", "0.5", "2024-01-31", "2024-01-31 14:05:00", "31.12.2024", "Zürich", "85123A", "007"]
)
def test_what_is_plain_needs_no_second_look(text: str) -> None:
    pool = TextPool.of([text])
    assert judge(pool.buffer, pool.starts, pool.lengths, DEFAULT_NULL_TOKENS)[0] != UNJUDGED


_NUMBERS = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1).map(str),
    st.decimals(-(10**8), 10**8, places=4).map(str),
    st.decimals(-1000, 1000, places=2).map(str),
    st.sampled_from(["0", "0.0", "-0.50", "999999999999999", "0.00000000000001", "+7", "7.", ".5", "-0", "1,000"]),
)
_DAYS = st.dates(dt.date(1, 1, 1)).map(dt.date.isoformat)
_STAMPS = st.datetimes().map(str)
_LOCAL = st.dates(dt.date(1, 1, 1)).map(lambda day: f"{day.day:02d}.{day.month:02d}.{day.year:04d}")
_ODD = st.sampled_from(["n/a", "-", "   ", "x", "2024-1-5", "31/12/2020", " 5 ", "24:00"])
_FORMS: list[tuple[PgType, TextForm | None, st.SearchStrategy[str]]] = [
    (PgType.BIGINT, NumberForm(), _NUMBERS),
    (PgType.BIGINT, None, _NUMBERS),
    (PgType.NUMERIC, NumberForm(whole=False), _NUMBERS),
    (PgType.NUMERIC, NumberForm(",", whole=False), _NUMBERS),
    (PgType.DOUBLE, NumberForm(whole=False), _NUMBERS),
    (PgType.DOUBLE, NumberForm(whole=False, exponents=True), _NUMBERS),
    (PgType.DATE, DateForm(), st.one_of(_DAYS, _STAMPS)),
    (PgType.DATE, DateForm("dmy"), _LOCAL),
    (PgType.DATE, DateForm("mdy"), _LOCAL),
    (PgType.TIMESTAMP, DateForm(stamp=True), st.one_of(_DAYS, _STAMPS)),
    (PgType.TIMESTAMP, DateForm("dmy", stamp=True), st.one_of(_LOCAL, _LOCAL.map(lambda day: f"{day} 14:05"))),
]


@st.composite
def _columns(draw: st.DrawFn) -> tuple[PgType, TextForm | None, list[CellValue]]:
    pg_type, form, texts = draw(st.sampled_from(_FORMS))
    cells = st.one_of(texts, texts, texts, st.none(), _ODD) if draw(st.booleans()) else st.one_of(texts, st.none())
    return pg_type, form, draw(st.lists(cells, min_size=1, max_size=30))


@given(_columns())
def test_a_batch_of_texts_is_read_as_each_of_them(column: tuple[PgType, TextForm | None, list[CellValue]]) -> None:
    pg_type, form, cells = column
    rules = ValueRules(read_text=text_reader(pg_type, form))
    found = encode(vector_of(cells), pg_type, rules)
    if found is None:
        return
    expected = convert(cells, pg_type, rules)
    assert expected.misfits == []
    assert isinstance(found, FixedColumn)
    assert _values(found, pg_type) == expected.values
    assert found.loose is (expected.texts_read or bool(expected.tokens))
    assert found.null_count == expected.values.count(None)
    if pg_type in (PgType.BIGINT, PgType.NUMERIC, PgType.DOUBLE):
        one, other = ControlTotals(), ControlTotals()
        one.add(expected.values, None in expected.values)
        other.add_figures(found.figures())
        assert vars(one) == vars(other)


def test_plain_columns_are_read_at_once() -> None:
    texts: Sequence[CellValue] = ["1.5", None, "-2.25", "n/a", "100"]
    found = encode(
        vector_of(texts), PgType.NUMERIC, ValueRules(read_text=text_reader(PgType.NUMERIC, NumberForm(whole=False)))
    )
    assert isinstance(found, FixedColumn)
    assert _values(found, PgType.NUMERIC) == [Decimal("1.5"), None, Decimal("-2.25"), None, Decimal(100)]


def _values(column: FixedColumn, pg_type: PgType) -> list[Any]:
    nulls = np.zeros(len(column), np.bool_) if column.nulls is None else column.nulls
    return [None if null else _value(value, pg_type) for value, null in zip(column.values, nulls, strict=True)]


def _value(value: Any, pg_type: PgType) -> Any:
    epoch = dt.datetime(2000, 1, 1)
    match pg_type:
        case PgType.NUMERIC:
            return NumericBinaryLoader(0).load(bytes(value))
        case PgType.DATE:
            return (epoch + dt.timedelta(days=int(value))).date()
        case PgType.TIMESTAMP:
            return epoch + dt.timedelta(microseconds=int(value))
        case _:
            return value.item()
