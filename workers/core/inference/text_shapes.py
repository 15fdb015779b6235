"""Text that looks like a number or a date: which shapes there are, and what a whole column of them means.

One text alone is often ambiguous (``1,234``; ``03/04/2024``). So each text only gets a *shape*, and `number_form` and
`date_form` decide for the column from the set of shapes seen, which makes the answer independent of the order of rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from math import isfinite
from typing import Literal

from workers.core.inference.affixes import CURRENCIES, Affix, Affixed, take_apart

MAX_DIGITS = 15
"""Digits that a double keeps for certain; longer digit strings are taken for codes."""
GROUP_MARKS = "\u00a0\u202f\u2009' \u2019"
"""Marks between groups of three digits besides dot and comma."""


_FIGURES = (
    "INTEGER",
    "DOT",
    "DOT3",
    "COMMA",
    "COMMA3",
    "GROUPED_COMMA",
    "GROUPED_DOT",
    "GROUPED_DOT_DECIMAL",
    "GROUPED_COMMA_DECIMAL",
    "GROUPED",
)
"""The shapes of figures that may have something around them."""


class Shape(Enum):
    """What one text looks like."""

    __hash__ = object.__hash__  # counted by the million: the name's hash is slow

    PLAIN = auto()
    TOKEN = auto()
    INTEGER = auto()
    DOT = auto()
    """A decimal dot for certain: ``1.5``."""
    DOT3 = auto()
    """``1.234``: a decimal dot or a mark between thousands."""
    COMMA = auto()
    """A decimal comma for certain: ``1,5``."""
    COMMA3 = auto()
    """``1,234``: a mark between thousands or a decimal comma."""
    GROUPED_COMMA = auto()
    """``1,234,567``."""
    GROUPED_DOT = auto()
    """``1.234.567``."""
    GROUPED_DOT_DECIMAL = auto()
    """``1,234.5`` or ``1'234.5``."""
    GROUPED_COMMA_DECIMAL = auto()
    """``1.234,5`` or ``1 234,5``."""
    GROUPED = auto()
    """``1'234'567``: grouped by something that is never a decimal mark."""
    EXPONENT = auto()
    EXPONENT_COMMA = auto()
    LEADING_ZERO = auto()
    LONG_DIGITS = auto()
    ISO_DATE = auto()
    ISO_STAMP = auto()
    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    EITHER_FIRST = auto()
    """Day and month are equal: the order does not matter."""
    UNCLEAR_DATE = auto()
    """Day and month are both at most 12 and differ."""
    DAY_FIRST_STAMP = auto()
    MONTH_FIRST_STAMP = auto()
    EITHER_FIRST_STAMP = auto()
    UNCLEAR_STAMP = auto()

    # Numbers with something around them, such as PERCENT_DOT for "12.5%".
    _ignore_ = ["affix", "figures"]
    for affix in Affix:
        for figures in _FIGURES:
            vars()[f"{affix.name}_{figures}"] = auto()


_PARTS: dict[Shape, tuple[Affix, Shape]] = {
    Shape[f"{affix.name}_{figures}"]: (affix, Shape[figures]) for affix in Affix for figures in _FIGURES
}
_DOT_EVIDENCE = frozenset({Shape.DOT, Shape.GROUPED_COMMA, Shape.GROUPED_DOT_DECIMAL, Shape.EXPONENT})
_COMMA_EVIDENCE = frozenset({Shape.COMMA, Shape.GROUPED_DOT, Shape.GROUPED_COMMA_DECIMAL, Shape.EXPONENT_COMMA})
_BARE_NUMBERS = frozenset({Shape.INTEGER, Shape.DOT3, Shape.COMMA3, Shape.GROUPED}) | _DOT_EVIDENCE | _COMMA_EVIDENCE
PERCENTAGES = frozenset(shape for shape, (affix, _) in _PARTS.items() if affix is Affix.PERCENT)
AMOUNTS = frozenset(shape for shape, (affix, _) in _PARTS.items() if affix in CURRENCIES)
SIGNED = frozenset(shape for shape, (affix, _) in _PARTS.items() if affix is Affix.SIGNED)
NUMBERS = _BARE_NUMBERS | PERCENTAGES | AMOUNTS | SIGNED
DATES = frozenset({Shape.ISO_DATE, Shape.DAY_FIRST, Shape.MONTH_FIRST, Shape.EITHER_FIRST, Shape.UNCLEAR_DATE})
STAMPS = frozenset(
    {
        Shape.ISO_STAMP,
        Shape.DAY_FIRST_STAMP,
        Shape.MONTH_FIRST_STAMP,
        Shape.EITHER_FIRST_STAMP,
        Shape.UNCLEAR_STAMP,
    }
)
ORDERED = (DATES | STAMPS) - {Shape.ISO_DATE, Shape.ISO_STAMP}
"""Dates whose day and month have to be told apart."""

