"""Ring buffers: order, bounds, thinning, gaps, and what comes back after a restart."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.metrics.series import Ring, SeriesTable
from workers.core.metrics.series_codec import decode_series, encode_series


def table() -> SeriesTable:
    return SeriesTable(("cpu", "memory"), full_seconds=10, interval=0.5, thinned_seconds=100, bucket_seconds=10)


@given(st.integers(1, 12), st.lists(st.floats(0, 1e6, width=32), max_size=50))
def test_a_ring_keeps_the_newest_in_order(capacity: int, values: list[float]) -> None:
    ring = Ring(("a",), capacity)
    for place, value in enumerate(values):
        ring.append(float(place), {"a": value})
    assert list(ring.column("a")) == values[-capacity:]
    assert list(ring.times()) == [float(p) for p in range(len(values))][-capacity:]
    assert ring.last_time == (float(len(values) - 1) if values else None)


def test_what_is_missing_is_a_gap() -> None:
    ring = Ring(("a", "b"), 3)
    ring.append(1, {"a": 5})
    assert math.isnan(ring.column("b")[0])


def test_first_since_finds_the_place_of_a_time() -> None:
    ring = Ring((), 5)
    for time in range(8):
        ring.append(float(time), {})
    assert [ring.first_since(t) for t in (0, 3, 3.5, 7, 9)] == [0, 0, 1, 4, 5]


def test_thinning_keeps_least_mean_and_most_of_each_stretch() -> None:
    series = table()
    for second in range(25):
        series.append(float(second), {"cpu": float(second)} if second != 5 else {})
    thinned = series.thinned("cpu", 0)
    assert list(thinned.times) == [0, 10]
    assert list(thinned.least) == [0, 10]
    assert list(thinned.most) == [9, 19]
    assert thinned.mean[0] == pytest.approx(40 / 9)
    assert all(math.isnan(v) for v in series.thinned("memory", 0).mean)


def test_time_never_runs_backwards() -> None:
    series = table()
    for time in (5.0, 4.0, 5.0, 6.0):
        series.append(time, {})
    assert list(series.full.times()) == [5, 6]


def test_memory_is_flat_over_a_simulated_day() -> None:
    series = SeriesTable(("cpu",), full_seconds=3600, interval=0.5)
    for beat in range(2 * 90_000):
        series.append(beat / 2, {"cpu": beat % 100})
    assert len(series.full.times()) == 7200
    assert len(series.mean.times()) == 8640
    assert len(series.full._times) == 2 * 7200, "the buffer is what it was in the beginning"


def test_the_history_comes_back_after_a_restart() -> None:
    before, after = table(), table()
    for second in range(40):
        before.append(float(second), {"cpu": second * 1.5})
    assert decode_series(encode_series(before), after, since=25) == 15
    assert list(after.full.times()) == [float(s) for s in range(25, 40)]
    assert list(after.full.column("cpu")) == [s * 1.5 for s in range(25, 40)]
    assert all(math.isnan(v) for v in after.full.column("memory"))
    assert list(after.mean.times()) == []
    assert decode_series(encode_series(before), table(), since=0) == 20
    whole = table()
    decode_series(encode_series(before), whole, since=0)
    assert list(whole.mean.column("cpu")) == list(before.mean.column("cpu"))


def test_metrics_may_come_and_go_between_versions() -> None:
    before = SeriesTable(("old", "cpu"), full_seconds=10)
    before.append(1, {"old": 1, "cpu": 2})
    after = SeriesTable(("cpu", "new"), full_seconds=10)
    assert decode_series(encode_series(before), after, since=0) == 1
    assert list(after.full.column("cpu")) == [2]
    assert math.isnan(after.full.column("new")[0])


def test_damaged_bytes_are_refused_and_leave_the_table_empty() -> None:
    before = table()
    before.append(1, {"cpu": 2})
    whole = encode_series(before)
    for bad in (b"", b"nonsense", whole[:20], whole[:-3], whole[:-1] + b"x", whole.replace(b"bucket", b"bocket")):
        after = table()
        with pytest.raises(ValueError, match=r"histor"):
            decode_series(bad, after, since=0)
        assert after.full.length == 0
