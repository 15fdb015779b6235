"""What a number format makes of a number: a plain number, a date, a time of day, a duration, or a padded code.

Format codes are described in ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31. Only the first section counts here: it is
the one that positive numbers use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class FormatKind(Enum):
    """The kind of value that a format shows."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format code, understood.

    Attributes:
        kind: What it shows.
        pad: For `FormatKind.NUMBER`: how many digits a whole number is padded to with zeros, or 0.
    """

    kind: FormatKind = FormatKind.NUMBER
    pad: int = 0


GENERAL = NumberFormat()
_DATE = NumberFormat(FormatKind.DATE)
_TIME = NumberFormat(FormatKind.TIME)
_DURATION = NumberFormat(FormatKind.DURATION)

# Identifiers whose codes are implied (ECMA-376 part 1, 18.8.30); 27 to 36 and 50 to 58 are the East Asian dates.
_BUILTIN: dict[int, NumberFormat] = {
    **dict.fromkeys((14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), _DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), _TIME),
    46: _DURATION,
}

# Literal text: quoted, escaped, spacing (_x), filling (*x).
_LITERAL = re.compile(r'"[^"]*(?:"|$)|\\.|_.|\*.', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_FRACTION_OF_SECOND = re.compile(r"(?<=s)[.,]0+")
_MINUTES = re.compile(r"h[^a-z]*m{1,2}(?!m)|(?<!m)m{1,2}[^a-z]*s")


def builtin_format(identifier: int) -> NumberFormat:
    """The format behind an implied identifier."""
    return _BUILTIN.get(identifier, GENERAL)


@lru_cache(maxsize=4096)
def parse_format(code: str) -> NumberFormat:
    """Understand a format code such as ``yyyy-mm-dd`` or ``00000``."""
    section = _first_section(code)
    bare = _LITERAL.sub("", section).lower()
    if _ELAPSED.search(bare):
        return _DURATION
    bare = _BRACKETS.sub("", bare)
    if "general" in bare or "standard" in bare:
        return GENERAL
    moment = _moment_kind(bare)
    if moment is not None:
        return moment
    return NumberFormat(pad=_pad_width(section))


def _first_section(code: str) -> str:
    """The part before the first semicolon that is not literal."""
    end = 0
    while end < len(code):
        literal = _LITERAL.match(code, end)
        if literal:
            end = literal.end()
        elif code[end] == ";":
            return code[:end]
        else:
            end += 1
    return code


def _moment_kind(bare: str) -> NumberFormat | None:
    """Date or time, when the code without literals shows one; None for a number's format."""
    has_noon_marker = "am/pm" in bare or "a/p" in bare
    letters = _FRACTION_OF_SECOND.sub("", bare.replace("am/pm", "").replace("a/p", ""))
    if re.search(r"[0#?@%]", letters):
        return None
    clock = bool(re.search(r"[hs]", letters))
    without_minutes = _MINUTES.sub(lambda m: m.group().replace("m", ""), letters)
    if re.search(r"[ymdbg]", without_minutes) or re.fullmatch(r"[^a-z]*e+[^a-z]*", without_minutes):
        return _DATE
    if clock or has_noon_marker:
        return _TIME
    return None


def _pad_width(section: str) -> int:
    """Digits that a pure zero format such as ``00000`` pads to; 0 for every other format.

    A format with separators between the zeros (``000-00``) is not padded text: its digits alone would not be what is
    shown.
    """
    bare = re.sub(r"\[[^\]]*\]|_.|\*.", "", section).strip()
    return len(bare) if re.fullmatch(r"0{2,}", bare) else 0
