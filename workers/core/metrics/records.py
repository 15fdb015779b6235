"""What the monitor remembers across restarts: alerts, how long jobs took, what happened when. No storage here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workers.core.alerts.states import Alert, AlertPhase

DAY = 86_400.0
RESUMED_FOR = 3 * DAY
"""An alert that was open when the program ended goes on if the program is back before this: after a weekend."""


@dataclass(frozen=True, slots=True)
class KeptAlert:
    """An alert as it was last seen.

    Attributes:
        seen: Unix time.
    """

    alert: Alert
    seen: float


@dataclass(frozen=True, slots=True)
class JobTime:
    """How long a job took that ended well.

    Attributes:
        key: What it was about.
        seconds: Its duration.
        ended: Unix time.
    """

    key: str
    seconds: float
    ended: float


@dataclass(frozen=True, slots=True)
class KeptMark:
    """Something that happened.

    Attributes:
        time: Unix time.
        kind: A value of `widgets.monitor.charts.marks.MarkKind`.
        text: One line for people, in the language that it was said in.
        job_id: The job it leads to, or empty.
    """

    time: float
    kind: str
    text: str
    job_id: str = ""


@dataclass(frozen=True, slots=True)
class MonitorRecords:
    """All of it, or a part that is to be added. Alerts: newest first when read; times and marks: oldest first."""

    alerts: tuple[KeptAlert, ...] = ()
    times: tuple[JobTime, ...] = ()
    marks: tuple[KeptMark, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.alerts or self.times or self.marks)


def resume(kept: tuple[KeptAlert, ...], now: float) -> tuple[tuple[Alert, ...], tuple[Alert, ...]]:
    """Sort kept alerts into those that go on and those that are over, each in the order given.

    An open one goes on, acknowledged or snoozed as it was: whether its value has come back meanwhile is for the next
    sample to say. A rule has one alert at a time, the one seen last. After a long time nobody can tell whether it is
    the same alert: then it ended when last seen.
    """
    going: list[Alert] = []
    over: list[Alert] = []
    rules: set[str] = set()
    for record in kept:
        alert = record.alert
        if alert.open and now - record.seen <= RESUMED_FOR and alert.rule.key not in rules:
            going.append(alert)
            rules.add(alert.rule.key)
        elif alert.open:
            reason = "Sheetferry was closed"
            over.append(replace(alert, phase=AlertPhase.RESOLVED, ended=record.seen, end_reason=reason))
        else:
            over.append(alert)
    return tuple(going), tuple(over)
