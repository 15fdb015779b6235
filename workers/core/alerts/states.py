"""What is said about an alert, and what goes into and comes out of the alert engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from workers.core.alerts.rules import AlertLevel, AlertRule


class AlertPhase(StrEnum):
    """Where an alert is."""

    PENDING = "pending"
    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Cause:
    """What probably lies behind a value.

    Attributes:
        text: One clause for people, such as ``worker W4 reading budget.xlsb (3.9 GB)``.
        job_id: The job to go to, or None.
    """

    text: str
    job_id: str | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as it stands.

    Attributes:
        alert_id: Unique name.
        rule: The rule it belongs to, as it was in force.
        phase: Pending, firing, acknowledged, snoozed or resolved.
        level: Warning or critical, the present one.
        worst: The highest level it has had.
        value: The last value seen.
        since: Unix time when the value went beyond the level.
        fired: Unix time when it began to fire; None while pending.
        ended: Unix time when it was resolved.
        snoozed_until: Unix time; None when it is not snoozed.
        least: Least value since it began.
        mean: Mean value since it began.
        most: Highest value since it began.
        count: Values seen since it began.
        cause: The likely cause, or None.
        done: What the program did about it; empty for nothing.
        flapping: Whether it comes and goes so often that its end is waited for longer.
        end_reason: Why it ended, when not by the value: the rule was switched off.
    """

    alert_id: str
    rule: AlertRule
    phase: AlertPhase
    level: AlertLevel
    worst: AlertLevel
    value: float
    since: float
    fired: float | None = None
    ended: float | None = None
    snoozed_until: float | None = None
    least: float = 0.0
    mean: float = 0.0
    most: float = 0.0
    count: int = 0
    cause: Cause | None = None
    done: str = ""
    flapping: bool = False
    end_reason: str = ""

    @property
    def threshold(self) -> float | None:
        """The level's value."""
        return self.rule.threshold(self.level)

    @property
    def open(self) -> bool:
        """Whether it has fired and has not ended."""
        return self.phase in {AlertPhase.FIRING, AlertPhase.ACKNOWLEDGED, AlertPhase.SNOOZED}


@dataclass(frozen=True, slots=True)
class PoolWish:
    """What the open alerts want of the pool, all together.

    Attributes:
        hold_reason: Why no new job may start; empty when jobs may start.
        shrink_to: At most so many workers; None for no limit.
        shrink_reason: What that means and why.
    """

    hold_reason: str = ""
    shrink_to: int | None = None
    shrink_reason: str = ""


# -- events


@dataclass(frozen=True, slots=True)
class Observed:
    """One sample's figures. A metric that is missing in `values` is a gap.

    Attributes:
        clock: Monotonic seconds.
        wall: Unix time, for people.
        causes: Likely causes by metric.
    """

    clock: float
    wall: float
    values: Mapping[str, float]
    causes: Mapping[str, Cause]


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A person has seen it: no more banner for it until it is over."""

    alert_id: str


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A person wants to hear of it again at `until` (Unix time), if it still fires then."""

    alert_id: str
    until: float


@dataclass(frozen=True, slots=True)
class SnoozeEnded:
    """A person ends the snooze before its time."""

    alert_id: str


@dataclass(frozen=True, slots=True)
class RulesChanged:
    """The settings have changed."""

    rules: tuple[AlertRule, ...]
    wall: float


@dataclass(frozen=True, slots=True)
class Restored:
    """Alerts that were open when the program ended, to be handled before the first `Observed`.

    Attributes:
        wall: Unix time.
    """

    alerts: tuple[Alert, ...]
    wall: float


AlertEvent: TypeAlias = Observed | Acknowledged | Snoozed | SnoozeEnded | RulesChanged | Restored


# -- instructions


class Notice(StrEnum):
    """Why people are told about an alert."""

    FIRED = "fired"
    WORSE = "worse"
    BETTER = "better"
    STILL = "still"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell people: banner, tray, log, webhook, mail."""

    notice: Notice
    alert: Alert


@dataclass(frozen=True, slots=True)
class Steer:
    """Make the pool do what is wished; it replaces the wish before."""

    wish: PoolWish


AlertInstruction: TypeAlias = Tell | Steer
