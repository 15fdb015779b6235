"""Cells become values by the table of values: exact, or named as misfits."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.core.inference.conversion import ValueRules, convert
from workers.core.inference.text_format import text_of
from workers.core.inference.text_parsing import form_code, form_of_code, text_reader
from workers.core.inference.text_shapes import DateForm, NumberForm
from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber
from workers.core.model.content_key import ContentKey
from workers.core.model.options import HeaderChoice, ImportOptions, PgType

CELLS = ValueRules()


def texts(*values: CellValue) -> list[Any]:
    """The values in a text column."""
    result = convert(values, PgType.TEXT, CELLS)
    assert not result.misfits
    return result.values


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (42, "42"),
        (-7, "-7"),
        (2**53 + 1, "9007199254740993"),
        (2**63 - 1, "9223372036854775807"),
        (10**20, "1e+20"),
        (5.0, "5"),
        (-0.0, "-0"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e20, "1e+20"),
        (1e-7, "1e-07"),
        (4.5, "4.5"),
        (True, "true"),
        (False, "false"),
        (dt.datetime(2024, 1, 31), "2024-01-31"),
        (dt.datetime(2024, 1, 31, 14, 5), "2024-01-31 14:05:00"),
        (dt.datetime(2024, 1, 31, 14, 5, 0, 250_000), "2024-01-31 14:05:00.25"),
        (dt.date(2024, 1, 31), "2024-01-31"),
        (dt.time(14, 5), "14:05:00"),
        (dt.timedelta(hours=36, minutes=1), "36:01:00"),
        (dt.timedelta(minutes=-30), "-00:30:00"),
        ("  padded ", "  padded "),
        ("1.50", "1.50"),
        (PaddedNumber("00420"), "00420"),
        ("n/a", "n/a"),
        ("", None),
        (None, None),
    ],
)
def test_text_forms(cell: CellValue, text: str | None) -> None:
    assert texts(cell) == [text]
    assert texts(cell, "other") == [text, "other"]
    assert text_of(cell) == text


def test_nul_bytes_and_lone_surrogates_are_removed_and_counted() -> None:
    result = convert(["a\0b", "fine", "\ud800x", "\0"], PgType.TEXT, CELLS)
    assert result.values == ["ab", "fine", "?x", None]
    assert result.nuls == [0, 2, 3]


@pytest.mark.parametrize(
    ("rule", "values", "misfits"), [("null", ["x", None], 0), ("text", ["x", "#N/A"], 0), ("reject", ["x", None], 1)]
)
def test_errors_by_rule_in_a_text_column(rule: Any, values: list[Any], misfits: int) -> None:
    result = convert(["x", ErrorValue("#N/A")], PgType.TEXT, ValueRules(errors=rule))
    assert (result.values, len(result.misfits)) == (values, misfits)


def test_whole_floats_are_bigints_and_others_misfits() -> None:
    result = convert([1, 2.0, 2.5, 2**63, True, dt.time(1)], PgType.BIGINT, CELLS)
    assert result.values == [1, 2, None, None, None, None]
    assert [m.position for m in result.misfits] == [2, 3, 4, 5]


def test_a_double_takes_whole_numbers_only_when_exact() -> None:
    result = convert([1, 0.5, None, 2**53, 2**53 + 1], PgType.DOUBLE, CELLS)
    assert result.values == [1.0, 0.5, None, 2.0**53, None]
    assert [m.position for m in result.misfits] == [4]


def test_a_numeric_keeps_every_digit() -> None:
    result = convert([2**80, 0.1, None], PgType.NUMERIC, CELLS)
    assert result.values == [Decimal(2**80), Decimal("0.1"), None]


def test_a_date_with_a_time_of_day_does_not_fit_a_date() -> None:
    day = dt.datetime(2024, 2, 29)
    assert convert([day, None], PgType.DATE, CELLS).values == [dt.date(2024, 2, 29), None]
    late = convert([day, day.replace(hour=3)], PgType.DATE, CELLS)
    assert [m.position for m in late.misfits] == [1]
    assert convert([day, dt.date(2024, 3, 1)], PgType.TIMESTAMP, CELLS).values == [day, dt.datetime(2024, 3, 1)]


def test_null_tokens_and_number_texts_in_a_typed_column() -> None:
    rules = ValueRules(read_text=text_reader(PgType.NUMERIC, NumberForm(",", whole=False)))
    result = convert(["1.234,50", "n/a", " ", 3, "x"], PgType.NUMERIC, rules)
    assert result.values == [Decimal("1234.50"), None, None, Decimal(3), None]
    assert (result.tokens, [m.position for m in result.misfits]) == ([1, 2], [4])


def test_text_never_counts_where_texts_are_not_read() -> None:
    result = convert([1, "2"], PgType.BIGINT, CELLS)
    assert [m.position for m in result.misfits] == [1]


def test_a_chosen_type_reads_numbers_shown_with_zeros() -> None:
    rules = ValueRules(read_text=text_reader(PgType.BIGINT, None), chosen=True)
    assert convert([PaddedNumber("00420"), "17"], PgType.BIGINT, rules).values == [420, 17]


@pytest.mark.parametrize(
    "form",
    [None, NumberForm(), NumberForm(",", False, True), DateForm("dmy", True), DateForm("mdy"), NumberForm(",", False)],
)
def test_forms_survive_being_written_down(form: Any) -> None:
    assert form_of_code(form_code(form)) == form


def test_dates_are_read_in_the_order_of_the_column() -> None:
    reader = text_reader(PgType.DATE, DateForm("dmy"))
    assert reader is not None
    assert reader("03/04/2024") == dt.date(2024, 4, 3)
    with pytest.raises(ValueError, match=r"\d"):
        reader("2024-04-03")


CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(9999, 12, 31)),
    st.dates(dt.date(1900, 1, 1)),
    st.times(),
)
COLUMNS: dict[PgType, st.SearchStrategy[Any]] = {
    PgType.TEXT: CELL,
    PgType.BIGINT: st.none() | st.integers(-(2**63), 2**63 - 1),
    PgType.DOUBLE: st.none() | st.floats(allow_nan=False) | st.integers(-(2**53), 2**53),
    PgType.NUMERIC: st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    PgType.BOOLEAN: st.none() | st.booleans(),
    PgType.DATE: st.none() | st.dates(),
    PgType.TIMESTAMP: st.none() | st.datetimes(),
    PgType.TIME: st.none() | st.times(),
    PgType.INTERVAL: st.none() | st.timedeltas(dt.timedelta(-99_999), dt.timedelta(99_999)),
}


@pytest.mark.parametrize("pg_type", list(COLUMNS))
def test_what_goes_in_comes_out_of_postgresql_equal(connection: psycopg.Connection[Any], pg_type: PgType) -> None:
    connection.execute(f"CREATE TEMP TABLE t (n int, v {pg_type.value})".encode())

    @settings(max_examples=15, deadline=None)
    @given(st.lists(COLUMNS[pg_type], min_size=1, max_size=40))
    def there_and_back(cells: list[CellValue]) -> None:
        sent = convert(cells, pg_type, CELLS)
        assert not sent.misfits
        connection.execute("DELETE FROM t")
        name = "int8" if pg_type is PgType.BIGINT else "float8" if pg_type is PgType.DOUBLE else pg_type.value
        with connection.cursor() as cursor, cursor.copy("COPY t FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int4", name])
            for number, value in enumerate(sent.values):
                copy.write_row((number, value))
        back = [v for (v,) in connection.execute("SELECT v FROM t ORDER BY n").fetchall()]
        assert back == sent.values
        if pg_type is PgType.TEXT:
            assert back == [text_of(cell) for cell in cells]

    there_and_back()


def key(*batches: list[list[CellValue]], columns: list[tuple[int, str]] | None = None, **options: Any) -> str:
    """The content key of some batches."""
    content = ContentKey(columns or [(0, "a"), (1, "b")], ImportOptions(**options))
    for batch in batches:
        content.add(batch)
    return content.digest()


def test_equal_content_has_equal_keys() -> None:
    day = dt.datetime(2024, 1, 31)
    assert key([[1, "x"], [day, None]]) == key([[1, "x"], [day, None]])
    assert key([[day], ["x"]]) == key([[day.date()], ["x"]])
    assert key([[1], ["x"]]) == key([[1], ["x"]], sheets=("other",), again=True, schema="elsewhere")


@pytest.mark.parametrize(
    "other",
    [
        [[2, "x"], ["y", None]],
        [["1", "x"], ["y", None]],
        [[1.0, "x"], ["y", None]],
        [[True, "x"], ["y", None]],
        [[1, "x"], [None, "y"]],
        [[1, ErrorValue("x")], ["y", None]],
        [[1, PaddedNumber("x")], ["y", None]],
        [[1, "xy"], ["", None]],
        [[1, None], ["y", "x"]],
    ],
)
def test_any_other_cell_gives_another_key(other: list[list[CellValue]]) -> None:
    assert key([[1, "x"], ["y", None]]) != key(other)


def test_mapping_and_value_options_are_part_of_the_key() -> None:
    rows: list[list[CellValue]] = [[1], ["x"]]
    keys = {
        key(rows),
        key(rows, columns=[(0, "a"), (1, "c")]),
        key(rows, types="text"),
        key(rows, errors="text"),
        key(rows, null_tokens=("zz",)),
        key(rows, header=HeaderChoice("none")),
        key(rows, hidden="skip"),
        key(rows, fill_down=("a",)),
        key(rows, cell_range="A1:B2"),
        key(rows, type_overrides=(("a", PgType.TEXT),)),
    }
    assert len(keys) == 10


@given(st.lists(CELL, min_size=1, max_size=20), st.lists(CELL, min_size=1, max_size=20))
def test_keys_are_equal_only_for_equal_columns(left: list[CellValue], right: list[CellValue]) -> None:
    def told(cells: list[CellValue]) -> list[tuple[str, str]]:
        return [("d", text_of(v) or "") if isinstance(v, dt.date) else (type(v).__name__, repr(v)) for v in cells]

    def blankless(cells: list[CellValue]) -> list[CellValue]:
        return [v if v != "" else None for v in cells]

    left, right = blankless(left), blankless(right)
    same = key([left], columns=[(0, "a")]) == key([right], columns=[(0, "a")])
    assert same == (told(left) == told(right))
