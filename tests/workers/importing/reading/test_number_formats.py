"""What format codes make of numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.inference.conversion import ValueRules, convert
from workers.core.inference.text_format import number_text
from workers.core.model.cells import PaddedNumber
from workers.core.model.options import PgType
from workers.importing.reading.date_serials import formatted_number, from_serial, whole
from workers.importing.reading.number_formats import FormatKind, NumberFormat, builtin_format, parse_format


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", FormatKind.NUMBER),
        ("0.00", FormatKind.NUMBER),
        ('0 "days"', FormatKind.NUMBER),
        ("[Red]0.0;[Blue]-0.0", FormatKind.NUMBER),
        ("#,##0.00 [$€-407]", FormatKind.NUMBER),
        ("0.00E+00", FormatKind.NUMBER),
        ('"d"0', FormatKind.NUMBER),
        (r"\d0", FormatKind.NUMBER),
        ("0_d", FormatKind.NUMBER),
        ("@", FormatKind.NUMBER),
        ("# ?/?", FormatKind.NUMBER),
        ('0 "A/P"', FormatKind.NUMBER),
        ("yyyy-mm-dd", FormatKind.DATE),
        ("[$-409]d-mmm", FormatKind.DATE),
        ("mmmm", FormatKind.DATE),
        ("m/d/yy h:mm", FormatKind.DATE),
        ("yyyy;@", FormatKind.DATE),
        ("hh:mm", FormatKind.TIME),
        ("mm:ss.0", FormatKind.TIME),
        ("h:mm AM/PM", FormatKind.TIME),
        ("h A/P", FormatKind.TIME),
        ("[h]:mm", FormatKind.DURATION),
        ("[mm]:ss", FormatKind.DURATION),
        ("[ss].000", FormatKind.DURATION),
    ],
)
def test_kind_of_a_format(code: str, kind: FormatKind) -> None:
    assert parse_format(code).kind is kind


@pytest.mark.parametrize(
    ("code", "pad"),
    [
        ("00000", 5),
        ("00", 2),
        ("0", 0),
        ("000-00", 5),
        ("0.00", 0),
        ("#00", 0),
        ("[Red]000", 3),
        ("0,000", 0),
        ("00%", 0),
        ("00E+00", 0),
        ("00/00", 0),
        ('0" kg"', 0),
    ],
)
def test_only_zeros_pad(code: str, pad: int) -> None:
    assert parse_format(code).pad == pad


def test_padded_number_keeps_what_is_shown() -> None:
    padded = NumberFormat(pad=5)
    assert formatted_number(420.0, padded, False) == PaddedNumber("00420")
    assert isinstance(formatted_number(420.0, padded, False), PaddedNumber)
    assert formatted_number(123456.0, padded, False) == 123456
    assert type(formatted_number(123456.0, padded, False)) is int
    assert formatted_number(1.5, padded, False) == 1.5


@pytest.mark.parametrize(
    ("serial", "date_1904", "moment"),
    [
        (45000, False, dt.datetime(2023, 3, 15)),
        (45000.123456789, False, dt.datetime(2023, 3, 15, 2, 57, 46, 667000)),
        (61, False, dt.datetime(1900, 3, 1)),
        (59, False, dt.datetime(1900, 2, 28)),
        (1, False, dt.datetime(1900, 1, 1)),
        (0.5, False, dt.time(12)),
        (-1.5, False, dt.datetime(1899, 12, 28, 12)),
        (2958465, False, dt.datetime(9999, 12, 31)),
        (2958466, False, 2958466),
        (1e20, False, 1e20),
        (43538, True, dt.datetime(2023, 3, 15)),
        (0, True, dt.datetime(1904, 1, 1)),
    ],
)
def test_serials_become_moments_or_stay_numbers(serial: float, date_1904: bool, moment: object) -> None:
    assert from_serial(serial, FormatKind.DATE, date_1904) == moment


def test_durations_go_beyond_a_day_and_below_zero() -> None:
    assert from_serial(1.75, FormatKind.DURATION, False) == dt.timedelta(hours=42)
    assert from_serial(-0.5, FormatKind.DURATION, False) == dt.timedelta(hours=-12)
    assert from_serial(1e15, FormatKind.DURATION, False) == 10**15


def test_builtin_identifiers() -> None:
    assert builtin_format(14).kind is FormatKind.DATE
    assert builtin_format(20).kind is FormatKind.TIME
    assert builtin_format(46).kind is FormatKind.DURATION
    assert builtin_format(4).kind is FormatKind.NUMBER


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("code", ["yyyy-mm-dd", "hh:mm", "[h]:mm", "00000", "0.00"])
def test_what_is_no_finite_number_is_no_moment(value: float, code: str) -> None:
    assert formatted_number(value, parse_format(code), False) is value


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("000-00-0000", 12345678, "012-34-5678"),
        ("000\\-00\\-0000", 123456789, "123-45-6789"),
        ("00000-0000", 21381234, "02138-1234"),
        ('"P"000', 42, "P042"),
        ('"P"000', 4242, "P4242"),
        ("\\C0000_)", 42, "C0042"),
        ('00" "00" "00', 10203, "01 02 03"),
        ("0#\\ ##\\ ##\\ ##\\ ##", 145678901, "01 45 67 89 01"),
        ("(000) 000-0000", 123456789, "(012) 345-6789"),
        ('[Blue]"2024-"000;[Red]-0', 7, "2024-007"),
        ("[<=99999]00000;00000-0000", 2138, "02138"),
        ("[<=99999]00000;00000-0000", 21381234, "02138-1234"),
    ],
)
def test_codes_with_signs_among_their_zeros_are_kept_as_shown(code: str, number: int, shown: str) -> None:
    cell = formatted_number(float(number), parse_format(code), False)
    assert (type(cell), cell) == (PaddedNumber, shown)
    assert isinstance(cell, PaddedNumber)
    assert cell.digits == str(number)


@given(
    st.lists(st.sampled_from(["", "-", " ", ".", "/", "x", "–"]), min_size=3, max_size=12),
    st.integers(0, 10**15),
)
def test_a_mask_keeps_all_digits_in_their_order(texts: list[str], number: int) -> None:
    code = "0".join(f'"{text}"' if text else "" for text in texts)
    shown = parse_format(code).shown(number)
    zeros = len(texts) - 1
    if shown is None:
        assert not any(texts)
        assert len(str(number)) >= zeros
    else:
        assert "".join(filter(str.isdigit, shown)) == str(number).zfill(zeros)
        assert "".join(c for c in shown if not c.isdigit()) == "".join(texts)


@pytest.mark.parametrize(
    ("number", "digits"),
    [(7.77711159064846e17, 777711159064846000), (-1.43940362151893e18, -1439403621518930000), (4e15, 4 * 10**15)],
)
def test_long_whole_numbers_have_the_digits_that_a_spreadsheet_shows(number: float, digits: int) -> None:
    assert whole(number) == digits
    assert number_text(number) == str(digits)
    assert convert([number], PgType.BIGINT, ValueRules()).values == [digits]
    assert convert([digits], PgType.DOUBLE, ValueRules()).values == [number]
