"""What a number format makes of a number: a plain number, a date, a time of day, a duration, or a padded code.

Format codes are described in ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31. Only the first section counts here: it is
the one that positive numbers use.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
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
        mask: What stands before, between and after the zeros where there is more than them, one text more than zeros:
            ``("", "", "-", "", "")`` for ``00-00``.
        condition: Which numbers are shown so, such as ``("<=", 99999.0)``; None for all.
        otherwise: How the others are shown.
    """

    kind: FormatKind = FormatKind.NUMBER
    pad: int = 0
    mask: tuple[str, ...] = ()
    condition: tuple[str, float] | None = None
    otherwise: NumberFormat | None = None

    @property
    def pads(self) -> bool:
        """Whether some number is shown with leading zeros."""
        return bool(self.pad) or (self.otherwise is not None and self.otherwise.pads)

    def shown(self, number: int) -> str | None:
        """A whole number as a padding format shows it; None where it is shown as a plain number."""
        if self.condition and self.otherwise and not _COMPARE[self.condition[0]](number, self.condition[1]):
            return self.otherwise.shown(number)
        if not self.pad or number < 0:
            return None
        digits = f"{number:0{self.pad}d}"
        if not self.mask:
            return digits if digits[0] == "0" else None
        # Digits that the zeros have no room for come before the first of them.
        head = len(digits) - self.pad
        places = [digits[: head + 1], *digits[head + 1 :]]
        return self.mask[0] + "".join(d + text for d, text in zip(places, self.mask[1:], strict=True))


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
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

_CONDITION = re.compile(r"\[(?P<sign><=|>=|<>|<|>|=)(?P<bound>-?[0-9]+(?:\.[0-9]+)?)\]")
# Signs that need no quotation marks (ECMA-376 part 1, 18.8.31); a bare slash makes fractions, dots and commas decimals.
# Spacing (_x) and filling (*x) are no text.
_MASK_PART = re.compile(
    r"""(?P<zero>0)|(?P<place>[#?])|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|(?P<sign>[-+():$!^&'~{}<>= ])"""
)
_LEAST_ZEROS = 2


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
    padding = _padding(section)
    condition = _CONDITION.search(_LITERAL.sub("", section))
    if condition and len(section) < len(code):
        bound = (condition["sign"], float(condition["bound"]))
        return replace(padding, condition=bound, otherwise=parse_format(code[len(section) + 1 :]))
    return padding


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


def _padding(section: str) -> NumberFormat:
    """The format of a code that consists of zeros, perhaps with literal text around and between them.

    So are numbers that stand for codes shown: ``00000``, ``000-00-0000``, ``"P"000``. After the first zero other
    places for digits show zeros as well (``0# ## ##``). Colours, conditions and spacing add no text.
    """
    mask = [""]
    rest = _BRACKETS.sub("", section).strip()
    while rest:
        found = _MASK_PART.match(rest)
        if not found:
            return GENERAL
        if found["zero"] or (found["place"] and len(mask) > 1):
            mask.append("")
        elif found["place"]:
            return GENERAL
        else:
            mask[-1] += "".join(filter(None, found.group("quoted", "escaped", "sign")))
        rest = rest[found.end() :]
    zeros = len(mask) - 1
    if zeros < _LEAST_ZEROS:
        return GENERAL
    return NumberFormat(pad=zeros, mask=tuple(mask) if any(mask) else ())
