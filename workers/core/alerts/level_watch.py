"""One rule watching one metric: when a level is entered, held and left. Pure; time comes in with each value."""

from __future__ import annotations

from collections import deque

from workers.core.alerts.rules import AlertLevel, AlertRule

SHORT_GAP = 3.0
"""Seconds without a value after which the time towards an alert's end starts again: silence is no good news."""

LONG_GAP = 30.0
"""Seconds without a value after which the time towards firing starts again: nobody knows what happened meanwhile."""

FLAP_WINDOW = 600.0
FLAP_COUNT = 3
FLAP_CLEAR = 60.0
FLAP_CLEAR_MOST = 600.0

_LEVELS = (AlertLevel.CRITICAL, AlertLevel.WARNING)


class LevelWatch:
    """Follows the values of one rule and says which level is in force.

    Attributes:
        held: The level that is in force, or None.
        pending: The level that the value has, while its duration is not over yet.
        beyond_since: Monotonic second since when the value has been beyond its lowest level, or None.
        flapping: Whether so many alerts came in a short time that their end is waited for longer.
    """

    def __init__(self, rule: AlertRule) -> None:
        """Watch by `rule`; nothing is known yet."""
        self.rule = rule
        self.held: AlertLevel | None = None
        self.pending: AlertLevel | None = None
        self.flapping = False
        self._entered: dict[AlertLevel, float] = {}
        self._left: dict[AlertLevel, float] = {}
        self._last: float | None = None
        self._fired: deque[float] = deque(maxlen=32)

    @property
    def beyond_since(self) -> float | None:
        """When the value went beyond the lowest level that it is beyond of now."""
        return min(self._entered.values(), default=None)

    def resume(self, level: AlertLevel) -> None:
        """A level was in force when the program ended; the next value says whether it still is."""
        self.held = level
        self.pending = None

    def observe(self, clock: float, value: float) -> None:
        """Take one value and move the level if its time has come."""
        self._after_gap(clock)
        self._last = clock
        for level in _LEVELS:
            self._follow(level, clock, value)
        if self.held is None:
            self._try_enter(clock)
        elif not self._try_rise(clock):
            self._try_leave(clock)
        self.pending = next((level for level in _LEVELS if level in self._entered), None) if not self.held else None

    def _after_gap(self, clock: float) -> None:
        gap = 0.0 if self._last is None else clock - self._last
        if gap > SHORT_GAP:
            self._left.clear()
        if gap > LONG_GAP:
            self._entered.clear()

    def _follow(self, level: AlertLevel, clock: float, value: float) -> None:
        threshold = self.rule.threshold(level)
        if threshold is None:
            self._entered.pop(level, None)
            self._left.setdefault(level, clock)
            return
        distance = value - threshold if self.rule.above else threshold - value
        if distance >= 0:
            self._entered.setdefault(level, clock)
        else:
            self._entered.pop(level, None)
        back = distance < 0 if self.rule.margin == 0 else distance < -self.rule.margin
        if back:
            self._left.setdefault(level, clock)
        else:
            self._left.pop(level, None)

    def _try_enter(self, clock: float) -> None:
        level = self._ripe(clock)
        if level is None:
            return
        self.held = level
        self._fired.append(clock)
        recent = sum(1 for fired in self._fired if clock - fired <= FLAP_WINDOW)
        self.flapping = recent >= FLAP_COUNT

    def _try_rise(self, clock: float) -> bool:
        level = self._ripe(clock)
        if level is None or self.held is None or level.rank <= self.held.rank:
            return False
        self.held = level
        return True

    def _try_leave(self, clock: float) -> None:
        """Leave the held level, to the highest one below it that the value has not left."""
        if self.held is None or not self._over(self.held, clock):
            return
        below = [level for level in _LEVELS if level.rank < self.held.rank and not self._over(level, clock)]
        self.held = below[0] if below else None

    def _ripe(self, clock: float) -> AlertLevel | None:
        for level in _LEVELS:
            since = self._entered.get(level)
            if since is not None and clock - since >= self.rule.hold_for:
                return level
        return None

    def _over(self, level: AlertLevel, clock: float) -> bool:
        since = self._left.get(level)
        if since is None:
            return False
        return self.rule.threshold(level) is None or clock - since >= self._clear_for(clock)

    def _clear_for(self, clock: float) -> float:
        if not self.flapping:
            return self.rule.clear_for
        recent = sum(1 for fired in self._fired if clock - fired <= FLAP_WINDOW)
        damped = FLAP_CLEAR * 2.0 ** max(0, recent - FLAP_COUNT)
        return max(self.rule.clear_for, min(FLAP_CLEAR_MOST, damped))
