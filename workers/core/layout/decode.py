"""One reading of all lines of a region: the likeliest sequence of roles in which each may follow the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Final

OUTSIDE, HEADER, DATA = 0, 1, 2
_ROLES: Final = (OUTSIDE, HEADER, DATA)
_LEAST: Final = 0.001
# What it costs that a role follows another, in units of log likelihood. A header is followed by data; data without a
# header is rare, at the beginning a bit less so; tables seldom follow each other without a word in between.
_NEXT: Final = (
    (0.0, 0.0, -2.0),
    (-5.0, 0.0, 0.0),
    (-0.7, -1.2, 0.0),
)
# A blank row between two rows of a header is rare.
_PARTED: Final = -1.0
_AFTER_GAP: Final = (_NEXT[0], (_NEXT[1][0], _PARTED, _NEXT[1][2]), _NEXT[2])
_FIRST: Final = (0.0, 0.0, -1.5)
_LAST: Final = (0.0, -5.0, 0.0)


def decode(shares: Sequence[Sequence[float]], gaps: Sequence[bool]) -> list[int]:
    """The role of each line.

    Args:
        shares: Per line how likely it is outside of tables, header and data.
        gaps: Per line whether blank rows stand directly above it.
    """
    if not shares:
        return []
    gains = [[log(max(share, _LEAST)) for share in line] for line in shares]
    best = [start + gain for start, gain in zip(_FIRST, gains[0], strict=True)]
    came: list[list[int]] = []
    for gain, gap in zip(gains[1:], gaps[1:], strict=True):
        costs = _AFTER_GAP if gap else _NEXT
        reached = [[best[role] + costs[role][to] for role in _ROLES] for to in _ROLES]
        origins = [gained.index(max(gained)) for gained in reached]
        best = [reached[to][origin] + gain[to] for to, origin in enumerate(origins)]
        came.append(origins)
    ends = [gain + last for gain, last in zip(best, _LAST, strict=True)]
    roles = [ends.index(max(ends))]
    for origins in reversed(came):
        roles.append(origins[roles[-1]])
    return roles[::-1]


def likelihood(shares: Sequence[Sequence[float]], roles: Sequence[int], others: Sequence[int]) -> float:
    """How much likelier some roles are than others by the lines alone, in units of log likelihood."""
    return sum(
        log(max(line[role], _LEAST)) - log(max(line[other], _LEAST))
        for line, role, other in zip(shares, roles, others, strict=True)
    )
