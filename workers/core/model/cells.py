"""What one cell may hold once a reader has read it, and how cells are addressed.

Readers give Python's own types. Two kinds of cell need a type of their own because a plain value would lose what the
analyst sees: an error (``#N/A`` is not the text "#N/A") and a number shown with leading zeros (``00420`` is a code).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias


class ErrorValue(str):
    """The text of an error cell, such as ``#DIV/0!``."""

    __slots__ = ()


class PaddedNumber(str):
    """The displayed text of a whole number whose format has leading zeros, such as ``00420`` or ``012-34-5678``.

    Attributes:
        number: The number behind it; None where the text alone is known, all of whose characters are digits then.
    """

    __slots__ = ("number",)
    number: int | None

    def __new__(cls, text: str, number: int | None = None) -> PaddedNumber:
        """Keep both."""
        self = super().__new__(cls, text)
        self.number = number
        return self

    def __reduce__(self) -> tuple[type[PaddedNumber], tuple[str, int | None]]:
        """Travel to another process with the number."""
        return PaddedNumber, (str.__str__(self), self.number)

    @property
    def digits(self) -> str:
        """The number without its format, as text."""
        return str.__str__(self).lstrip("0") or "0" if self.number is None else str(self.number)


CellValue: TypeAlias = (
    None | bool | int | float | str | dt.date | dt.datetime | dt.time | dt.timedelta | ErrorValue | PaddedNumber
)
"""A cell. None and the empty string both mean blank."""


def column_letter(index: int) -> str:
    """Excel's letters of a column counted from 0: 0 is ``A``, 26 is ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The column counted from 0 of Excel's letters: ``A`` is 0.

    Raises:
        ValueError: if `letters` holds anything but the letters A to Z.
    """
    index = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"not a column: {letters!r}")
        index = index * 26 + ord(letter) - 64
    if not index:
        raise ValueError("a column needs at least one letter")
    return index - 1


def address(row: int, column: int) -> str:
    """The address of a cell: Excel row from 1, column from 0."""
    return f"{column_letter(column)}{row}"


@dataclass(frozen=True, slots=True)
class CellRange:
    """A block of cells: Excel rows from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        """As Excel writes it: ``A3:H1003``."""
        return f"{address(self.first_row, self.first_column)}:{address(self.last_row, self.last_column)}"
