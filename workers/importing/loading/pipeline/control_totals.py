"""Control totals of a numeric column: what the workbook's cells add up to, to be held against the table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from workers.core.inference.text_format import number_text
from workers.core.model.options import PgType
from workers.importing.columnar.column import Figures

NUMERIC_TYPES = frozenset({PgType.BIGINT, PgType.DOUBLE, PgType.NUMERIC})


class ControlTotals:
    """Count, sum, least and greatest of the numbers sent, whatever widening happens in between.

    Attributes:
        count: Numbers that are not NULL.
        bounded: False once a number was taken out again, when least and greatest are not known any more.
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self.count = 0
        self.bounded = True
        self._whole = 0
        self._parts: list[float] = []
        self._decimal = Decimal(0)
        self._low: Any = None
        self._high: Any = None

    def add(self, values: Sequence[Any], has_nulls: bool) -> None:
        """Take in the numbers of one batch; None stands for NULL."""
        numbers = [v for v in values if v is not None] if has_nulls else values
        if not numbers:
            return
        self.count += len(numbers)
        self._bound(min(numbers), max(numbers))
        first = numbers[0]
        if isinstance(first, float):
            self._parts.append(_sum(numbers))
        elif isinstance(first, Decimal):
            self._decimal += sum(numbers)
        else:
            self._whole += sum(numbers)

    def add_figures(self, figures: Figures) -> None:
        """Take in the numbers of one batch that were added up elsewhere."""
        if not figures.count:
            return
        self.count += figures.count
        self._bound(figures.low, figures.high)
        if isinstance(figures.total, float):
            self._parts.append(figures.total)
        elif isinstance(figures.total, Decimal):
            self._decimal += figures.total
        else:
            self._whole += figures.total

    def _bound(self, low: Any, high: Any) -> None:
        self._low = low if self._low is None or low < self._low else self._low
        self._high = high if self._high is None or high > self._high else self._high

    def remove(self, number: Any) -> None:
        """Take one number out again; least and greatest are no longer certain then and left empty."""
        self.count -= 1
        self.bounded = False
        if isinstance(number, float):
            self._parts.append(-number)
        elif isinstance(number, Decimal):
            self._decimal -= number
        else:
            self._whole -= number

    @property
    def highest(self) -> Any:
        """The greatest number that came, taken out again or not; None before the first."""
        return self._high

    @property
    def total(self) -> float | int | Decimal:
        """The sum."""
        if self._decimal:
            return self._decimal + self._whole + Decimal(_sum(self._parts))
        return _sum([*self._parts, self._whole]) if self._parts else self._whole

    def texts(self) -> tuple[str, str, str]:
        """Sum, least and greatest as text; empty texts where no number came."""
        if not self.count:
            return "", "", ""
        if not self.bounded:
            return _text(self.total), "", ""
        return _text(self.total), _text(self._low), _text(self._high)


def _sum(numbers: Sequence[float]) -> float:
    """The exact sum; what plain addition makes of numbers that have none, such as infinities."""
    try:
        return math.fsum(numbers)
    except (ValueError, OverflowError):
        return float(sum(numbers))


def _text(value: float | int | Decimal) -> str:
    return format(value, "f") if isinstance(value, Decimal) else number_text(value)


def same_total(mine: float | int | Decimal, theirs: Any, count: int) -> bool:
    """Whether PostgreSQL's sum agrees: exactly for whole numbers, within rounding for doubles."""
    if isinstance(theirs, float) or isinstance(mine, float):
        if math.isnan(mine) or math.isnan(theirs):
            return math.isnan(mine) and math.isnan(theirs)
        return math.isclose(float(mine), float(theirs), rel_tol=1e-9, abs_tol=1e-6 * max(count, 1))
    return bool(mine == theirs)
