"""What each chart shows. To add a chart, add its spec here; the metrics are those of `workers.core.metrics.samples`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from widgets.parts.wording import locale

_GIB = 1024.0**3
_MIB = 1024.0**2


class Style(StrEnum):
    """How a series is drawn."""

    LINE = "line"
    CONTEXT = "context"
    AREA = "area"
    BAND = "band"
    STACK = "stack"
    LIMIT = "limit"


class Extra(StrEnum):
    """A further figure in the legend, over the shown time."""

    NONE = ""
    RANGE = "range"
    MEAN = "mean"
    P95 = "p95"


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    """One series of a chart.

    Attributes:
        metric: Its metric.
        label: Its name in the legend.
        tone: Colour token, ``s1`` to ``s6`` or another.
        style: How it is drawn.
        low: Metric of a band's lower edge.
        high: Metric of a band's upper edge.
    """

    metric: str
    label: str
    tone: str
    style: Style = Style.LINE
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class ThresholdSpec:
    """The levels of an alert rule as lines that can be dragged.

    Attributes:
        rule: Key of the rule.
        percent_of: Metric that a level in percent is a share of; empty when level and chart have the same unit.
        on_top_of: Metrics of the stack below the one that the rule watches: the line stands so much higher.
        name: Before the level's word, where a chart has lines of several rules.
        place: Where along the line its label stands, from 0 at the left to 1.
    """

    rule: str
    percent_of: str = ""
    on_top_of: tuple[str, ...] = ()
    name: str = ""
    place: float = 0.005


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """One chart.

    Attributes:
        key: Stable name.
        title: Heading.
        unit: Small text beside it.
        series: From back to front; stacks from the bottom.
        suffix: Behind every figure, such as ``%``.
        scale: Figures are divided by it.
        decimals: Digits after the point.
        least_top: The vertical axis reaches at least so far.
        fixed_top: The axis always ends here (100 for percent), and the ticks are at its halves.
        whole: Counts: drawn as steps, ticks at whole numbers.
        thresholds: Draggable levels.
        extra: A further figure in the legend.
        lane: Whether the event lane is above it.
        reaches_levels: Whether the axis goes up to the lowest level at least; if not, a level far above the figures
            waits at the upper edge.
    """

    key: str
    title: str
    unit: str
    series: tuple[SeriesSpec, ...]
    suffix: str = ""
    scale: float = 1.0
    decimals: int = 0
    least_top: float = 1.0
    fixed_top: float | None = None
    whole: bool = False
    thresholds: tuple[ThresholdSpec, ...] = ()
    extra: Extra = Extra.NONE
    lane: bool = False
    reaches_levels: bool = True

    def figure(self, value: float) -> str:
        """A scaled figure as the locale writes it."""
        return locale().toString(float(value), "f", self.decimals) + self.suffix


def chart_specs() -> tuple[ChartSpec, ...]:
    """All charts in the order of the page, in the user's language."""
    return (
        ChartSpec(
            key="cpu",
            title=_tr("CPU"),
            unit=_tr("%"),
            series=(
                SeriesSpec(
                    "worker_cpu_median",
                    _tr("workers, median"),
                    "s1",
                    Style.BAND,
                    "worker_cpu_min",
                    "worker_cpu_max",
                ),
                SeriesSpec("cpu_percent", _tr("machine"), "s6", Style.CONTEXT),
            ),
            suffix="%",
            fixed_top=100,
            thresholds=(ThresholdSpec("cpu"),),
            extra=Extra.RANGE,
            lane=True,
        ),
        ChartSpec(
            key="memory",
            title=_tr("Memory"),
            unit=_tr("GB"),
            series=(
                SeriesSpec("ours_memory", _tr("ours"), "s1", Style.AREA),
                SeriesSpec("memory_used", _tr("machine"), "s6", Style.CONTEXT),
                SeriesSpec("memory_limit", _tr("limit"), "danger_line", Style.LIMIT),
            ),
            scale=_GIB,
            decimals=1,
            thresholds=(ThresholdSpec("memory", "memory_limit"),),
            lane=True,
        ),
        ChartSpec(
            key="pool",
            title=_tr("Pool"),
            unit=_tr("workers and jobs"),
            series=(
                SeriesSpec("busy", _tr("busy"), "s1", Style.STACK),
                SeriesSpec("idle", _tr("idle"), "s3", Style.STACK),
                SeriesSpec("waiting", _tr("waiting"), "s2", Style.STACK),
            ),
            least_top=3,
            whole=True,
            thresholds=(ThresholdSpec("queue", on_top_of=("busy", "idle"), name=_tr("waiting")),),
            reaches_levels=False,
        ),
        ChartSpec(
            key="database",
            title=_tr("Database connections"),
            unit="",
            series=(
                SeriesSpec("db_active", _tr("active"), "s1", Style.STACK),
                SeriesSpec("db_idle", _tr("idle"), "s3", Style.STACK),
                SeriesSpec("db_in_transaction", _tr("in trans."), "s4", Style.STACK),
                SeriesSpec("db_other", _tr("others"), "s6", Style.STACK),
                SeriesSpec("checked_out", _tr("ours"), "s5", Style.LINE),
                SeriesSpec("max_connections", _tr("max_connections"), "danger_line", Style.LIMIT),
            ),
            least_top=5,
            whole=True,
            thresholds=(
                ThresholdSpec("server_connections", "max_connections"),
                ThresholdSpec("pool_connections", "pool_limit", name=_tr("ours"), place=0.3),
            ),
        ),
        ChartSpec(
            key="throughput",
            title=_tr("Throughput"),
            unit=_tr("rows/s"),
            series=(SeriesSpec("rows_per_second", _tr("all jobs"), "s1", Style.AREA),),
            least_top=1000,
            extra=Extra.MEAN,
        ),
        ChartSpec(
            key="lag",
            title=_tr("UI lag"),
            unit=_tr("ms"),
            series=(SeriesSpec("ui_lag", _tr("event loop"), "s1", Style.LINE),),
            suffix=_tr(" ms"),
            least_top=20,
            thresholds=(ThresholdSpec("ui_lag"),),
            extra=Extra.P95,
        ),
        ChartSpec(
            key="disk",
            title=_tr("Disk space"),
            unit=_tr("% in use"),
            series=(SeriesSpec("disk_percent", _tr("in use"), "s1", Style.AREA),),
            suffix="%",
            fixed_top=100,
            thresholds=(ThresholdSpec("disk"),),
        ),
        ChartSpec(
            key="io",
            title=_tr("Disk and reading"),
            unit=_tr("MB/s"),
            series=(
                SeriesSpec("disk_read", _tr("read"), "s3", Style.LINE),
                SeriesSpec("disk_write", _tr("written"), "s2", Style.LINE),
                SeriesSpec("bytes_per_second", _tr("by our workers"), "s1", Style.LINE),
            ),
            scale=_MIB,
            decimals=1,
            least_top=10,
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("charts", text)
