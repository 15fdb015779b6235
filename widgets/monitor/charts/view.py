"""The stretch of time that the charts show, and the figures behind it: full ones for an hour, thinned ones beyond."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workers.core.alerts.rules import AlertRule
from workers.core.alerts.what_if import count_firings
from workers.core.metrics.series import Ring, SeriesTable

FULL_SECONDS = 3600.0
_FULL_STEP = 0.5
_LONG_PAUSE = 5.0
_NEAR = 3.0


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of time (Unix seconds) with its figures.

    Attributes:
        ring: The figures; of thinned ones the means.
        least: The least of each row, `ring` itself for full figures.
        most: The highest of each row, `ring` itself for full figures.
        full: The full figures, for what is known of the last hour.
        start: Where it begins.
        end: Where it ends.
        step: Seconds from one row to the next.
    """

    ring: Ring
    least: Ring
    most: Ring
    full: Ring
    start: float
    end: float
    step: float = _FULL_STEP

    @classmethod
    def of(cls, table: SeriesTable, start: float, end: float) -> View:
        """The view of a stretch: full figures where they reach so far, thinned ones otherwise."""
        if end - start <= FULL_SECONDS:
            return cls(table.full, table.full, table.full, table.full, start, end)
        return cls(table.mean, table.least, table.most, table.full, start, end, table.bucket_seconds)

    @property
    def thinned(self) -> bool:
        """Whether each row stands for several samples."""
        return self.ring is not self.full

    @property
    def longest_step(self) -> float:
        """Seconds between two rows above which nothing is known of the time between."""
        return max(_LONG_PAUSE, 2.5 * self.step)

    def value_at(self, metric: str, time: float) -> float | None:
        """The figure of a metric nearest to a time; None where nothing is known near it."""
        found = _nearest(self.full, metric, time, _NEAR)
        if found is None and self.thinned:
            # A thinned row is named by its beginning: its middle is what it tells of.
            found = _nearest(self.ring, metric, time - self.step / 2, max(_NEAR, self.step))
        return found

    def firings(self, rule: AlertRule, level: float) -> int:
        """How often a rule with this one level would have fired in the shown stretch; nearly so for thinned figures."""
        ring = self.ring
        if self.thinned and rule.hold_for < self.step:
            ring = self.most if rule.above else self.least
        first = ring.first_since(self.start)
        times: Sequence[float] = ring.times()[first:]
        return count_firings(rule, level, times, ring.column(rule.metric)[first:], step=self.step)


def _nearest(ring: Ring, metric: str, time: float, near: float) -> float | None:
    if not ring.length:
        return None
    times, values = ring.times(), ring.column(metric)
    place = ring.first_since(time)
    known = [
        p for p in (place - 1, place) if 0 <= p < len(times) and abs(times[p] - time) <= near and values[p] == values[p]
    ]
    return float(values[min(known, key=lambda p: abs(times[p] - time))]) if known else None