DateOrder = Literal["ymd", "dmy", "mdy"]
DecimalMark = Literal[".", ","]


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How the numbers of one column are written.

    Attributes:
        decimal: The decimal mark, ``.`` or ``,``.
        whole: True when no text has decimals or an exponent.
        exponents: True when some text has an exponent.
        affixed: True when some text has a sign, a percent sign or a currency around the figures.
        percent: True when every text has a percent sign, so that 12% is 0.12.
    """

    decimal: Literal[".", ","] = "."
    whole: bool = True
    exponents: bool = False
    affixed: bool = False
    percent: bool = False

    @property
    def groups(self) -> str:
        """Every mark that may stand between groups of digits and means nothing."""
        return GROUP_MARKS + ("," if self.decimal == "." else ".")


@dataclass(frozen=True, slots=True)
class DateForm:
    """How the dates of one column are written: order of the parts, and whether a time of day follows."""

    order: DateOrder = "ymd"
    stamp: bool = False


TextForm = NumberForm | DateForm


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a column of number-like or date-like texts has no single meaning.

    Attributes:
        code: For findings.
        reason: A clause for people.
        orders: True when it only has to be said whether the day or the month comes first.
    """

    code: str
    reason: str
    orders: bool = False


_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]+(?:[.,][0-9]*)?")
_DECIMAL = re.compile(r"[+-]?(?P<int>0|[1-9][0-9]*)?(?P<mark>[.,])(?P<frac>[0-9]*)")
_GROUPED = re.compile(
    r"-?[1-9][0-9]{0,2}(?P<g>[.,\u00a0\u202f\u2009'\u2019 ])[0-9]{3}(?:(?P=g)[0-9]{3})*(?:(?P<mark>[.,])[0-9]*)?"
)
_EXPONENT = re.compile(r"[+-]?(?:0|[1-9][0-9]*)?(?:(?P<mark>[.,])[0-9]*)?[eE](?P<sign>[+-]?)[0-9]{1,3}")
_CLOCK = r"(?:[T ]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,6}))?)?)?"
_ISO = re.compile(r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<a>[0-9]{1,2})(?P=sep)(?P<b>[0-9]{1,2})" + _CLOCK)
_LOCAL = re.compile(r"(?P<a>[0-9]{1,2})(?P<sep>[-/.])(?P<b>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})" + _CLOCK)
_FIRST = frozenset("0123456789+-.,")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+")


def classify(text: str) -> Shape:
    """The shape of one text that is not blank and not a null token; outer spaces do not matter."""
    text = text.strip()
    if len(text) <= MAX_DIGITS and text.isdecimal() and text.isascii():
        # What most texts are that are no words, told without any pattern.
        return Shape.LEADING_ZERO if text[0] == "0" and len(text) > 1 else Shape.INTEGER
    # A code such as 85123A begins like a number; that it ends in a letter spares all further looks.
    if not text:
        return Shape.PLAIN
    apart = take_apart(text)
    if apart is not None:
        return _affixed_shape(apart)
    if text[0] not in _FIRST or text[-1].isalpha():
        return Shape.PLAIN
    if not text.isprintable() and not _only_group_marks(text):
        return Shape.PLAIN
    return _number_shape(text) or _date_shape(text) or Shape.PLAIN


