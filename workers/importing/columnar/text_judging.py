"""The shapes of many texts at once: what `classify` of `workers.core` says of each, told by arrays of bytes.

Words, plain numbers, dates and stamps are told here; every other text goes to `classify` itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import numpy as np

from workers.core.inference.affixes import LAST_LETTERS
from workers.core.inference.text_shapes import MAX_DIGITS, Shape, classify
from workers.importing.columnar.text_marks import (
    all_digits,
    byte_at,
    calendar_fits,
    clock_fits,
    count_of,
    is_digit,
    matrix,
    number_at,
    separated,
    solid_ends,
)

SHAPES: tuple[Shape, ...] = tuple(Shape)
NUMBER_OF = {shape: number for number, shape in enumerate(SHAPES)}
UNJUDGED = 255

_LONGEST = 26
"""Of the texts that are told here by their digits: a stamp with microseconds."""
_NUMERIC_START = np.zeros(256, np.bool_)
_NUMERIC_START[list(b"0123456789+-.,")] = True
_LETTER = np.zeros(256, np.bool_)
_LETTER[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] = True
_MAY_BEGIN = np.arange(256) > 0x7F
_MAY_BEGIN[list(b"($")] = True
_MAY_END = np.arange(256) > 0x7F
_MAY_END[[*b"%)-$.", *map(ord, LAST_LETTERS)]] = True


def judge(buffer: Any, starts: Any, lengths: Any, tokens: Collection[str]) -> Any:
    """The place in `SHAPES` of each text, or `UNJUDGED` where it has to be looked at by itself.

    Args:
        buffer: UTF-8.
        starts: Where each text begins in it.
        lengths: Bytes of each; none is 0.
        tokens: Texts that stand for NULL.
    """
    shapes = np.full(len(starts), UNJUDGED, np.uint8)
    if not len(starts):
        return shapes
    first, last = buffer[starts], buffer[starts + lengths - 1]
    sure = solid_ends(buffer, starts, lengths)
    numeric = _NUMERIC_START[first]
    # Numbers with a currency, in parentheses and the like are for `classify` to find.
    affixed = np.where(numeric, _MAY_END[last], _MAY_BEGIN[first] | (_LETTER[first] & is_digit(last)))
    shapes[sure & ~affixed & (~numeric | _LETTER[last])] = NUMBER_OF[Shape.PLAIN]
    sure &= ~affixed
    known = tokens_among(buffer, starts, lengths, tokens)
    shapes[known] = NUMBER_OF[Shape.TOKEN]
    where = np.flatnonzero(sure & numeric & (shapes == UNJUDGED) & (lengths <= _LONGEST))
    if len(where):
        shapes[where] = _by_digits(buffer, starts[where], lengths[where])
    return shapes


def tokens_among(buffer: Any, starts: Any, lengths: Any, tokens: Collection[str]) -> Any:
    """The places of the texts that are NULL tokens as they stand."""
    encoded = [np.frombuffer(token.encode("utf-8", "surrogatepass"), np.uint8) for token in tokens if token]
    if not encoded:
        return np.zeros(0, np.int64)
    begins = np.zeros(256, np.bool_)
    begins[[token[0] for token in encoded]] = True
    maybe = np.flatnonzero((lengths <= max(map(len, encoded))) & begins[buffer[starts]])
    found = []
    for token in encoded:
        left = maybe[lengths[maybe] == len(token)]
        for place, sign in enumerate(token.tolist()):
            left = left[buffer[starts[left] + place] == sign]
        found.append(left)
    return np.concatenate(found)


def shape_of(text: str, tokens: Collection[str]) -> Shape:
    """The shape of one text, NULL tokens and white space included."""
    stripped = text.strip()
    return Shape.TOKEN if not stripped or stripped in tokens else classify(stripped)


def _by_digits(buffer: Any, starts: Any, lengths: Any) -> Any:
    shapes = np.full(len(starts), UNJUDGED, np.uint8)
    signs = matrix(buffer, starts, int(lengths.max()), lengths)
    digit = is_digit(signs)
    _numbers(signs, digit, lengths, shapes)
    left = np.flatnonzero((shapes == UNJUDGED) & (lengths >= 10))
    if len(left):
        everything = len(left) == len(shapes)
        these = (signs, digit, lengths) if everything else (signs[:, left], digit[:, left], lengths[left])
        _dates(*these, left, shapes)
    return shapes


def _numbers(signs: Any, digit: Any, lengths: Any, shapes: Any) -> None:
    negative = signs[0] == ord("-")
    bodies = lengths - negative
    digits = count_of(digit)
    leads = np.where(negative, signs[min(1, len(signs) - 1)], signs[0])
    whole = (digits == bodies) & (bodies >= 1)
    padded = whole & (leads == ord("0")) & (bodies > 1)
    zero = whole & negative & (leads == ord("0")) & (bodies == 1)
    _mark(shapes, whole & (digits <= MAX_DIGITS), Shape.INTEGER)
    _mark(shapes, whole & (digits > MAX_DIGITS), Shape.LONG_DIGITS)
    _mark(shapes, padded, Shape.LEADING_ZERO)
    _mark(shapes, zero, Shape.PLAIN)
    if whole.all():
        return
    parts = DecimalParts(signs, digit, lengths)
    sure = parts.plain & (digits <= MAX_DIGITS)
    if sure.any():
        grouped = (parts.decimals == 3) & (parts.whole <= 3) & ~((leads == ord("0")) & (parts.whole == 1))
        _mark(shapes, sure & grouped, Shape.DOT3)
        _mark(shapes, sure & ~grouped, Shape.DOT)


class DecimalParts:
    r"""How the texts that are plain decimal numbers are divided: ``-12.50`` has two whole digits and two decimals.

    Attributes:
        plain: Which texts are of the form ``-?(0|[1-9][0-9]*)\.[0-9]+``.
        whole: Digits before the dot.
        decimals: Digits behind it. Both mean nothing where a text is not plain.
    """

    __slots__ = ("decimals", "plain", "whole")

    def __init__(self, signs: Any, digit: Any, lengths: Any) -> None:
        """Look at a matrix of bytes, the digits among them, and the lengths of the texts."""
        dots = signs == ord(".")
        negative = signs[0] == ord("-")
        at = dots.argmax(0)
        self.whole = at - negative
        self.decimals = lengths - at - 1
        self.plain = (
            (count_of(dots) == 1)
            & (count_of(digit) + 1 + negative == lengths)
            & (self.whole >= 1)
            & (self.decimals >= 1)
            & ((byte_at(signs, negative) != ord("0")) | (self.whole == 1))
        )


def _dates(signs: Any, digit: Any, lengths: Any, left: Any, shapes: Any) -> None:
    clocked = lengths > 10
    timed = clock_fits(signs, digit, lengths)
    fine = ~clocked | timed
    iso = fine & separated(signs, 4, 7) & all_digits(digit, (0, 1, 2, 3, 5, 6, 8, 9))
    if iso.any():
        year, month, day = number_at(signs, 0, 4), number_at(signs, 5, 2), number_at(signs, 8, 2)
        good = iso & calendar_fits(year, month, day)
        _mark(shapes, left[good & ~clocked], Shape.ISO_DATE)
        _mark(shapes, left[good & clocked], Shape.ISO_STAMP)
    local = fine & separated(signs, 2, 5) & all_digits(digit, (0, 1, 3, 4, 6, 7, 8, 9))
    if local.any():
        first, second, year = number_at(signs, 0, 2), number_at(signs, 3, 2), number_at(signs, 6, 4)
        day_first = local & calendar_fits(year, second, first)
        month_first = local & calendar_fits(year, first, second)
        same = first == second
        for chosen, day, stamp in (
            (day_first & month_first & same, Shape.EITHER_FIRST, Shape.EITHER_FIRST_STAMP),
            (day_first & month_first & ~same, Shape.UNCLEAR_DATE, Shape.UNCLEAR_STAMP),
            (day_first & ~month_first, Shape.DAY_FIRST, Shape.DAY_FIRST_STAMP),
            (month_first & ~day_first, Shape.MONTH_FIRST, Shape.MONTH_FIRST_STAMP),
        ):
            _mark(shapes, left[chosen & ~clocked], day)
            _mark(shapes, left[chosen & clocked], stamp)


def _mark(shapes: Any, which: Any, shape: Shape) -> None:
    shapes[which] = NUMBER_OF[shape]


def judge_rest(texts: Iterable[str], tokens: Collection[str]) -> list[int]:
    """The places in `SHAPES` of texts that `judge` has left; equal ones are looked at once."""
    known: dict[str, int] = {}
    found = []
    for text in texts:
        place = known.get(text)
        if place is None:
            place = known[text] = NUMBER_OF[shape_of(text, tokens)]
        found.append(place)
    return found
