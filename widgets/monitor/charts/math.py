"""The arithmetic of charts on numpy arrays: thinning to the pixels, steps, stacks, ticks."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]


def bucket_starts(times: Floats, width: float) -> NDArray[np.intp]:
    """Places where a new bucket of `width` seconds begins. Buckets lie on a fixed grid, so that nothing shimmers."""
    if not len(times):
        return np.zeros(0, dtype=np.intp)
    numbers = np.floor(times / width)
    return np.concatenate(([0], np.flatnonzero(np.diff(numbers)) + 1)).astype(np.intp)


def gap_places(times: Floats, limit: float) -> NDArray[np.intp]:
    """Places before which more than `limit` seconds have no figures: the program was closed or the machine asleep."""
    return (np.flatnonzero(np.diff(times) > limit) + 1).astype(np.intp)


def fill_gaps(values: Floats, places: NDArray[np.intp], fill: Floats | float) -> Floats:
    """Put `fill` before each of the places, so that no line is drawn across."""
    return np.insert(values, places, fill) if len(places) else values


def thin_peaks(times: Floats, low: Floats, high: Floats, starts: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Least and most of each bucket as two points, so that no peak is lost; a bucket without a figure is a gap.

    Args:
        times: Seconds, rising.
        low: Least figure at each time; the same as `high` where there is one figure only.
        high: Highest figure at each time.
        starts: Where buckets begin.
    """
    if not len(starts):
        return times[:0], high[:0]
    least = np.fmin.reduceat(low, starts)
    most = np.fmax.reduceat(high, starts)
    at = times[starts]
    if np.array_equal(least, most, equal_nan=True):
        return at, least
    # The order of the two within a bucket follows the values, else a falling line would look like a saw.
    first = high[starts]
    rising = ~(first > (least + most) / 2)
    return np.repeat(at, 2), np.stack((np.where(rising, least, most), np.where(rising, most, least)), axis=1).ravel()


def thin_last(values: Floats, starts: NDArray[np.intp]) -> Floats:
    """The last known figure of each bucket: for counts and stacks, whose parts must belong together."""
    if not len(starts):
        return values[:0]
    found: Floats = values[np.append(starts[1:], len(values)) - 1]
    return found


def steps(times: Floats, values: Floats, end: float) -> tuple[Floats, Floats]:
    """Points of a line that holds each value until the next one; the last one until `end`."""
    if not len(times):
        return times, values
    edges = np.append(times, max(end, times[-1]))
    return np.repeat(edges, 2)[1:-1], np.repeat(values, 2)


def runs(finite: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches without a gap, as half-open ranges."""
    padded = np.concatenate(([False], finite, [False])).astype(np.int8)
    edges = np.diff(padded)
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def nice_ticks(top: float, *, whole: bool = False) -> list[float]:
    """Three or four ticks from 0 up to at most `top`, at round figures."""
    if not math.isfinite(top) or top <= 0:
        return [0.0]
    rough = top / 3
    magnitude = 10.0 ** math.floor(math.log10(rough))
    factor = next(f for f in (1, 2, 2.5, 5, 10) if f * magnitude >= rough * 0.8)
    step = factor * magnitude
    if whole:
        step = max(1.0, float(math.ceil(step)))
    return [number * step for number in range(int(top / step + 1e-9) + 1)]


def time_step(span: float) -> float:
    """Seconds between two ticks of the time axis, for a span in seconds."""
    steps_by_span = ((60, 15), (300, 60), (900, 180), (3600, 600), (6 * 3600, 3600), (24 * 3600, 3 * 3600))
    return next((step for limit, step in steps_by_span if span <= limit), 24 * 3600)