def number_form(shapes: Collection[Shape], mark: DecimalMark | None = None) -> NumberForm | Unclear:
    """What a column means that shows only these `NUMBERS` shapes.

    Args:
        shapes: The shapes.
        mark: The decimal mark of the table's other columns, which decides where no number of this one does.
    """
    unclear = _unclear_affixes(frozenset(shapes))
    if unclear is not None:
        return unclear
    seen = figures_of(shapes)
    form = _figures_form(seen, mark)
    if isinstance(form, Unclear) or seen == frozenset(shapes):
        return form
    percent = bool(PERCENTAGES & frozenset(shapes))
    return replace(form, affixed=True, percent=percent, whole=form.whole and not percent)


def figures_of(shapes: Iterable[Shape]) -> frozenset[Shape]:
    """The shapes of the figures alone, whatever is around them."""
    return frozenset(_PARTS[shape][1] if shape in _PARTS else shape for shape in shapes)


def _unclear_affixes(seen: frozenset[Shape]) -> Unclear | None:
    """Why what is around the figures leaves them without a single meaning."""
    if seen & PERCENTAGES and not seen <= PERCENTAGES:
        return Unclear("mixed-units", "some numbers have a percent sign and others have none")
    if len({_PARTS[shape][0] for shape in seen & AMOUNTS}) > 1:
        return Unclear("mixed-units", "the amounts are in several currencies")
    if seen == {Shape["SIGNED_INTEGER"]}:
        return Unclear(
            "ambiguous-numbers", "parentheses or a sign behind all of them may mean something else than a minus"
        )
    return None


def _figures_form(seen: frozenset[Shape], mark: DecimalMark | None) -> NumberForm | Unclear:
    dot, comma = bool(seen & _DOT_EVIDENCE), bool(seen & _COMMA_EVIDENCE)
    if dot and comma:
        return Unclear("ambiguous-numbers", "some numbers have a decimal dot and others a decimal comma")
    if not dot and not comma and mark is None:
        if Shape.COMMA3 in seen:
            return Unclear("ambiguous-numbers", "the comma may be a decimal mark or stand between thousands")
        if Shape.DOT3 in seen and Shape.INTEGER in seen:
            return Unclear("ambiguous-numbers", "the dot may be a decimal mark or stand between thousands")
    exponents = bool(seen & {Shape.EXPONENT, Shape.EXPONENT_COMMA})
    if comma or (mark == "," and not dot):
        parted = bool(seen & {Shape.COMMA, Shape.COMMA3, Shape.GROUPED_COMMA_DECIMAL})
        return NumberForm(",", whole=not (parted or exponents), exponents=exponents)
    parted = bool(seen & {Shape.DOT, Shape.DOT3, Shape.GROUPED_DOT_DECIMAL})
    return NumberForm(".", whole=not (parted or exponents), exponents=exponents)


def decimal_mark(columns: Iterable[Collection[Shape]]) -> DecimalMark | None:
    """The decimal mark that columns of number texts show; None when none does, or they differ."""
    marks: set[DecimalMark] = set()
    for shapes in columns:
        seen = figures_of(shapes) - {Shape.TOKEN}
        if seen and seen <= NUMBERS:
            marks |= {"."} if seen & _DOT_EVIDENCE else set()
            marks |= {","} if seen & _COMMA_EVIDENCE else set()
    return marks.pop() if len(marks) == 1 else None


