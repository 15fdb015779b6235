"""The native stream with each cell's style at hand: for codes with leading zeros, and errors beside the same texts.

Two to three times slower than the plain stream, three times faster than our own reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import python_calamine_plus as calamine

from workers.core.model.cells import CellValue, ErrorValue
from workers.importing.reading.date_serials import formatted_number
from workers.importing.reading.error_texts import ERROR_TEXTS
from workers.importing.reading.number_formats import FormatKind, NumberFormat


@dataclass(frozen=True, slots=True)
class OddStyles:
    """Cell styles that the native stream reads otherwise than their format says.

    Attributes:
        numbers: Read as bare numbers: the right value can be made of them.
        lost: Read as something from which the number cannot be had back.
    """

    numbers: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        """Both kinds."""
        return self.numbers | self.lost


def odd_styles(formats: Sequence[NumberFormat], judged: Sequence[FormatKind | None]) -> OddStyles:
    """Compare two readings of the cell styles.

    Args:
        formats: Our reading of each style.
        judged: The native stream's reading of each style; dates stand for times as well.
    """
    numbers, lost = set(), set()
    for index, number_format in enumerate(formats):
        theirs = judged[index] if index < len(judged) else None
        ours = FormatKind.DATE if number_format.kind is FormatKind.TIME else number_format.kind
        if theirs is FormatKind.NUMBER and (number_format.pads or ours is not theirs):
            numbers.add(index)
        elif theirs is not ours:
            lost.add(index)
    return OddStyles(frozenset(numbers), frozenset(lost))


def styled_rows(
    stream: Iterator[list[calamine.CalamineCell]],
    formats: Sequence[NumberFormat],
    odd: frozenset[int],
    date_1904: bool,
) -> Iterator[list[CellValue]]:
    """Plain rows of a rich stream, with `odd` number cells formatted and errors told from texts."""
    for row in stream:
        cells: list[CellValue] = []
        for cell in row:
            value: CellValue = cell.value
            if isinstance(value, str):
                if value in ERROR_TEXTS and cell.data_type == "e":
                    value = ErrorValue(value)
            elif cell.style_id in odd and isinstance(value, int | float) and not isinstance(value, bool):
                value = formatted_number(value, formats[cell.style_id], date_1904)
            cells.append(value)
        yield cells
