"""How often a level would have fired over a history, asked while its line is dragged."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workers.core.alerts.level_watch import LONG_GAP, SHORT_GAP
from workers.core.alerts.rules import AlertRule


def count_firings(
    rule: AlertRule, level: float, times: Sequence[float], values: Sequence[float], *, step: float = 0.5
) -> int:
    """How often `rule` with this one level would have fired. About 1 ms for an hour of figures.

    Args:
        rule: Gives direction, duration, margin and clear duration; its own levels do not matter.
        level: The level asked about, in the metric's unit.
        times: Seconds, rising.
        values: Figures at these times; NaN is a gap.
        step: Seconds from one figure to the next; a silence is told from it.
    """
    sign = 1.0 if rule.above else -1.0
    enter, leave = sign * level, sign * level - rule.margin
    firings, firing = 0, False
    short, long = max(SHORT_GAP, 2 * step), max(LONG_GAP, 2 * step)
    since: float | None = None
    last = -math.inf
    for time, raw in zip(times, values, strict=True):
        value = sign * raw
        if value != value:  # NaN: the quickest test there is, in a loop over thousands
            continue
        if time - last > (short if firing else long):
            since = None
        last = time
        wanted = value < leave if firing else value >= enter
        if not wanted:
            since = None
            continue
        since = time if since is None else since
        if time - since >= (rule.clear_for if firing else rule.hold_for):
            firing = not firing
            firings += firing
            since = None
    return firings