def date_form(shapes: Collection[Shape], told: DateOrder | None = None) -> DateForm | Unclear:
    """What a column means that shows only shapes of `DATES` and `STAMPS`.

    Args:
        shapes: The shapes.
        told: The order that the user named, which decides where no date of the column does.
    """
    seen = frozenset(shapes)
    stamp = bool(seen & STAMPS)
    ordered = seen & ORDERED
    if not ordered:
        return DateForm("ymd", stamp)
    if seen & {Shape.ISO_DATE, Shape.ISO_STAMP}:
        return Unclear("ambiguous-dates", "some dates begin with the year and others do not")
    day = bool(seen & {Shape.DAY_FIRST, Shape.DAY_FIRST_STAMP})
    month = bool(seen & {Shape.MONTH_FIRST, Shape.MONTH_FIRST_STAMP})
    if day and month:
        return Unclear("ambiguous-dates", "some dates begin with the day and others with the month")
    if not day and not month and seen & {Shape.UNCLEAR_DATE, Shape.UNCLEAR_STAMP}:
        if told is None:
            return Unclear("ambiguous-dates", "day and month cannot be told apart in any of them", orders=True)
        return DateForm(told, stamp)
    return DateForm("mdy" if month else "dmy", stamp)


def parse_number(text: str, form: NumberForm) -> int | Decimal | float | None:
    """The number that `text` stands for: int, else float in a column with exponents, else Decimal.

    Returns:
        None when the text is not a number written in that form, or something of it would be lost.
    """
    text = text.strip()
    apart = take_apart(text)
    if (apart is None and form.percent) or (apart is not None and not form.affixed):
        return None
    if apart is None:
        return _parse_figures(text, form)
    number = _parse_figures(apart.figures, replace(form, whole=False), Shape.GROUPED)
    if number is None or (form.percent and apart.affix is not Affix.PERCENT):
        return None
    if apart.negative:
        number = -number
    if form.percent:
        return number / 100 if isinstance(number, float) else Decimal(number).scaleb(-2)
    return int(number) if form.whole and number == int(number) else None if form.whole else number


def _parse_figures(text: str, form: NumberForm, spaced: Shape = Shape.PLAIN) -> int | Decimal | float | None:
    shape = _figures_shape(text, spaced)
    if shape not in NUMBERS:
        return None
    if shape in (_COMMA_EVIDENCE if form.decimal == "." else _DOT_EVIDENCE):
        return None
    plain = text.translate({ord(mark): None for mark in form.groups}).replace(",", ".")
    if form.whole:
        return int(plain) if _INTEGER.fullmatch(plain) else None
    return float(plain) if form.exponents else Decimal(plain)


def parse_date(text: str, form: DateForm) -> dt.datetime | None:
    """The point in time that `text` stands for, or None when it is not a date written in that form."""
    text = text.strip()
    found = (_ISO if form.order == "ymd" else _LOCAL).fullmatch(text)
    if not found:
        return None
    first, second = int(found["a"]), int(found["b"])
    month, day = (second, first) if form.order == "dmy" else (first, second)
    return _moment(found, month, day)


def _only_group_marks(text: str) -> bool:
    return all(c.isprintable() or c in GROUP_MARKS for c in text)


def _is_long(text: str) -> bool:
    """Whether a number text has too many significant digits; zeros in front do not count."""
    return len(text) > MAX_DIGITS and _digits(text) > MAX_DIGITS


def _digits(text: str) -> int:
    """Significant digits of a number text."""
    mantissa = re.split("[eE]", text)[0]
    return len(re.sub("[^0-9]", "", mantissa).lstrip("0"))


def _figures_shape(text: str, spaced: Shape) -> Shape:
    """The shape of figures without anything around them; those with spaces between thousands only are `spaced`."""
    shape = classify(text)
    if shape is Shape.PLAIN and spaced is not Shape.PLAIN and _SPACED.fullmatch(text):
        return spaced
    return shape


