"""Whole numbers as decimal text, many at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from workers.importing.columnar.text_pool import TextPool, Whole

_WIDTH = 20
"""Digits and sign of the longest 64-bit number."""
_POWERS = np.array([10**place for place in range(1, 19)], np.int64)


def decimal_texts(numbers: Whole) -> TextPool:
    """The text of each number, as `str` writes it."""
    negative = numbers < 0
    if len(numbers) and int(numbers.min()) == np.iinfo(np.int64).min:
        return TextPool.of(map(str, numbers.tolist()))
    left = np.abs(numbers)
    digits = 1 + np.searchsorted(_POWERS, left, side="right")
    width = int(digits.max(initial=1)) + 1
    shown = np.empty((len(numbers), width), np.uint8)
    for place in range(width - 1, -1, -1):
        left, figure = _parted(left)
        shown[:, place] = figure + ord("0")
    starts = np.arange(len(numbers)) * width + width - digits
    shown.reshape(-1)[starts[negative] - 1] = ord("-")
    return TextPool(shown.reshape(-1), starts - negative, digits + negative)


def _parted(numbers: Any) -> tuple[Any, Any]:
    """Tenths and last figure."""
    tenths = numbers // 10
    return tenths, numbers - tenths * 10
