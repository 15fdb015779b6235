"""The parts of a sheet in which tables stand one below the other, and what of a long part needs a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workers.core.layout.column_gaps import split_columns
from workers.core.layout.lines import Line
from workers.core.layout.tail import begins_total

_ALIKE: Final = 0.6
_KEPT: Final = 6


def regions(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines parted where tables stand side by side; each region is read on its own."""
    if not lines:
        return []
    sides = split_columns(lines)
    if len(sides) > 1:
        return [region for columns in sides for region in regions(restricted(lines, columns))]
    found: list[list[Line]] = []
    current: list[Line] = []
    for part in parts(lines):
        sides = split_columns(part)
        if len(sides) == 1:
            current += part
            continue
        if current:
            found.append(current)
            current = []
        found += [region for columns in sides for region in regions(restricted(part, columns))]
    return [*found, current] if current else found


def parts(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines without a blank row in between."""
    found: list[list[Line]] = []
    for line in lines:
        if not found or line.gap:
            found.append([])
        found[-1].append(line)
    return found


def restricted(lines: Sequence[Line], columns: Sequence[int]) -> list[Line]:
    """The lines cut down to some columns; a line without any cell there becomes part of a gap."""
    kept: list[Line] = []
    gap = 0
    for line in lines:
        cut = line.within(columns)
        if cut.cells:
            kept.append(replace(cut, gap=line.gap + gap))
            gap = 0
        else:
            gap += line.gap + 1
    return kept


def telling(lines: Sequence[Line], bold: frozenset[int]) -> list[int]:
    """The places of the lines that can tell something; the middle of a long run of rows all alike is left out."""
    found: list[int] = []
    run: list[int] = []
    for place, line in enumerate(lines):
        if place and _goes_on(lines[place - 1], line, bold):
            run.append(place)
            continue
        found += _ends(run)
        run = [place]
    return found + _ends(run)


def _ends(run: Sequence[int]) -> list[int]:
    return list(run) if len(run) <= 2 * _KEPT else [*run[:_KEPT], *run[-_KEPT:]]


def _goes_on(above: Line, line: Line, bold: frozenset[int]) -> bool:
    """Whether a line holds nearly the same as the one above: then it is one more row of the same."""
    if line.gap or line.width < 2 or (line.number in bold) != (above.number in bold) or _sums_up(line):
        return False
    kinds, others = line.kinds, above.kinds
    same = sum(1 for column, kind in kinds.items() if others.get(column) == kind)
    return same >= _ALIKE * max(len(kinds), len(others))


def _sums_up(line: Line) -> bool:
    """Whether the first of a line's cells begins as the name of a total does."""
    first = line.cells[min(line.cells)]
    return type(first) is str and begins_total(first)
