"""What a column's card says: pure functions of the plan and the findings."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.importing.preview.model import tr
from widgets.parts.wording import count
from workers.core.model.options import PgType
from workers.core.model.plans import ColumnPlan, Finding

NOTABLE = {"decide": ("error", "danger_fg"), "warn": ("warn", "warn_fg"), "info": ("info", "info_fg")}
_RANK = ("", "info", "warn", "decide")
_ICONS = {
    PgType.TEXT: "text",
    PgType.BIGINT: "hash",
    PgType.DOUBLE: "hash",
    PgType.NUMERIC: "hash",
    PgType.BOOLEAN: "bool",
    PgType.DATE: "cal",
    PgType.TIMESTAMP: "cal",
    PgType.TIME: "wait",
    PgType.INTERVAL: "wait",
}


@dataclass(frozen=True, slots=True)
class ColumnCard:
    """The card of one column.

    Attributes:
        plan: Its plan.
        figure: ``14 nulls`` or ``3 rejects``.
        rejects: Whether the figure is about rejects.
        severity: The gravest finding about it (``decide``, ``warn``, ``info`` or empty).
        short: Share of the rows that do not arrive filled, 0 to 1.
        key: Whether it is a key column.
    """

    plan: ColumnPlan
    figure: str
    rejects: bool
    severity: str
    short: float
    key: bool


def card_of(plan: ColumnPlan, findings: tuple[Finding, ...], rows: int, key: bool) -> ColumnCard:
    """Sum up what is known about a column."""
    mine = [finding for finding in findings if finding.column == plan.index]
    severity = max((f.severity for f in mine), key=_RANK.index, default="")
    rejects = sum(f.count for f in mine if f.severity == "decide" and f.choices[:1] == ("reject",))
    if rejects:
        figure = tr("{0} rejects").format(count(rejects)) if rejects > 1 else tr("1 reject")
    else:
        figure = tr("1 null") if plan.nulls == 1 else tr("{0} nulls").format(count(plan.nulls))
    short = min(1.0, (plan.nulls + rejects) / rows) if rows else 0.0
    return ColumnCard(plan, figure, bool(rejects), severity, short, key)


def type_label(chosen: PgType) -> str:
    """A short name for the narrow box."""
    return "double" if chosen is PgType.DOUBLE else chosen.value


def type_icon(chosen: PgType) -> str:
    """The icon of a type."""
    return _ICONS[chosen]
