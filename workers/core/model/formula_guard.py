"""Texts that a spreadsheet program runs as formulas when it opens a CSV file.

CSV has no types: Excel and LibreOffice read a field that begins with one of these signs as a formula, which may send
the sheet's other cells to a web address or, after a warning that people click away, start a program (OWASP, CSV
Injection). An apostrophe in front makes it a text; it is shown there and stays in the data when the file is read by
anything else. So it is only put in where a spreadsheet is what the file is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_SIGNS = "=+-@\t\r\n＝＋－＠"
"""The wide ones are taken for the others by some versions in East Asian settings."""
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[., '\u00a0\u202f’]\d+)*|\d*[.,]\d+)(?:[eE][+-]?\d+)?\s?%?")


def is_like_a_formula(value: object) -> bool:
    """Whether a spreadsheet program would run a value as a formula. A number with its sign is none."""
    return isinstance(value, str) and value[:1] != "" and value[0] in _SIGNS and not _NUMBER.fullmatch(value)


class FormulaGuard:
    """Looks at the rows of one file on their way out.

    Attributes:
        found: How many texts are like formulas so far.
    """

    def __init__(self, *, guards: bool) -> None:
        """Put an apostrophe before each where `guards`; else only count them."""
        self._guards = guards
        self.found = 0

    def row(self, values: Iterable[Any]) -> list[Any]:
        """The row as it is written."""
        return [self._value(value) for value in values]

    def _value(self, value: Any) -> Any:
        if not is_like_a_formula(value):
            return value
        self.found += 1
        return f"'{value}" if self._guards else value


_FIELD = re.compile(
    rb'[,\n]"?(?:[=@\t\r]|\xef\xbc[\x8b\x8d\x9d\xa0]|[+-](?!\.?\d[\d.]*(?:e[+-]?\d+)?"?(?:[,\r\n]|$)))', re.IGNORECASE
)
"""A field that begins with one of the signs and is no number; the wide ones in UTF-8."""
_LONGEST_NUMBER = 64


class FormulaSeeker:
    """Looks for texts like formulas in CSV that goes by as bytes, which costs less than taking it apart.

    A line that begins so within a text of several lines counts as well.
    """

    def __init__(self) -> None:
        """Nothing has gone by; the first byte begins a field."""
        self._rest = b"\n"
        self._found = False

    def look(self, block: bytes) -> None:
        """The next bytes."""
        if self._found:
            return
        data = self._rest + block
        # What begins near the end may go on as a number: it is looked at again with what follows.
        sure = len(data) - _LONGEST_NUMBER
        match = _FIELD.search(data)
        self._found = match is not None and match.start() < sure
        self._rest = data[max(sure, 0) :]

    def end(self) -> bool:
        """All bytes have gone by; gives whether there was one."""
        return self._found or _FIELD.search(self._rest) is not None
