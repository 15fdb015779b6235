"""What the rows of a table have in common, and whether a cell suits them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workers.core.layout.lines import (
    BOOLEAN,
    DATE,
    DATE_TEXT,
    ERROR,
    NUMBER,
    NUMBER_TEXT,
    TEXT,
    TIME,
    TOKEN,
    Line,
)

_FAMILY: Final = {NUMBER: "n", NUMBER_TEXT: "N", DATE: "d", DATE_TEXT: "D", TIME: "d", BOOLEAN: "b", TEXT: "t"}


@dataclass(frozen=True, slots=True)
class Profile:
    """What the rows of a body have in common.

    Attributes:
        families: Per column what most of its cells are: ``n`` number, ``N`` number in a text, ``d`` and ``D`` the same
            of dates, ``b`` boolean, ``t`` text.
        fills: Per column how many rows fill it.
        lines: How many rows there are.
        width: Typical number of filled cells in a row.
    """

    families: dict[int, str]
    fills: dict[int, int]
    lines: int
    width: float

    def typed(self) -> list[int]:
        """Columns whose cells are something other than words."""
        return [column for column, family in self.families.items() if family != "t"]


def profile(lines: Sequence[Line]) -> Profile:
    """The common features of some rows."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for line in lines:
        for column, kind in line.kinds.items():
            counts[column][kind] += 1
    return profile_of(counts, [line.width for line in lines])


def profile_of(counts: dict[int, Counter[str]], widths: Sequence[int]) -> Profile:
    """The common features of rows whose kinds per column and widths have been counted."""
    families: dict[int, str] = {}
    fills: dict[int, int] = {}
    for column in sorted(counts):
        number = counts[column]
        fills[column] = sum(number.values())
        families[column] = _family(number)
    ordered = sorted(widths)
    typical = float(ordered[len(ordered) // 2]) if ordered else 0.0
    return Profile(families, fills, len(widths), typical)


def _family(kinds: Counter[str]) -> str:
    meaning = sum(number for kind, number in kinds.items() if kind not in (TOKEN, ERROR))
    if not meaning:
        return "n" if kinds[ERROR] else "t"
    groups = Counter[str]()
    for kind, number in kinds.items():
        if kind in _FAMILY:
            groups[_FAMILY[kind]] += number
    best, number = groups.most_common(1)[0]
    if number >= 0.6 * meaning:
        return best
    numbers = groups["n"] + groups["N"]
    return "n" if numbers >= 0.6 * meaning else "t"


def fits(kind: str, family: str) -> bool:
    """Whether a cell of this kind is what a column of this family holds."""
    return kind in (TOKEN, ERROR) or _FAMILY.get(kind) == family or (family == "n" and kind == NUMBER_TEXT)


def contrasts(kind: str, family: str) -> bool:
    """Whether a cell of this kind stands out from such a column, as a header's does."""
    if family == "t":
        return False
    # "2005" written as text above real numbers is a header too.
    return kind == TEXT or (kind in (NUMBER_TEXT, DATE_TEXT) and family in "ndb") or (kind == DATE and family in "nN")
