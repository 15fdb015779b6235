"""The alert engine: figures and people's wishes in, notices and wishes for the pool out.

Pure: no clock, no thread, no input or output. `AlertEngine.handle` is the only way in; what it gives back is carried
out by the shell. For every rule there is at most one alert at a time: each one that fires is told once as fired and
once as resolved, whatever happens between.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from workers.core.alerts.level_watch import LevelWatch
from workers.core.alerts.rules import AlertAction, AlertLevel, AlertRule
from workers.core.alerts.states import (
    Acknowledged,
    Alert,
    AlertEvent,
    AlertInstruction,
    AlertPhase,
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

_SWITCHED_OFF = "the rule was switched off"
_FIGURES_EVERY = 5.0
"""Seconds after which the figures in a reason are brought up to date: not with every sample."""


@dataclass(slots=True)
class _Entry:
    """A rule's watch and the alert it has raised."""

    watch: LevelWatch
    alert: Alert | None = None


class AlertEngine:
    """Decides what is an alert. See the module's description."""

    def __init__(self, rules: tuple[AlertRule, ...]) -> None:
        """Start with these rules and no alert."""
        self._entries = {rule.key: _Entry(LevelWatch(rule)) for rule in rules if rule.enabled}
        self._wish = PoolWish()
        self._said: dict[str, tuple[AlertLevel, float, str]] = {}
        self._wall = 0.0
        self._number = 0

    @property
    def wish(self) -> PoolWish:
        """What the pool is wished to do now."""
        return self._wish

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """All pending and open alerts: critical ones first, then the oldest first."""
        found = [entry.alert for entry in self._entries.values() if entry.alert is not None]
        return tuple(sorted(found, key=lambda a: (not a.open, -a.level.rank, a.fired or a.since)))

    def handle(self, event: AlertEvent) -> list[AlertInstruction]:
        """Take one event; answer with what is to be done, in this order."""
        told: list[AlertInstruction]
        match event:
            case Observed():
                self._wall = event.wall
                told = [tell for entry in self._entries.values() for tell in self._observe(entry, event)]
            case Acknowledged(alert_id):
                told = self._change(alert_id, AlertPhase.ACKNOWLEDGED, None)
            case Snoozed(alert_id, until):
                told = self._change(alert_id, AlertPhase.SNOOZED, until)
            case SnoozeEnded(alert_id):
                told = self._change(alert_id, AlertPhase.FIRING, None)
            case RulesChanged():
                told = self._change_rules(event)
            case Restored():
                told = self._restore(event)
        return told + self._steer()

    def _observe(self, entry: _Entry, event: Observed) -> list[AlertInstruction]:
        told: list[AlertInstruction] = []
        watch, before = entry.watch, entry.watch.held
        value = event.values.get(watch.rule.metric)
        if value is not None:
            watch.observe(event.clock, value)
            entry.alert = self._updated(entry, event, value)
            told += self._moved(entry, before, event)
        alert = entry.alert
        if alert is not None and alert.phase is AlertPhase.SNOOZED and event.wall >= (alert.snoozed_until or 0):
            entry.alert = replace(alert, phase=AlertPhase.FIRING, snoozed_until=None)
            told.append(Tell(Notice.STILL, entry.alert))
        return told

    def _updated(self, entry: _Entry, event: Observed, value: float) -> Alert | None:
        """The alert with the new value in it; a new pending one where the value has gone beyond a level."""
        watch, alert = entry.watch, entry.alert
        if alert is None and (watch.pending or watch.held):
            alert = self._begin(watch, event, value)
        if alert is None or (not alert.open and not watch.pending and not watch.held):
            return None
        count = alert.count + 1
        return replace(
            alert,
            value=value,
            count=count,
            least=min(alert.least, value),
            most=max(alert.most, value),
            mean=alert.mean + (value - alert.mean) / count,
            cause=event.causes.get(watch.rule.metric, alert.cause),
        )

    def _begin(self, watch: LevelWatch, event: Observed, value: float) -> Alert:
        self._number += 1
        level = watch.held or watch.pending or AlertLevel.WARNING
        return Alert(
            alert_id=f"{watch.rule.key}-{int(event.wall)}-{self._number}",
            rule=watch.rule,
            phase=AlertPhase.PENDING,
            level=level,
            worst=level,
            value=value,
            since=event.wall - (event.clock - (watch.beyond_since or event.clock)),
            least=value,
            most=value,
        )

    def _moved(self, entry: _Entry, before: AlertLevel | None, event: Observed) -> list[AlertInstruction]:
        alert, held = entry.alert, entry.watch.held
        if alert is None:
            return []
        if held is before:
            if not alert.open:
                entry.alert = replace(alert, level=entry.watch.pending or alert.level)
            return []
        if held is None:
            ended = replace(alert, phase=AlertPhase.RESOLVED, ended=event.wall, snoozed_until=None)
            # The value may lie between the clear level and a level: then nothing is pending either.
            entry.alert = None
            return [Tell(Notice.RESOLVED, ended)]
        worst = held if held.rank > alert.worst.rank else alert.worst
        done = self._done(alert.rule, held)
        if before is None:
            entry.alert = replace(
                alert,
                phase=AlertPhase.FIRING,
                level=held,
                worst=held,
                fired=event.wall,
                done=done,
                flapping=entry.watch.flapping,
            )
            return [Tell(Notice.FIRED, entry.alert)]
        rising = held.rank > before.rank
        # Worse than what was acknowledged or put to sleep is news.
        phase = AlertPhase.FIRING if rising else alert.phase
        snoozed = None if rising else alert.snoozed_until
        entry.alert = replace(alert, phase=phase, level=held, worst=worst, done=done, snoozed_until=snoozed)
        return [Tell(Notice.WORSE if rising else Notice.BETTER, entry.alert)]

    def _done(self, rule: AlertRule, level: AlertLevel) -> str:
        if rule.action is AlertAction.NONE or level.rank < rule.action_level.rank:
            return ""
        if rule.action is AlertAction.HOLD:
            return "new jobs wait until it is over"
        return f"only {_workers_left(rule)} until it is over"

    def _change(self, alert_id: str, phase: AlertPhase, until: float | None) -> list[AlertInstruction]:
        for entry in self._entries.values():
            if entry.alert is not None and entry.alert.alert_id == alert_id and entry.alert.open:
                entry.alert = replace(entry.alert, phase=phase, snoozed_until=until)
        return []

    def _change_rules(self, event: RulesChanged) -> list[AlertInstruction]:
        told: list[AlertInstruction] = []
        wanted = {rule.key: rule for rule in event.rules if rule.enabled}
        for key in [key for key in self._entries if key not in wanted]:
            alert = self._entries.pop(key).alert
            if alert is not None and alert.open:
                ended = replace(alert, phase=AlertPhase.RESOLVED, ended=event.wall, end_reason=_SWITCHED_OFF)
                told.append(Tell(Notice.RESOLVED, ended))
        entries = {}
        for key, rule in wanted.items():
            entry = self._entries.get(key) or _Entry(LevelWatch(rule))
            entry.watch.rule = rule
            if entry.alert is not None:
                done = self._done(rule, entry.alert.level) if entry.alert.open else ""
                entry.alert = replace(entry.alert, rule=rule, done=done)
            entries[key] = entry
        self._entries = entries
        return told

    def _restore(self, event: Restored) -> list[AlertInstruction]:
        """Let alerts go on that were told as fired already; those of rules that are gone are told as over."""
        told: list[AlertInstruction] = []
        for alert in event.alerts:
            entry = self._entries.get(alert.rule.key)
            if not alert.open or (entry is not None and entry.alert is not None and entry.alert.open):
                continue
            if entry is None or entry.watch.rule.threshold(alert.level) is None:
                ended = replace(alert, phase=AlertPhase.RESOLVED, ended=event.wall, end_reason=_SWITCHED_OFF)
                told.append(Tell(Notice.RESOLVED, ended))
                continue
            rule = entry.watch.rule
            entry.watch.resume(alert.level)
            entry.alert = replace(alert, rule=rule, done=self._done(rule, alert.level))
        return told

    def _steer(self) -> list[AlertInstruction]:
        wish = self._wished()
        if wish == self._wish:
            return []
        self._wish = wish
        return [Steer(wish)]

    def _wished(self) -> PoolWish:
        hold, shrink, shrink_reason = "", None, ""
        for alert in self.alerts:
            rule = alert.rule
            if not alert.open or alert.level.rank < rule.action_level.rank:
                continue
            reason = self._reason(alert)
            if rule.action is AlertAction.HOLD:
                hold = hold or reason
            elif rule.action is AlertAction.SHRINK and (shrink is None or rule.shrink_to < shrink):
                shrink, shrink_reason = rule.shrink_to, f"{reason}; only {_workers_left(rule)}"
        self._said = {a.alert_id: self._said[a.alert_id] for a in self.alerts if a.alert_id in self._said}
        return PoolWish(hold, shrink, shrink_reason)

    def _reason(self, alert: Alert) -> str:
        """Why the pool is held or slowed, with figures that are brought up to date now and then only."""
        level, wall, text = self._said.get(alert.alert_id, (None, 0.0, ""))
        if level is not alert.level or self._wall - wall >= _FIGURES_EVERY:
            text = why(alert)
            self._said[alert.alert_id] = alert.level, self._wall, text
        return text


def why(alert: Alert) -> str:
    """The alert as a reason: what it is, its value, the level's value, since when (local time)."""
    since = dt.datetime.fromtimestamp(alert.fired or alert.since).strftime("%H:%M")
    percent = "%" if alert.rule.unit == "%" else ""
    value, level = _figure(alert.value) + percent, _figure(alert.threshold or 0.0) + percent
    return f"{alert.rule.label}: {value}, {alert.level.value} from {level} on, since {since}"


def _figure(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 or float(value).is_integer() else f"{value:.1f}"


def _workers_left(rule: AlertRule) -> str:
    return "1 worker goes on" if rule.shrink_to == 1 else f"{rule.shrink_to} workers go on"
