"""What each line of a region is, judged by what was learnt from sheets labelled by hand and read as a whole.

The fixed rules have their say as figures among others: a forest weighs them, and a decoder then picks the likeliest
sequence of roles that is possible at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from workers.core.layout.decode import DATA, HEADER, OUTSIDE, decode, likelihood
from workers.core.layout.evidence import NAMES, evidence
from workers.core.layout.forest import Forest
from workers.core.layout.lines import Line
from workers.core.layout.regions import telling
from workers.core.model.cells import CellRange

TRUST: Final = 1.5
"""How many times likelier a role is because the fixed rules say it; chosen by cross-validation over publishers."""
_ECHO: Final = 100.0
"""How many times likelier a line is a header because it repeats most words of a header above."""
_SHARED: Final = 0.6
_NAMES_ENOUGH: Final = 2
_NEARLY: Final = 4.0
"""Where the likeliest reading is hardly likelier than that of the rules, in units of log likelihood, theirs stands."""
_SURE: Final = 0.6
"""Lines less sure than this to be a table, on average, are none, unless the rules see just the same in them."""


class Ruled(Protocol):
    """A table as the fixed rules see it."""

    @property
    def header_rows(self) -> tuple[int, ...]:
        """Excel rows of its header."""

    @property
    def first_row(self) -> int:
        """First data row."""

    @property
    def last_row(self) -> int:
        """Last data row."""

    @property
    def columns(self) -> tuple[int, ...]:
        """Its columns."""

    @property
    def skipped(self) -> frozenset[int]:
        """Rows among its data that are none."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of a region that make one table.

    Attributes:
        top: Place of the first header line, or of the first data line where there is no header.
        body: Place of the first data line.
        end: Place after the last data line.
        sure: How likely its lines are what they are taken for, on average.
    """

    top: int
    body: int
    end: int
    sure: float


def figures_of(
    lines: Sequence[Line], merged: Sequence[CellRange], bold: frozenset[int]
) -> tuple[list[int], list[list[float]]]:
    """The places of the lines worth a look, and the figures of each of them in the order of `evidence.NAMES`."""
    places = telling(lines, bold)
    return places, evidence([lines[place] for place in places], merged, bold)


def read_spans(
    lines: Sequence[Line],
    merged: Sequence[CellRange],
    bold: frozenset[int],
    ruled: Sequence[Ruled],
    forest: Forest,
) -> list[Span]:
    """The tables of a region.

    Args:
        lines: The lines of the region.
        merged: The sheet's merged areas.
        bold: Rows that are wholly bold.
        ruled: The tables that the fixed rules find in it.
        forest: What was learnt.
    """
    places, figures = figures_of(lines, merged, bold)
    asked = [NAMES.index(name) for name in forest.names]
    learnt = [forest.shares([line[place] for place in asked]) for line in figures]
    return read_shares(lines, places, learnt, [ruled_role(lines[place], ruled) for place in places])


def read_shares(
    lines: Sequence[Line], places: Sequence[int], learnt: Sequence[Sequence[float]], ruled: Sequence[int]
) -> list[Span]:
    """The tables of a region by what was learnt and what the rules say of some of its lines.

    Args:
        lines: The lines of the region.
        places: The places of the lines that were judged.
        learnt: How likely each role of each of them is.
        ruled: The role of each of them by the fixed rules.
    """
    seen = [lines[place] for place in places]
    roles = decode(echoed(seen, weighed(learnt, ruled)), [line.gap > 0 for line in seen])
    if DATA in ruled and likelihood(echoed(seen, learnt), roles, ruled) < _NEARLY:
        roles = list(ruled)
    spans = spans_of(places, roles, learnt, len(lines))
    return spans if roles == list(ruled) else [span for span in spans if span.sure >= _SURE]


def weighed(learnt: Sequence[Sequence[float]], ruled: Sequence[int]) -> list[list[float]]:
    """How likely each role of each line is when the fixed rules, which say one role each, have their say too."""
    found = []
    for shares, role in zip(learnt, ruled, strict=True):
        votes = [share * (TRUST if place == role else 1.0) for place, share in enumerate(shares)]
        whole = sum(votes)
        found.append([vote / whole for vote in votes])
    return found


def echoed(lines: Sequence[Line], shares: Sequence[Sequence[float]]) -> list[Sequence[float]]:
    """The shares with those lines likelier headers that repeat what a header above says, column by column."""
    found: list[Sequence[float]] = []
    heads: list[dict[int, str]] = []
    for line, votes in zip(lines, shares, strict=True):
        words = {column: str(value).strip().casefold() for column, value in line.cells.items()}
        if len(words) >= _NAMES_ENOUGH:
            if any(_repeats(words, head) for head in heads):
                raised = [vote * (_ECHO if role == HEADER else 1.0) for role, vote in enumerate(votes)]
                votes = [vote / sum(raised) for vote in raised]
            if votes[HEADER] > 0.5:
                heads.append(words)
        found.append(votes)
    return found


def _repeats(words: dict[int, str], head: dict[int, str]) -> bool:
    same = sum(1 for column, word in words.items() if head.get(column) == word)
    return same >= max(_NAMES_ENOUGH, _SHARED * len(words))


def spans_of(places: Sequence[int], roles: Sequence[int], shares: Sequence[Sequence[float]], count: int) -> list[Span]:
    """The tables that the roles of some of `count` lines make; a line between them is what the one above it is."""
    found: list[Span] = []
    heads: list[int] = []
    data: list[int] = []
    for index, role in enumerate([*roles, OUTSIDE]):
        if data and role != DATA:
            every = [*((i, HEADER) for i in heads), *((i, DATA) for i in data)]
            sure = sum(shares[i][taken] for i, taken in every) / len(every)
            end = places[index] if index < len(places) else count
            found.append(Span(places[every[0][0]], places[data[0]], end, sure))
        if role == DATA:
            data.append(index)
            continue
        heads = heads if role == HEADER and not data else []
        data = []
        if role == HEADER:
            heads.append(index)
    return found


def ruled_role(line: Line, ruled: Sequence[Ruled]) -> int:
    """What the fixed rules say that a line is."""
    for table in ruled:
        first = max(table.header_rows, default=table.first_row - 1) + 1
        between = first <= line.number < table.first_row
        if line.cells.keys().isdisjoint(table.columns) and not between:
            continue
        if line.number in table.header_rows:
            return HEADER
        # A remark or a drawn line between header and data is left out when the table is booked.
        if first <= line.number <= table.last_row and line.number not in table.skipped:
            return DATA
    return OUTSIDE
