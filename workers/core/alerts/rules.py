"""What an alert rule is, and the rules that the program comes with.

A rule watches one metric of a sample. Its levels, durations and action can be changed in the settings; what it watches
cannot. `settings.alert_levels` makes the settings of each rule from the templates here and the rules from the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from workers.core.model.profile import Profile


class AlertAction(StrEnum):
    """What the pool does while an alert fires; it undoes itself when the alert ends."""

    NONE = "none"
    HOLD = "hold"
    SHRINK = "shrink"


class AlertLevel(StrEnum):
    """How bad it is."""

    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Warning 1, critical 2; nothing counts as 0."""
        return 2 if self is AlertLevel.CRITICAL else 1


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule as it is in force.

    Attributes:
        key: Stable name, such as ``memory``.
        metric: Name of the metric in a sample's figures.
        label: What it watches, for people.
        unit: Unit of the levels.
        above: True when too much is bad, False when too little is.
        warning: Level of a warning, or None.
        critical: Level of a critical alert, or None.
        hold_for: Seconds that the value must stay beyond a level before the alert fires.
        margin: How far the value must come back behind a level before that level is left.
        clear_for: Seconds that it must stay back before the alert is resolved.
        action: What is done while it fires.
        action_level: From which level on.
        shrink_to: Workers left by a shrink.
        enabled: Whether the rule is watched at all.
    """

    key: str
    metric: str
    label: str
    unit: str = ""
    above: bool = True
    warning: float | None = None
    critical: float | None = None
    hold_for: float = 0.0
    margin: float = 0.0
    clear_for: float = 5.0
    action: AlertAction = AlertAction.NONE
    action_level: AlertLevel = AlertLevel.CRITICAL
    shrink_to: int = 1
    enabled: bool = True

    def threshold(self, level: AlertLevel) -> float | None:
        """The value at which a level begins."""
        return self.critical if level is AlertLevel.CRITICAL else self.warning


@dataclass(frozen=True, slots=True)
class RuleTemplate:
    """A rule before its levels are chosen: what can be set about it and the defaults of each profile.

    Attributes:
        key: As in `AlertRule`.
        help: What it tells, for the settings page.
        levels: Per profile: warning and critical level; 0 means "no such level".
        maximum: Largest level that makes sense.
        hold_for: Default seconds before it fires.
        margin: Default margin.
        actions: Whether an action on the pool can help.
    """

    key: str
    metric: str
    label: str
    unit: str
    help: str
    levels: Mapping[Profile, tuple[float, float]]
    maximum: float
    hold_for: float
    margin: float
    action: AlertAction = AlertAction.NONE
    action_level: AlertLevel = AlertLevel.CRITICAL
    actions: bool = True


def _levels(production: tuple[float, float], development: tuple[float, float]) -> Mapping[Profile, tuple[float, float]]:
    return MappingProxyType({"production": production, "development": development})


RULE_TEMPLATES: tuple[RuleTemplate, ...] = (
    RuleTemplate(
        key="cpu",
        metric="cpu_percent",
        label="CPU",
        unit="%",
        help="Load of the whole machine, all cores together.",
        levels=_levels((80, 90), (90, 97)),
        maximum=100,
        hold_for=60,
        margin=5,
    ),
    RuleTemplate(
        key="memory",
        metric="memory_percent",
        label="Memory",
        unit="%",
        help="Memory in use, of the machine or of the limit of the container it runs in, whichever is nearer.",
        levels=_levels((85, 90), (90, 95)),
        maximum=100,
        hold_for=5,
        margin=3,
        action=AlertAction.HOLD,
    ),
    RuleTemplate(
        key="disk",
        metric="disk_percent",
        label="Disk",
        unit="%",
        help="Space in use on the disk that holds Sheetferry's folder and the built-in server.",
        levels=_levels((80, 90), (90, 95)),
        maximum=100,
        hold_for=30,
        margin=1,
    ),
    RuleTemplate(
        key="pool_connections",
        metric="pool_used_percent",
        label="Our connections",
        unit="%",
        help="Connections that we hold, workers included, of pool size plus overflow.",
        levels=_levels((80, 95), (80, 95)),
        maximum=100,
        hold_for=10,
        margin=10,
    ),
    RuleTemplate(
        key="server_connections",
        metric="server_used_percent",
        label="Server connections",
        unit="%",
        help="Sessions of everybody on the database server, of its max_connections.",
        levels=_levels((80, 95), (80, 95)),
        maximum=100,
        hold_for=10,
        margin=5,
        action=AlertAction.SHRINK,
    ),
    RuleTemplate(
        key="lock_waits",
        metric="lock_waits",
        label="Lock waits",
        unit="sessions",
        help="Sessions on the target that wait for a lock. Fewer workers give the others room.",
        levels=_levels((1, 5), (1, 5)),
        maximum=10_000,
        hold_for=15,
        margin=0,
        action=AlertAction.SHRINK,
        action_level=AlertLevel.WARNING,
    ),
    RuleTemplate(
        key="long_transaction",
        metric="longest_transaction",
        label="Longest transaction",
        unit="seconds",
        help="Age of the oldest open transaction on the server, anybody's.",
        levels=_levels((900, 3600), (1800, 7200)),
        maximum=10_000_000,
        hold_for=0,
        margin=0,
        actions=False,
    ),
    RuleTemplate(
        key="queue",
        metric="waiting",
        label="Waiting jobs",
        unit="jobs",
        help="Jobs that wait for a worker.",
        levels=_levels((50, 0), (200, 0)),
        maximum=1_000_000,
        hold_for=300,
        margin=5,
        actions=False,
    ),
    RuleTemplate(
        key="query_queue",
        metric="queries_waiting",
        label="Waiting queries",
        unit="jobs",
        help="Queries that wait for their turn.",
        levels=_levels((50, 0), (200, 0)),
        maximum=1_000_000,
        hold_for=300,
        margin=5,
        actions=False,
    ),
    RuleTemplate(
        key="job_overrun",
        metric="job_overrun",
        label="Job over its usual time",
        unit="times",
        help="How many times its usual duration the slowest running job has taken so far.",
        levels=_levels((2, 5), (3, 10)),
        maximum=1000,
        hold_for=0,
        margin=0,
        actions=False,
    ),
    RuleTemplate(
        key="ui_lag",
        metric="ui_lag_p95",
        label="UI lag",
        unit="ms",
        help="How late the window answers, 95th percentile of the last seconds.",
        levels=_levels((100, 500), (100, 500)),
        maximum=60_000,
        hold_for=10,
        margin=20,
    ),
)
