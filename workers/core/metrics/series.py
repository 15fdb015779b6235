"""Ring buffers of figures over time: an hour at full rate, a day thinned to least, mean and most.

All metrics share one time axis, so that a moment's figures belong together. Memory is taken once and never grows.
A missing figure is NaN, and stays a gap in every chart.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Downsampled:
    """A stretch of thinned figures of one metric: bucket starts, least, mean and most."""

    times: Sequence[float]
    least: Sequence[float]
    mean: Sequence[float]
    most: Sequence[float]


class Ring:
    """Rows of figures in the order of their times, the oldest overwritten by the newest.

    Every figure is written twice, half a buffer apart, so that any stretch of it is one block of memory and can be
    looked at without copying.
    """

    def __init__(self, columns: Sequence[str], capacity: int) -> None:
        """Take the memory for `capacity` rows: 16 bytes for the time and 8 for each column of a row.

        Raises:
            ValueError: if there is no room for a row.
        """
        if capacity < 1:
            raise ValueError("a ring needs room for one row")
        self.capacity = capacity
        self.columns = tuple(columns)
        self.length = 0
        self._next = 0
        self._times = array("d", bytes(16 * capacity))
        self._data = {name: array("f", bytes(8 * capacity)) for name in self.columns}

    def append(self, time: float, row: Mapping[str, float]) -> None:
        """Add one row; columns that are not in it become NaN."""
        place, again = self._next, self._next + self.capacity
        self._times[place] = self._times[again] = time
        for name, data in self._data.items():
            data[place] = data[again] = row.get(name, _NAN)
        self._next = (place + 1) % self.capacity
        self.length = min(self.length + 1, self.capacity)

    @property
    def last_time(self) -> float | None:
        """Time of the newest row, or None."""
        return self._times[self._next - 1 + self.capacity] if self.length else None

    def times(self) -> memoryview:
        """All times, oldest first (C doubles). Valid until the next `append`."""
        return memoryview(self._times)[self._start : self._start + self.length]

    def column(self, name: str) -> memoryview:
        """All figures of one column, oldest first (C floats). Valid until the next `append`."""
        return memoryview(self._data[name])[self._start : self._start + self.length]

    def first_since(self, time: float) -> int:
        """Place in `times` of the first row that is not older than `time`."""
        times, low, high = self.times(), 0, self.length
        while low < high:
            middle = (low + high) // 2
            if times[middle] < time:
                low = middle + 1
            else:
                high = middle
        return low

    @property
    def _start(self) -> int:
        return self._next + self.capacity - self.length


@dataclass(slots=True)
class _Bucket:
    """Figures of one stretch of time that is not over yet."""

    start: float
    count: dict[str, int] = field(default_factory=dict)
    total: dict[str, float] = field(default_factory=dict)
    least: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)

    def add(self, row: Mapping[str, float]) -> None:
        for name, value in row.items():
            if math.isnan(value):
                continue
            if name in self.count:
                self.count[name] += 1
                self.total[name] += value
                self.least[name] = min(self.least[name], value)
                self.most[name] = max(self.most[name], value)
            else:
                self.count[name] = 1
                self.total[name] = self.least[name] = self.most[name] = value

    def mean(self) -> dict[str, float]:
        return {name: total / self.count[name] for name, total in self.total.items()}


class SeriesTable:
    """The history of all metrics: the last hour in full, the last day thinned.

    Belongs to one thread.
    """

    def __init__(
        self,
        metrics: Sequence[str],
        *,
        full_seconds: float = 3600,
        interval: float = 0.5,
        thinned_seconds: float = 24 * 3600,
        bucket_seconds: float = 10,
    ) -> None:
        """Take all memory at once.

        Args:
            metrics: Names of the figures.
            full_seconds: Length of the full history.
            interval: Seconds between two samples.
            thinned_seconds: Length of the thinned history.
            bucket_seconds: Seconds that one thinned row stands for.
        """
        self.metrics = tuple(metrics)
        self.bucket_seconds = bucket_seconds
        self.full = Ring(self.metrics, math.ceil(full_seconds / interval))
        buckets = math.ceil(thinned_seconds / bucket_seconds)
        self.least = Ring(self.metrics, buckets)
        self.mean = Ring(self.metrics, buckets)
        self.most = Ring(self.metrics, buckets)
        self._bucket: _Bucket | None = None

    def append(self, time: float, row: Mapping[str, float]) -> None:
        """Add the figures of one moment. A moment that is not later than the last one is left out.

        The clock of the machine may be set back; time on a chart's axis must not run backwards.
        """
        last = self.full.last_time
        if last is not None and time <= last:
            return
        self.full.append(time, row)
        start = time - time % self.bucket_seconds
        if self._bucket is not None and self._bucket.start != start:
            self._close_bucket()
        if self._bucket is None:
            self._bucket = _Bucket(start)
        self._bucket.add(row)

    def append_gap(self, time: float) -> None:
        """Say that nothing is known from here on, such as while the program was not running."""
        self.append(time, {})

    def thinned(self, metric: str, since: float) -> Downsampled:
        """The thinned history of one metric, oldest first."""
        first = self.mean.first_since(since)
        return Downsampled(
            self.mean.times()[first:],
            self.least.column(metric)[first:],
            self.mean.column(metric)[first:],
            self.most.column(metric)[first:],
        )

    def add_thinned(
        self, time: float, least: Mapping[str, float], mean: Mapping[str, float], most: Mapping[str, float]
    ) -> None:
        """Add one thinned row that was kept from before. Rows out of order are left out."""
        last = self.mean.last_time
        if last is not None and time <= last:
            return
        self.least.append(time, least)
        self.mean.append(time, mean)
        self.most.append(time, most)

    def _close_bucket(self) -> None:
        bucket = self._bucket
        if bucket is not None:
            self.add_thinned(bucket.start, bucket.least, bucket.mean(), bucket.most)
        self._bucket = None
