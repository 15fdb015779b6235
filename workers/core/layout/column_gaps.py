"""Tables side by side: where blank columns part independent tables, and where they are only spacers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from workers.core.layout.lines import TEXT, Line
from workers.core.layout.profile import contrasts, profile

_FAR: Final = 4
"""So many blank columns part tables that stand far apart."""
_ROWS: Final = 3
_HEADS: Final = 10


def split_columns(lines: Sequence[Line]) -> list[tuple[int, ...]]:
    """The columns of each table that stands side by side in these lines; one group when there is only one table.

    Blank columns part tables only with further evidence: the same header comes again, the parts end or begin at
    different rows, or each has its own keys. Parts of a single column are spacers' neighbours, not tables.
    """
    wide = [line for line in lines if line.width > 1]
    used = sorted({column for line in wide for column in line.cells})
    far = _runs(used, _FAR)
    groups = _runs(used)
    whole = [tuple(sorted({column for line in lines for column in line.cells}))]
    if len(far) > 1 and _stand_alone(wide, far):
        return _with_strays(far, whole[0])
    if len(groups) < 2 or any(len(group) < 2 for group in groups) or len(wide) < 3:
        return whole
    if not (
        _repeats(wide, groups)
        or _begin_alike(wide, groups)
        or _ends_differ(wide, groups)
        or _have_keys(wide, groups)
        or _have_labels(wide, groups)
    ):
        return whole
    return _with_strays(groups, whole[0])


def _runs(columns: Sequence[int], apart: int = 1) -> list[tuple[int, ...]]:
    """Columns next to each other, with fewer than so many blank ones in between."""
    runs: list[list[int]] = []
    for column in columns:
        if runs and column <= runs[-1][-1] + apart:
            runs[-1].append(column)
        else:
            runs.append([column])
    return [tuple(run) for run in runs]


def _stand_alone(lines: Sequence[Line], groups: Sequence[tuple[int, ...]]) -> bool:
    """Whether groups far apart have rows of several cells each, and begin or end at different rows."""
    extents: set[tuple[int, int]] = set()
    for group in groups:
        own = [line.number for line in lines if sum(1 for column in group if column in line.cells) > 1]
        if len(group) < 2 or len(own) < _ROWS:
            return False
        extents.add((own[0], own[-1]))
    return len(extents) == len(groups)


def _begin_alike(lines: Sequence[Line], groups: Sequence[tuple[int, ...]]) -> bool:
    """Whether one of the first lines begins every group with the same two words, as headers of tables alike do."""
    for line in lines[:_HEADS]:
        words = [tuple(str(line.cells.get(c, "")).strip().casefold() for c in group[:2]) for group in groups]
        if all(len(pair) > 1 and all(pair) for pair in words) and len(set(words)) == 1 and len(set(words[0])) > 1:
            return all(line.kinds[c] == TEXT for group in groups for c in group[:2])
    return False


def _repeats(lines: Sequence[Line], groups: Sequence[tuple[int, ...]]) -> bool:
    """Whether one line shows the same words in the same order in every group, as repeated headers do."""
    for line in lines[:30]:
        words = [tuple(str(line.cells.get(c, "")).strip().casefold() for c in group) for group in groups]
        if len(words[0]) >= 2 and all(all(group) for group in words) and len(set(words)) == 1:
            return all(line.kinds[c] == TEXT for group in groups for c in group)
    return False


def _ends_differ(lines: Sequence[Line], groups: Sequence[tuple[int, ...]]) -> bool:
    """Whether every group is dense in itself, has its own header, and they end or begin at different rows."""
    extents: list[tuple[int, int]] = []
    for group in groups:
        own = [line.within(group) for line in lines]
        filled = [line for line in own if line.cells]
        if len(filled) < 3:
            return False
        fill = sum(line.width for line in filled) / (len(filled) * len(group))
        span = [line for line in own if filled[0].number <= line.number <= filled[-1].number]
        if fill < 0.8 or len(filled) < 0.9 * len(span) or not _has_header(filled):
            return False
        extents.append((filled[0].number, filled[-1].number))
    lengths = sorted(last - first + 1 for first, last in extents)
    return len(set(extents)) > 1 and lengths[0] < 0.9 * lengths[-1]


def _have_keys(lines: Sequence[Line], groups: Sequence[tuple[int, ...]]) -> bool:
    """Whether every group is a table in itself: dense, with its own header and its own column of keys.

    A single blank column may be a mere spacer, so then the groups must also be built alike.
    """
    signatures: set[str] = set()
    for group in groups:
        own = [line.within(group) for line in lines]
        filled = [line for line in own if line.cells]
        shape = profile(filled[1:])
        keys = [str(line.cells.get(group[0], "")) for line in filled]
        if len(filled) < 4 or sum(line.width for line in filled) < 0.9 * len(filled) * len(group):
            return False
        if not _has_header(filled) or len(set(keys)) < len(keys) or not shape.typed():
            return False
        signatures.add("".join(shape.families.get(column, "t") for column in group))
    apart = min(right[0] - left[-1] for left, right in pairwise(groups))
    alike = len(signatures) == 1 and next(iter(signatures)).startswith("t")
    return apart > 2 or alike


def _have_labels(lines: Sequence[Line], groups: Sequence[tuple[int, ...]]) -> bool:
    """Whether every group begins with a full column of words, codes or dates and has a header and figures of its own.

    That alone may be one wide table with a spacer; so the gap must be wide, or a name come again in every header.
    """
    names: list[set[str]] = []
    for group in groups:
        filled = [line for line in (line.within(group) for line in lines) if line.cells]
        if len(filled) < 4 or any(group[0] not in line.cells for line in filled):
            return False
        shape = profile(filled[1:])
        if shape.families.get(group[0]) not in ("t", "d", "D") or not shape.typed() or not _has_header(filled):
            return False
        names.append({str(value).strip().casefold() for value in filled[0].cells.values()})
    apart = min(right[0] - left[-1] for left, right in pairwise(groups))
    return apart > 2 or bool(set.intersection(*names))


def _has_header(lines: Sequence[Line]) -> bool:
    """Whether one of the first lines stands out from those below in this group alone."""
    for index in range(min(3, len(lines) - 1)):
        head, shape = lines[index], profile(lines[index + 1 :])
        texts = [str(value) for value in head.cells.values()]
        if any(kind != TEXT for kind in head.kinds.values()) or len(set(texts)) < len(texts):
            continue
        typed = shape.typed()
        if typed and sum(1 for c in typed if c in head.kinds and contrasts(head.kinds[c], shape.families[c])) > 0:
            return True
        if not typed and head.width == len(shape.fills):
            return True
    return False


def _with_strays(groups: Sequence[tuple[int, ...]], every: Sequence[int]) -> list[tuple[int, ...]]:
    """The groups with columns that only narrow lines use given to the nearest one on their left, or the first."""
    result = [list(group) for group in groups]
    known = {column for group in groups for column in group}
    for column in every:
        if column not in known:
            left = [group for group in result if group[0] < column]
            (left[-1] if left else result[0]).append(column)
    return [tuple(sorted(group)) for group in result]
