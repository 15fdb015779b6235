"""New sheets out of labelled ones: shortened, stacked, without bold rows, merged areas or gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random

from workers.core.layout.decode import DATA, OUTSIDE
from workers.core.layout.lines import Line
from workers.core.model.cells import CellRange
from workers.core.model.plans import SheetFacts

_LONGEST = 220
_MERGED = 3_000
Part = tuple[Sequence[Line], Sequence[int], SheetFacts]


def mixed(rng: Random, parts: Sequence[Part]) -> tuple[list[Line], list[int], SheetFacts] | None:
    """The parts below each other, or None when that gets too long or nothing is left."""
    lines: list[Line] = []
    roles: list[int] = []
    merged: list[CellRange] = []
    bold: set[int] = set()
    plain, unmerged, tight = rng.random() < 0.3, rng.random() < 0.3, rng.random() < 0.15
    number = 0
    for part, (source, source_roles, facts) in enumerate(parts):
        chosen = _shortened(rng, source, source_roles)
        if part and rng.random() < 0.4:
            chosen = [place for place in chosen if source_roles[place] != OUTSIDE]
        if rng.random() < 0.2:
            first = next((n for n, place in enumerate(chosen) if source_roles[place] != OUTSIDE), 0)
            chosen = chosen[first:]
        if not chosen:
            continue
        left = min(min(source[place].cells) for place in chosen)
        areas = _areas(facts, unmerged)
        for order, place in enumerate(chosen):
            line = source[place]
            gap = 0 if tight or order == 0 else min(line.gap, 3)
            gap = rng.choice([0, 0, 1, 1, 1, 2, 3]) if order == 0 and part else gap
            number += 1 + gap
            cells = {column - left: value for column, value in line.cells.items()}
            lines.append(Line(number, gap, cells))
            roles.append(source_roles[place])
            if line.number in facts.bold_rows and not plain:
                bold.add(number)
            for area in areas[line.number]:
                last = number + area.last_row - area.first_row
                merged.append(CellRange(number, area.first_column - left, last, area.last_column - left))
    if not lines or len(lines) > _LONGEST:
        return None
    return lines, roles, SheetFacts(merged=tuple(merged), bold_rows=frozenset(bold))


def _areas(facts: SheetFacts, none: bool) -> defaultdict[int, list[CellRange]]:
    found: defaultdict[int, list[CellRange]] = defaultdict(list)
    for area in () if none else facts.merged[:_MERGED]:
        found[area.first_row].append(area)
    return found


def _shortened(rng: Random, lines: Sequence[Line], roles: Sequence[int]) -> list[int]:
    """The places of the lines with the middle of some runs of data left out."""
    kept: list[int] = []
    run: list[int] = []
    for place in range(len(lines) + 1):
        if place < len(lines) and roles[place] == DATA:
            run.append(place)
            continue
        count = rng.choice([1, 2, 3, 4, 5, 8, 12, 20, 30]) if len(run) > 3 else len(run)
        head = rng.randint(0, min(count, len(run)))
        kept += [*run[:head], *run[max(head, len(run) - (count - head)) :]]
        run = []
        if place < len(lines):
            kept.append(place)
    return kept
