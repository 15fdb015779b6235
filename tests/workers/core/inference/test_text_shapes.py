"""Texts that look like numbers and dates: nothing is lost, nothing is guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.inference.text_shapes import (
    DATES,
    MAX_DIGITS,
    NUMBERS,
    DateForm,
    NumberForm,
    Shape,
    Unclear,
    classify,
    date_form,
    number_form,
    parse_date,
    parse_number,
)


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("0", Shape.INTEGER),
        ("-17", Shape.INTEGER),
        (" 42 ", Shape.INTEGER),
        ("007", Shape.LEADING_ZERO),
        ("00", Shape.LEADING_ZERO),
        ("+49", Shape.PLAIN),
        ("-0", Shape.PLAIN),
        ("1.50", Shape.DOT),
        (".5", Shape.DOT),
        ("1.234", Shape.DOT3),
        ("0.123", Shape.DOT),
        ("1,5", Shape.COMMA),
        ("1,234", Shape.COMMA3),
        ("0,123", Shape.COMMA),
        ("1,234,567", Shape.GROUPED_COMMA),
        ("1,234.5", Shape.GROUPED_DOT_DECIMAL),
        ("1.234,5", Shape.GROUPED_COMMA_DECIMAL),
        ("1\u00a0234,5", Shape.GROUPED_COMMA_DECIMAL),
        ("123 456", Shape.PLAIN),
        ("1.2E-05", Shape.EXPONENT),
        ("1e-5", Shape.EXPONENT),
        ("12E5", Shape.PLAIN),
        ("1.0e999", Shape.PLAIN),
        ("1234567890123456", Shape.LONG_DIGITS),
        ("0.1234567890123456", Shape.LONG_DIGITS),
        ("1_000", Shape.PLAIN),
        ("٣", Shape.PLAIN),
        ("$5", Shape["DOLLAR_INTEGER"]),
        ("12%", Shape["PERCENT_INTEGER"]),
        ("nan", Shape.PLAIN),
        ("2024-01-31", Shape.ISO_DATE),
        ("2024-02-30", Shape.PLAIN),
        ("2024-01-31 14:05", Shape.ISO_STAMP),
        ("2024-01-31T14:05:00Z", Shape.PLAIN),
        ("31/01/2024", Shape.DAY_FIRST),
        ("01/31/2024", Shape.MONTH_FIRST),
        ("01/02/2024", Shape.UNCLEAR_DATE),
        ("02/02/2024", Shape.EITHER_FIRST),
        ("31.12.2023 10:00:00", Shape.DAY_FIRST_STAMP),
        ("31/01/24", Shape.PLAIN),
        ("1.2.3", Shape.PLAIN),
    ],
)
def test_shapes(text: str, shape: Shape) -> None:
    assert classify(text) is shape


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["1", "2"], NumberForm(".", whole=True)),
        (["1.5", "1,234.5"], NumberForm(".", whole=False)),
        (["1.5", "1,234"], NumberForm(".", whole=False)),
        (["1,5", "1.234"], NumberForm(",", whole=False)),
        (["1.234.567", "12"], NumberForm(",", whole=True)),
        (["1e-5", "2"], NumberForm(".", whole=False, exponents=True)),
    ],
)
def test_a_column_of_numbers_means_one_thing(texts: list[str], form: NumberForm) -> None:
    assert number_form([classify(text) for text in texts]) == form


@pytest.mark.parametrize("texts", [["1.5", "1,5"], ["1,234"], ["1,234", "5"], ["1.234", "5"]])
def test_numbers_with_doubtful_marks_are_left_alone(texts: list[str]) -> None:
    found = number_form([classify(text) for text in texts])
    assert isinstance(found, Unclear)
    assert found.code == "ambiguous-numbers"


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["13/02/2024", "01/02/2024"], DateForm("dmy")),
        (["02/13/2024", "01/02/2024"], DateForm("mdy")),
        (["02/02/2024"], DateForm("dmy")),
        (["2024-02-01", "2024/03/04 10:00"], DateForm("ymd", stamp=True)),
    ],
)
def test_a_column_of_dates_means_one_thing(texts: list[str], form: DateForm) -> None:
    assert date_form([classify(text) for text in texts]) == form


@pytest.mark.parametrize(
    "texts", [["01/02/2024"], ["13/02/2024", "02/13/2024"], ["2024-01-01", "13/02/2024"], ["01/02/2024 10:00"]]
)
def test_doubtful_days_and_months_are_left_alone(texts: list[str]) -> None:
    found = date_form([classify(text) for text in texts])
    assert isinstance(found, Unclear)
    assert found.code == "ambiguous-dates"


@given(st.text(alphabet="0123456789.,-+eE '", min_size=1, max_size=20))
def test_reading_a_number_never_loses_a_digit(text: str) -> None:
    shape = classify(text)
    if shape not in NUMBERS:
        return
    form = number_form([shape])
    if isinstance(form, Unclear):
        return
    value = parse_number(text, form)
    assert value is not None
    if isinstance(value, float):
        assert Decimal(repr(value)) == Decimal(text.strip().replace("'", "").replace(",", "."))
        return
    digits = [c for c in text if c in "0123456789"]
    shown = format(Decimal(value), "f")
    assert [c for c in shown if c.isdigit()] == digits or shown.lstrip("-").startswith("0.")
    assert len("".join(digits).lstrip("0")) <= MAX_DIGITS


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_decimals_come_back_with_all_their_zeros(number: Decimal) -> None:
    text = format(number, "f")
    form = NumberForm(".", whole=False)
    if classify(text) in NUMBERS:
        assert str(parse_number(text, form)) == str(Decimal(text))


@given(st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2200, 1, 1)))
def test_dates_come_back_in_every_order(moment: dt.datetime) -> None:
    moment = moment.replace(microsecond=0)
    for order, layout in (("ymd", "%Y-%m-%d"), ("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y")):
        form = DateForm(order, stamp=True)  # type: ignore[arg-type]
        assert parse_date(moment.strftime(f"{layout} %H:%M:%S"), form) == moment


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2200, 1, 1)))
def test_every_real_date_has_a_date_shape(day: dt.date) -> None:
    assert classify(day.isoformat()) is Shape.ISO_DATE
    assert classify(day.strftime("%d/%m/%Y")) in DATES


def test_a_number_in_the_other_form_is_refused() -> None:
    assert parse_number("1.5", NumberForm(",", whole=False)) is None
    assert parse_number("007", NumberForm(".")) is None
    assert parse_date("13/02/2024", DateForm("mdy")) is None


def test_numbers_too_small_for_a_double_stay_texts_but_zeros_are_numbers() -> None:
    assert classify("1.5e-320") is Shape.PLAIN
    assert classify("0.0e-400") is Shape.EXPONENT
