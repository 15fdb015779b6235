"""Alerts in sentences of the user's language."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication, QDate

from widgets.parts.wording import duration, locale
from widgets.translation import spoken
from workers.core.alerts.rules import AlertLevel
from workers.core.alerts.states import Alert, AlertPhase


def _tr(text: str) -> str:
    return QCoreApplication.translate("alerts", text)


def rule_name(alert: Alert) -> str:
    """The name of what is watched."""
    return QCoreApplication.translate("settings", alert.rule.label)


def figure(alert: Alert, value: float | None) -> str:
    """A value with its rule's unit."""
    if value is None:
        return "–"
    decimals = 0 if abs(value) >= 10 or float(value).is_integer() else 1
    text = locale().toString(float(value), "f", decimals)
    unit = alert.rule.unit
    if unit == "%":
        return f"{text}%"
    return f"{text} {QCoreApplication.translate('settings', unit)}" if unit else text


def moment(time: float | None) -> str:
    """A time of the local day."""
    return "" if time is None else dt.datetime.fromtimestamp(time).strftime("%H:%M:%S")


def dated_moment(time: float, now: float) -> str:
    """A time of the local day, with the date when that is not today."""
    then, today = dt.datetime.fromtimestamp(time), dt.datetime.fromtimestamp(now)
    if then.date() == today.date():
        return then.strftime("%H:%M:%S")
    day = locale().toString(QDate(then.year, then.month, then.day), _tr("d MMM"))
    return f"{day} {then:%H:%M}"


def title(alert: Alert) -> str:
    """What, how much, which level, since when."""
    values = (rule_name(alert), figure(alert, alert.value), figure(alert, alert.threshold))
    if alert.phase is AlertPhase.SNOOZED:
        return _tr("Snoozed until {3}: {0} {1}, threshold {2}").format(*values, moment(alert.snoozed_until)[:5])
    return _tr("{0} {1}, threshold {2}, firing since {3}").format(*values, moment(alert.fired))


def explanation(alert: Alert) -> str:
    """Likely cause and what was done."""
    parts = []
    if alert.cause is not None:
        parts.append(_tr("Likely cause: {0}.").format(spoken(alert.cause.text)))
    if alert.done:
        parts.append(_tr("Done: {0}.").format(spoken(alert.done)))
    if alert.flapping:
        parts.append(_tr("It comes and goes, so its end is waited for longer."))
    if not parts:
        parts.append(_tr("Highest so far: {0}.").format(figure(alert, alert.most)))
    return " ".join(parts)


def short(alert: Alert) -> str:
    """A few words for the status bar."""
    return f"{rule_name(alert)} {figure(alert, alert.value)}"


def tone(alert: Alert) -> str:
    """The colour family."""
    return "danger" if alert.level is AlertLevel.CRITICAL else "warn"


def phase_word(phase: AlertPhase) -> str:
    """The phase as a word."""
    words = {
        AlertPhase.PENDING: _tr("Pending"),
        AlertPhase.FIRING: _tr("Firing"),
        AlertPhase.ACKNOWLEDGED: _tr("Acknowledged"),
        AlertPhase.SNOOZED: _tr("Snoozed"),
        AlertPhase.RESOLVED: _tr("Resolved"),
    }
    return words[phase]


def length(alert: Alert, now: float) -> str:
    """How long it has lasted."""
    return duration(max(0.0, (alert.ended or now) - (alert.fired or alert.since)))