def _affixed_shape(apart: Affixed) -> Shape:
    # With a currency or a percent sign "1 200" is no telephone number.
    figures = _figures_shape(apart.figures, Shape.PLAIN if apart.affix is Affix.SIGNED else Shape.GROUPED)
    if figures is Shape.COMMA3 and apart.affix in (Affix.DOLLAR, Affix.POUND):
        # Where these are at home the comma stands between thousands.
        figures = Shape.GROUPED_COMMA
    return Shape[f"{apart.affix.name}_{figures.name}"] if figures.name in _FIGURES else Shape.PLAIN


def _number_shape(text: str) -> Shape | None:
    if _INTEGER.fullmatch(text):
        if text == "-0":
            return Shape.PLAIN
        return Shape.LONG_DIGITS if _is_long(text) else Shape.INTEGER
    if _LEADING_ZERO.fullmatch(text):
        return Shape.LEADING_ZERO
    shape = _decimal_shape(text) or _grouped_shape(text) or _exponent_shape(text)
    if shape and shape is not Shape.PLAIN and _is_long(text):
        return Shape.LONG_DIGITS
    return shape


def _decimal_shape(text: str) -> Shape | None:
    found = _DECIMAL.fullmatch(text)
    if not found or not (found["int"] or found["frac"]):
        return None
    whole = found["int"] or ""
    thousand_like = len(found["frac"]) == 3 and 1 <= len(whole) <= 3 and whole != "0" and text[0] != "+"
    if found["mark"] == ".":
        return Shape.DOT3 if thousand_like else Shape.DOT
    if not whole or not found["frac"]:
        return Shape.PLAIN
    return Shape.COMMA3 if thousand_like else Shape.COMMA


def _grouped_shape(text: str) -> Shape | None:
    found = _GROUPED.fullmatch(text)
    if not found:
        return None
    group, mark = found["g"], found["mark"]
    if group == mark:
        return None
    if mark:
        return Shape.GROUPED_DOT_DECIMAL if mark == "." else Shape.GROUPED_COMMA_DECIMAL
    if group in ".,":
        return Shape.GROUPED_COMMA if group == "," else Shape.GROUPED_DOT
    # "123 456" with an ordinary space is a code or a telephone number as often as a number.
    return Shape.PLAIN if group == " " else Shape.GROUPED


def _exponent_shape(text: str) -> Shape | None:
    found = _EXPONENT.fullmatch(text)
    # "12E5" is a product code more often than a number; people and programs write 1.2E6 or 12E+5.
    if not found or not (found["mark"] or found["sign"]):
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    if not isfinite(value) or (abs(value) < 1e-300 and _digits(text)):
        return Shape.PLAIN
    return Shape.EXPONENT_COMMA if found["mark"] == "," else Shape.EXPONENT


def _moment(found: re.Match[str], month: int, day: int) -> dt.datetime | None:
    clock = (int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0))
    try:
        return dt.datetime(int(found["year"]), month, day, *clock, int((found["part"] or "0").ljust(6, "0")))
    except ValueError:
        return None


def _date_shape(text: str) -> Shape | None:
    found = _ISO.fullmatch(text)
    if found:
        if _moment(found, int(found["a"]), int(found["b"])) is None:
            return None
        return Shape.ISO_STAMP if found["hour"] else Shape.ISO_DATE
    found = _LOCAL.fullmatch(text)
    return _ordered_shape(found) if found else None


def _ordered_shape(found: re.Match[str]) -> Shape | None:
    first, second = int(found["a"]), int(found["b"])
    day_first = _moment(found, second, first) is not None
    month_first = _moment(found, first, second) is not None
    stamp = found["hour"] is not None
    if day_first and month_first:
        if first == second:
            return Shape.EITHER_FIRST_STAMP if stamp else Shape.EITHER_FIRST
        return Shape.UNCLEAR_STAMP if stamp else Shape.UNCLEAR_DATE
    if day_first:
        return Shape.DAY_FIRST_STAMP if stamp else Shape.DAY_FIRST
    if month_first:
        return Shape.MONTH_FIRST_STAMP if stamp else Shape.MONTH_FIRST
    return None
