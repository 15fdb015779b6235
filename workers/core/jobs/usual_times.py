"""How long jobs usually take, learnt from those that have ended, so that an alert can say which one takes too long."""

from __future__ import annotations

from collections import OrderedDict, deque
from statistics import median

_KEPT_DURATIONS = 20
_KEPT_KEYS = 500
_LEAST_SECONDS = 60.0
_LEAST_COUNT = 3


class UsualTimes:
    """Durations by what a job is about (its file and sheet); bounded in size."""

    def __init__(self) -> None:
        """Nothing is known."""
        self._known: OrderedDict[str, deque[float]] = OrderedDict()

    def learn(self, key: str, seconds: float) -> None:
        """A job about `key` took so long, and ended well."""
        self._known.setdefault(key, deque(maxlen=_KEPT_DURATIONS)).append(seconds)
        self._known.move_to_end(key)
        while len(self._known) > _KEPT_KEYS:
            self._known.popitem(last=False)

    def overrun(self, key: str, seconds: float) -> float | None:
        """How many times the usual duration `seconds` are; None while too little is known.

        Durations below a minute count as a minute: a job of two seconds that takes six is no news.
        """
        durations = self._known.get(key)
        if durations is None or len(durations) < _LEAST_COUNT:
            return None
        return seconds / max(_LEAST_SECONDS, median(durations))
