"""The alert log: what fires now and what has fired, newest first."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from widgets.monitor.alert_words import explanation, figure, length, moment, phase_word, rule_name, tone
from widgets.parts.painting import LEFT, RIGHT, paint_icon
from widgets.parts.tables import RowDelegate, RowTable
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.alert_rules import AlertLevel
from workers.core.alert_states import Alert, AlertPhase

ALERT_ROLE = Qt.ItemDataRole.UserRole + 1


class AlertCol(IntEnum):
    """The columns."""

    STATE = 0
    RULE = 1
    START = 2
    DURATION = 3
    LEAST = 4
    MEAN = 5
    MOST = 6
    WHY = 7


_WIDTHS = {
    AlertCol.STATE: 138,
    AlertCol.RULE: 170,
    AlertCol.START: 86,
    AlertCol.DURATION: 86,
    AlertCol.LEAST: 84,
    AlertCol.MEAN: 84,
    AlertCol.MOST: 84,
}
_NUMBERS = {AlertCol.DURATION, AlertCol.LEAST, AlertCol.MEAN, AlertCol.MOST}


class AlertLogModel(QAbstractTableModel):
    """Open alerts first, then those that are over."""

    def __init__(self) -> None:
        """Nothing has happened."""
        super().__init__()
        self._alerts: tuple[Alert, ...] = ()
        self._now = 0.0

    def set_alerts(self, alerts: tuple[Alert, ...], now: float) -> None:
        """Show these, in this order."""
        same = [a.alert_id for a in alerts] == [a.alert_id for a in self._alerts]
        self._now = now
        if not same:
            self.beginResetModel()
            self._alerts = alerts
            self.endResetModel()
            return
        self._alerts = alerts
        live = sum(1 for a in alerts if a.ended is None)
        if live:
            self.dataChanged.emit(self.index(0, 0), self.index(live - 1, len(AlertCol) - 1))

    def alert(self, row: int) -> Alert | None:
        """The alert of a row."""
        return self._alerts[row] if 0 <= row < len(self._alerts) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """One for each alert."""
        return 0 if parent is not None and parent.isValid() else len(self._alerts)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Always the same."""
        return 0 if parent is not None and parent.isValid() else len(AlertCol)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | int | None:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(AlertCol):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            self.tr("State"),
            self.tr("What"),
            self.tr("Since"),
            self.tr("Lasted"),
            self.tr("Lowest"),
            self.tr("Mean"),
            self.tr("Highest"),
            self.tr("Why and what was done"),
        )
        return names[section]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, and the alert for the delegate."""
        alert = self.alert(index.row())
        if alert is None:
            return None
        if role == ALERT_ROLE:
            return alert
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(alert, AlertCol(index.column()))
        return None

    def _text(self, alert: Alert, column: AlertCol) -> str:
        match column:
            case AlertCol.STATE:
                return phase_word(alert.phase)
            case AlertCol.RULE:
                level = self.tr("critical") if alert.worst is AlertLevel.CRITICAL else self.tr("warning")
                return f"{rule_name(alert)}, {level}"
            case AlertCol.START:
                return moment(alert.fired or alert.since)
            case AlertCol.DURATION:
                return length(alert, self._now)
            case AlertCol.LEAST:
                return figure(alert, alert.least)
            case AlertCol.MEAN:
                return figure(alert, alert.mean)
            case AlertCol.MOST:
                return figure(alert, alert.most)
            case AlertCol.WHY:
                return spoken(alert.end_reason) or explanation(alert)


class AlertDelegate(RowDelegate):
    """Paints an alert's cells."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex, selected: bool) -> None:
        """Draw one cell."""
        alert: Alert | None = index.data(ALERT_ROLE)
        if alert is None:
            return
        theme, column = self.theme, AlertCol(index.column())
        box = rect.adjusted(theme.em(8), 0, -theme.em(8), 0)
        ink = "text2"
        if column is AlertCol.STATE:
            icon, ink = self._sign(alert)
            box = box.adjusted(theme.em(8), 0, 0, 0)
            paint_icon(painter, theme, icon, ink, 14, box.x(), rect.center().y())
            box = box.adjusted(theme.em(21), 0, 0, 0)
        elif column is AlertCol.RULE:
            ink = "text"
        font = theme.font("small", weight=500 if column in (AlertCol.STATE, AlertCol.RULE) else None)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        text = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(RIGHT if column in _NUMBERS else LEFT), text)

    def _sign(self, alert: Alert) -> tuple[str, str]:
        signs = {
            AlertPhase.PENDING: ("wait", "neutral_fg"),
            AlertPhase.ACKNOWLEDGED: ("check", "neutral_fg"),
            AlertPhase.SNOOZED: ("snooze", "neutral_fg"),
            AlertPhase.RESOLVED: ("okc", "ok_fg"),
        }
        return signs.get(alert.phase, ("error", f"{tone(alert)}_fg"))


class AlertLog(RowTable):
    """The table of alerts.

    Signals:
        job_opened: Job id of the likely cause of a double-clicked alert.
    """

    job_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty log."""
        super().__init__(theme, "", 26, parent)
        self.setAccessibleName(self.tr("Alert log"))
        self.alerts = AlertLogModel()
        self.setModel(self.alerts)
        self.setItemDelegate(AlertDelegate(theme, self))
        self.set_widths(_WIDTHS)
        self.horizontalHeader().setSectionResizeMode(AlertCol.WHY, QHeaderView.ResizeMode.Stretch)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to the job behind the alert."""
        alert = self.alerts.alert(self.indexAt(event.position().toPoint()).row())
        if alert is not None and alert.cause is not None and alert.cause.job_id:
            self.job_opened.emit(alert.cause.job_id)
