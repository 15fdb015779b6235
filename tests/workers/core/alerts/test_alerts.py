"""The alert engine, with the time in the tests' hands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.core.alerts.engine import AlertEngine
from workers.core.alerts.rules import AlertAction, AlertLevel, AlertRule
from workers.core.alerts.states import (
    Acknowledged,
    Alert,
    AlertInstruction,
    AlertPhase,
    Cause,
    Notice,
    Observed,
    PoolWish,
    Restored,
    RulesChanged,
    Snoozed,
    SnoozeEnded,
    Steer,
    Tell,
)
from workers.core.alerts.what_if import count_firings

MEMORY = AlertRule(
    key="memory",
    metric="memory_percent",
    label="Memory",
    unit="%",
    warning=85,
    critical=90,
    hold_for=5,
    margin=3,
    clear_for=4,
    action=AlertAction.HOLD,
)
WALL = 1_700_000_000.0


class Bench:
    """An engine and a clock."""

    def __init__(self, *rules: AlertRule) -> None:
        self.engine = AlertEngine(rules or (MEMORY,))
        self.clock = 0.0
        self.told: list[tuple[Notice, Alert]] = []
        self.wishes: list[PoolWish] = []

    def take(self, instructions: list[AlertInstruction]) -> list[Notice]:
        notices = []
        for instruction in instructions:
            if isinstance(instruction, Tell):
                self.told.append((instruction.notice, instruction.alert))
                notices.append(instruction.notice)
            elif isinstance(instruction, Steer):
                self.wishes.append(instruction.wish)
        return notices

    def see(
        self, value: float | None, *, seconds: float = 1.0, metric: str = "memory_percent", **causes: Cause
    ) -> list[Notice]:
        self.clock += seconds
        values = {} if value is None else {metric: value}
        return self.take(self.engine.handle(Observed(self.clock, WALL + self.clock, values, causes)))

    def see_all(self, value: float | None, count: int) -> list[Notice]:
        return [notice for _ in range(count) for notice in self.see(value)]

    @property
    def alert(self) -> Alert:
        (alert,) = self.engine.alerts
        return alert

    def phase(self) -> AlertPhase:
        return self.alert.phase


def test_an_alert_is_pending_until_its_duration_is_over_and_then_fires_once() -> None:
    bench = Bench()
    assert bench.see_all(86, 5) == []
    assert bench.phase() is AlertPhase.PENDING
    assert bench.see(86) == [Notice.FIRED]
    assert bench.see_all(87, 20) == []
    alert = bench.alert
    assert (alert.phase, alert.level, alert.value, alert.since) == (AlertPhase.FIRING, AlertLevel.WARNING, 87, WALL + 1)
    assert alert.fired == WALL + 6


def test_a_short_peak_says_nothing() -> None:
    bench = Bench()
    assert bench.see_all(99, 5) + bench.see_all(84, 1) + bench.see_all(99, 5) == []
    assert bench.see(80) == []
    assert bench.engine.alerts == ()


def test_it_clears_only_behind_the_clear_level_and_after_its_duration() -> None:
    bench = Bench()
    bench.see_all(86, 6)
    assert bench.see_all(83, 50) == [], "between clear level and warning it goes on"
    assert bench.see_all(82, 50) == [], "the clear level itself is not behind it"
    assert bench.see_all(81, 4) == []
    assert bench.see(81) == [Notice.RESOLVED]
    ended = bench.told[-1][1]
    assert (ended.phase, ended.ended, ended.most, ended.least) == (AlertPhase.RESOLVED, WALL + bench.clock, 86, 81)
    assert ended.count == 111
    assert 82 < ended.mean < 83
    assert bench.engine.alerts == ()


def test_a_rise_to_critical_and_back_are_told_and_the_worst_is_kept() -> None:
    bench = Bench()
    assert bench.see_all(86, 6) == [Notice.FIRED]
    assert bench.see_all(95, 6) == [Notice.WORSE]
    assert bench.alert.level is AlertLevel.CRITICAL
    assert bench.see_all(88, 10) == [], "88 is not 3 below 90"
    assert bench.see_all(86, 5) == [Notice.BETTER]
    assert (bench.alert.level, bench.alert.worst) == (AlertLevel.WARNING, AlertLevel.CRITICAL)
    assert bench.see_all(50, 5) == [Notice.RESOLVED]


def test_a_jump_to_critical_fires_at_once_as_critical_and_ends_in_one_step() -> None:
    bench = Bench()
    assert bench.see_all(97, 6) == [Notice.FIRED]
    assert bench.alert.level is AlertLevel.CRITICAL
    assert bench.see_all(10, 5) == [Notice.RESOLVED]


def test_a_gap_never_clears_an_alert_and_its_time_does_not_count_towards_the_end() -> None:
    bench = Bench()
    bench.see_all(86, 6)
    assert bench.see_all(None, 5000) == []
    assert bench.phase() is AlertPhase.FIRING
    assert bench.see_all(70, 4) == [], "the time begins after the gap"
    assert bench.see(70) == [Notice.RESOLVED]
    bench = Bench()
    bench.see_all(86, 6)
    bench.see_all(70, 3)
    assert bench.see(70, seconds=100) == []
    assert bench.see_all(70, 4) == [Notice.RESOLVED]


def test_a_short_gap_keeps_a_pending_alert_and_a_long_one_begins_again() -> None:
    bench = Bench()
    bench.see_all(86, 3)
    bench.see_all(None, 10)
    assert bench.see(86) == [Notice.FIRED]
    bench = Bench()
    bench.see_all(86, 3)
    bench.see_all(None, 40)
    assert bench.see_all(86, 5) == []
    assert bench.see(86) == [Notice.FIRED]


def test_an_acknowledged_alert_is_quiet_until_it_gets_worse_and_is_resolved_all_the_same() -> None:
    bench = Bench()
    bench.see_all(86, 6)
    bench.take(bench.engine.handle(Acknowledged(bench.alert.alert_id)))
    assert bench.phase() is AlertPhase.ACKNOWLEDGED
    assert bench.see_all(95, 6) == [Notice.WORSE]
    assert bench.phase() is AlertPhase.FIRING
    bench.take(bench.engine.handle(Acknowledged(bench.alert.alert_id)))
    assert bench.see_all(10, 5) == [Notice.RESOLVED]


def test_a_snoozed_alert_comes_back_when_its_time_is_over_if_it_still_fires() -> None:
    bench = Bench()
    bench.see_all(86, 6)
    bench.engine.handle(Snoozed(bench.alert.alert_id, WALL + 60))
    assert bench.see_all(86, 53) == []
    assert bench.phase() is AlertPhase.SNOOZED
    assert bench.see(None) == [Notice.STILL], "the time ends in a gap as well"
    assert bench.phase() is AlertPhase.FIRING
    bench.engine.handle(Snoozed(bench.alert.alert_id, WALL + 1000))
    bench.engine.handle(SnoozeEnded(bench.alert.alert_id))
    assert bench.phase() is AlertPhase.FIRING
    bench.engine.handle(Snoozed(bench.alert.alert_id, WALL + 1000))
    assert bench.see_all(10, 5) == [Notice.RESOLVED], "an end is told although it sleeps"


def test_a_pending_alert_cannot_be_acknowledged_or_snoozed() -> None:
    bench = Bench()
    bench.see_all(86, 2)
    bench.engine.handle(Acknowledged(bench.alert.alert_id))
    bench.engine.handle(Snoozed(bench.alert.alert_id, WALL + 1000))
    assert bench.phase() is AlertPhase.PENDING


def test_what_comes_and_goes_often_is_held_longer() -> None:
    bench = Bench()
    for _ in range(2):
        assert bench.see_all(86, 6) == [Notice.FIRED]
        assert bench.see_all(70, 5) == [Notice.RESOLVED]
    assert bench.see_all(86, 6) == [Notice.FIRED]
    assert bench.alert.flapping
    assert bench.see_all(70, 59) == []
    assert bench.see_all(86, 20) == []
    assert bench.see_all(70, 61) == [Notice.RESOLVED]


def test_holding_the_pool_begins_with_the_critical_level_and_undoes_itself() -> None:
    bench = Bench()
    bench.see_all(86, 6)
    assert bench.wishes == []
    bench.see_all(95, 6)
    assert bench.alert.fired is not None
    since = dt.datetime.fromtimestamp(bench.alert.fired).strftime("%H:%M")
    assert bench.wishes == [PoolWish(hold_reason=f"Memory: 95%, critical from 90% on, since {since}")]
    assert bench.alert.done
    bench.engine.handle(Acknowledged(bench.alert.alert_id))
    bench.see_all(86, 5)
    assert bench.wishes[1:] == [PoolWish()]


def test_the_figures_of_a_reason_follow_the_value_but_not_with_every_sample() -> None:
    bench = Bench()
    for value in range(30):
        bench.see_all(91 + value / 4, 1)
    held = [wish.hold_reason for wish in bench.wishes]
    assert 3 <= len(held) <= 6, held
    assert [reason.split(",")[0] for reason in held] == sorted(reason.split(",")[0] for reason in held)


def test_the_strictest_shrink_wins_and_each_alert_takes_its_own_wish_along() -> None:
    locks = AlertRule(
        key="locks", metric="lock_waits", label="Lock waits", warning=1, clear_for=0, action=AlertAction.SHRINK,
        action_level=AlertLevel.WARNING, shrink_to=3,
    )  # fmt: skip
    server = replace(locks, key="server", metric="server_used_percent", label="Server", warning=80, shrink_to=1)
    engine = AlertEngine((locks, server))
    engine.handle(Observed(1, 1, {"lock_waits": 2, "server_used_percent": 90}, {}))
    assert engine.wish.shrink_to == 1
    engine.handle(Observed(2, 2, {"lock_waits": 2, "server_used_percent": 10}, {}))
    assert engine.wish.shrink_to == 3
    assert engine.wish.shrink_reason.startswith("Lock waits: 2, warning from 1 on, since ")
    assert engine.wish.shrink_reason.endswith("; only 3 workers go on")
    engine.handle(Observed(3, 3, {"lock_waits": 0, "server_used_percent": 10}, {}))
    assert engine.wish == PoolWish()


def test_switching_a_rule_off_ends_its_alert_and_its_hold() -> None:
    bench = Bench()
    bench.see_all(95, 6)
    off = bench.engine.handle(RulesChanged((replace(MEMORY, enabled=False),), WALL + 7))
    assert bench.take(off) == [Notice.RESOLVED]
    assert bench.told[-1][1].end_reason
    assert bench.engine.wish == PoolWish()
    on = bench.engine.handle(RulesChanged((MEMORY,), WALL + 8))
    assert on == []
    assert bench.see_all(95, 6) == [Notice.FIRED]


def test_a_raised_level_lets_a_firing_alert_end() -> None:
    bench = Bench()
    bench.see_all(86, 6)
    bench.engine.handle(RulesChanged((replace(MEMORY, warning=95, critical=None),), WALL))
    assert bench.see_all(86, 5) == [Notice.RESOLVED]


def test_too_little_can_be_watched_as_well() -> None:
    rule = AlertRule(
        key="space", metric="free", label="Free", above=False, warning=10, critical=5, margin=2, clear_for=1
    )
    bench = Bench(rule)
    assert bench.see(11, metric="free") == []
    assert bench.see(9, metric="free") == [Notice.FIRED]
    assert bench.see(4, metric="free") == [Notice.WORSE]
    assert bench.see(11, metric="free") == []
    assert bench.see(12.5, metric="free") == [Notice.BETTER]
    assert bench.see(12.5, metric="free") == [Notice.RESOLVED]


def test_the_alert_names_its_likely_cause() -> None:
    bench = Bench()
    cause = Cause("worker W4 reading budget.xlsb (3.9 GB)", "job-1")
    for _ in range(6):
        bench.see(95, memory_percent=cause)
    assert bench.alert.cause == cause
    bench.see(95)
    assert bench.alert.cause == cause


_values = st.one_of(st.none(), st.sampled_from([10.0, 80.0, 82.0, 83.0, 85.0, 86.0, 90.0, 95.0]))
_steps = st.lists(
    st.tuples(_values, st.sampled_from([0.5, 1.0, 2.0, 10.0, 40.0]), st.sampled_from("....ASEsR")),
    max_size=120,
)


@settings(max_examples=300, deadline=None)
@given(_steps)
def test_no_alert_is_lost_or_doubled_whatever_happens(steps: list[tuple[float | None, float, str]]) -> None:
    bench = Bench()
    open_ids: set[str] = set()
    seen: set[str] = set()
    beyond: float | None = None
    last_seen = 0.0
    for value, seconds, act in steps:
        before = len(bench.told)
        bench.see(value, seconds=seconds)
        if value is not None:
            long_gap = bench.clock - last_seen > 30
            last_seen = bench.clock
            beyond = None if value < 85 else bench.clock if beyond is None or long_gap else beyond
        _act(bench, act)
        for notice, alert in bench.told[before:]:
            if notice is Notice.FIRED:
                assert alert.alert_id not in seen, "told twice"
                assert not open_ids, "two alerts of one rule"
                open_ids.add(alert.alert_id)
                seen.add(alert.alert_id)
            else:
                assert alert.alert_id in open_ids, "told of an alert that is not open"
            if notice is Notice.RESOLVED:
                open_ids.remove(alert.alert_id)
        if beyond is not None and bench.clock - beyond >= 5 and value is not None and act != "R":
            assert open_ids, "lost"
        assert {a.alert_id for a in bench.engine.alerts if a.open} == open_ids
        critical = [a for a in bench.engine.alerts if a.open and a.level is AlertLevel.CRITICAL]
        assert bool(bench.engine.wish.hold_reason) == bool(critical)
    bench.see_all(10, 800)
    assert bench.engine.alerts == ()
    assert bench.engine.wish == PoolWish()
    fired = [a.alert_id for n, a in bench.told if n is Notice.FIRED]
    assert fired == [a.alert_id for n, a in bench.told if n is Notice.RESOLVED]


def _act(bench: Bench, act: str) -> None:
    for alert in bench.engine.alerts:
        match act:
            case "A":
                bench.take(bench.engine.handle(Acknowledged(alert.alert_id)))
            case "S":
                bench.take(bench.engine.handle(Snoozed(alert.alert_id, WALL + bench.clock + 20)))
            case "E":
                bench.take(bench.engine.handle(SnoozeEnded(alert.alert_id)))
            case "s":
                bench.take(bench.engine.handle(Snoozed(alert.alert_id, WALL - 5)))
            case "R":
                bench.take(bench.engine.handle(RulesChanged((MEMORY,), WALL + bench.clock)))
            case _:
                pass


def restarted(alert: Alert, *rules: AlertRule) -> tuple[Bench, list[Notice]]:
    """A new engine that was given what was open when the program ended."""
    bench = Bench(*rules)
    return bench, bench.take(bench.engine.handle(Restored((alert,), WALL + 100)))


def test_an_open_alert_goes_on_after_a_restart_and_is_told_once_as_over() -> None:
    before = Bench()
    before.see_all(95, 6)
    before.take(before.engine.handle(Acknowledged(before.alert.alert_id)))
    bench, told = restarted(before.alert)
    assert told == []
    assert bench.wishes[-1].hold_reason, "the pool is held again"
    assert bench.see_all(95, 20) == []
    assert (bench.phase(), bench.alert.alert_id) == (AlertPhase.ACKNOWLEDGED, before.alert.alert_id)
    assert bench.alert.fired == before.alert.fired
    assert bench.alert.count == before.alert.count + 20
    assert bench.see_all(50, 10) == [Notice.RESOLVED]
    assert bench.wishes[-1] == PoolWish()


def test_a_snooze_ends_at_its_time_also_after_a_restart() -> None:
    before = Bench()
    before.see_all(86, 6)
    before.take(before.engine.handle(Snoozed(before.alert.alert_id, WALL + 10)))
    bench, _ = restarted(before.alert)
    assert bench.see_all(86, 9) == []
    assert bench.see(86) == [Notice.STILL]


def test_what_is_over_at_the_restart_ends_without_firing_again() -> None:
    before = Bench()
    before.see_all(86, 6)
    bench, _ = restarted(before.alert)
    assert bench.see_all(40, 10) == [Notice.RESOLVED]
    assert bench.engine.alerts == ()


def test_an_alert_whose_rule_is_gone_at_the_restart_is_told_as_over() -> None:
    before = Bench()
    before.see_all(86, 6)
    bench, told = restarted(before.alert, replace(MEMORY, enabled=False))
    assert told == [Notice.RESOLVED]
    assert bench.told[-1][1].end_reason
    _, told = restarted(before.alert, replace(MEMORY, warning=None))
    assert told == [Notice.RESOLVED], "its level was switched off"


def test_the_what_if_count_agrees_with_the_engine() -> None:
    values = [86.0] * 8 + [70.0] * 6 + [95.0] * 3 + [70.0] * 6 + [86.0] * 9 + [float("nan")] * 40 + [86.0] * 3
    times = [float(second) for second in range(len(values))]
    rule = replace(MEMORY, critical=None)
    engine = AlertEngine((rule,))
    fired = 0
    for time, value in zip(times, values, strict=True):
        seen = {} if value != value else {"memory_percent": value}
        told = engine.handle(Observed(time, time, seen, {}))
        fired += sum(isinstance(t, Tell) and t.notice is Notice.FIRED for t in told)
    assert count_firings(rule, 85, times, values) == fired == 2
    assert count_firings(rule, 90, times, values) == 0
    assert count_firings(replace(rule, hold_for=2), 90, times, values) == 1


@pytest.mark.parametrize("value", [84.99, 85.0])
def test_the_level_itself_counts_as_reached(value: float) -> None:
    bench = Bench()
    assert bool(bench.see_all(value, 6)) is (value >= 85)
