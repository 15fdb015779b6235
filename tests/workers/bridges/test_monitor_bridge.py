"""Samples cross to the UI thread in order, together after a stall; lateness is measured, not guessed."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from workers.bridges.lag_meter import LagMeter
from workers.bridges.monitor_bridge import MonitorBridge
from workers.core.metrics.samples import Sample


def say_fifty(bridge: MonitorBridge) -> None:
    for number in range(50):
        bridge.heard(Sample(float(number), float(number)))


def test_samples_come_together_after_a_stall_and_the_oldest_are_left_out(qtbot: QtBot) -> None:
    bridge = MonitorBridge()
    with qtbot.waitSignal(bridge.sampled) as told:
        thread = threading.Thread(target=say_fifty, args=(bridge,))
        thread.start()
        thread.join()
    (samples,) = told.args
    assert [s.time for s in samples] == [float(n) for n in range(30, 50)]
    with qtbot.waitSignal(bridge.sampled) as again:
        bridge.heard(Sample(99, 99))
    assert [s.time for s in again.args[0]] == [99]


def test_lateness_is_what_a_beat_comes_later_than_it_should(qtbot: QtBot) -> None:
    now = [0.0]
    meter = LagMeter(window=100, clock=lambda: now[0])
    assert meter.figures() is None
    meter.record()
    for late in [0.0] * 98 + [0.020, 0.100]:
        meter.beat()
        now[0] += 0.005 + late
    meter.beat()
    figures = meter.figures()
    assert figures is not None
    assert figures.maximum == pytest.approx(100)
    assert figures.p50 == pytest.approx(0, abs=1e-6)
    assert figures.p99 == pytest.approx(100)
    assert len(meter.recorded()) == 100


def test_a_running_meter_measures_this_loop(qtbot: QtBot) -> None:
    meter = LagMeter()
    meter.start()
    qtbot.waitUntil(lambda: meter.figures() is not None)
    meter.stop()
