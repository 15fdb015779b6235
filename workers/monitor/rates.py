"""Rates from counters."""

from __future__ import annotations


class Rate:
    """Turns a counter that only grows into a rate per second."""

    def __init__(self) -> None:
        """Nothing is known before the second value."""
        self._last: tuple[float, float] | None = None

    def of(self, clock: float, count: float) -> float | None:
        """The rate since the call before; None at the first one and after the counter was set back."""
        before, self._last = self._last, (clock, count)
        if before is None or clock <= before[0] or count < before[1]:
            return None
        return (count - before[1]) / (clock - before[0])
