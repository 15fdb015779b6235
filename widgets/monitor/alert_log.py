"""The alert log: what fires now and what has fired, newest first."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from widgets.monitor.alert_words import dated_moment, explanation, figure, length, moment, phase_word, rule_name, tone
from widgets.parts.painting import LEFT, RIGHT, paint_icon
from widgets.parts.plain_text import plain_tip
from widgets.parts.tables import RowDelegate, RowTable
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.alerts.rules import AlertLevel
from workers.core.alerts.states import Alert, AlertPhase

_SNOOZES = (15, 60, 240, 24 * 60)
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
    AlertCol.STATE: 156,
    AlertCol.RULE: 170,
    AlertCol.START: 112,
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
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(alert, AlertCol(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._text(alert, AlertCol(index.column())))
        return None

    def _text(self, alert: Alert, column: AlertCol) -> str:
        match column:
            case AlertCol.STATE:
                if alert.phase is AlertPhase.SNOOZED and alert.snoozed_until is not None:
                    return self.tr("Snoozed until {0}").format(moment(alert.snoozed_until)[:5])
                return phase_word(alert.phase)
            case AlertCol.RULE:
                level = self.tr("critical") if alert.worst is AlertLevel.CRITICAL else self.tr("warning")
                return f"{rule_name(alert)}, {level}"
            case AlertCol.START:
                return dated_moment(alert.fired or alert.since, self._now)
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
    """The table of alerts. Its menu answers them.

    Signals:
        job_opened: Job id of the likely cause of an alert.
        acknowledge_requested: Alert id.
        snooze_requested: Alert id and minutes.
        snooze_ended: Alert id.
    """

    job_opened = Signal(str)
    acknowledge_requested = Signal(str)
    snooze_requested = Signal(str, int)
    snooze_ended = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty log."""
        super().__init__(theme, "", 26, parent)
        self._asked: Alert | None = None
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done about the alert under the pointer, or the chosen one when a key asks."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = self.currentIndex().row() if by_key else self.indexAt(event.pos()).row()
        alert = self.alerts.alert(row)
        if alert is None:
            return
        menu = self.menu_for(alert)
        if not menu.isEmpty():
            menu.popup(event.globalPos())

    def menu_for(self, alert: Alert) -> QMenu:
        """The answers to an alert; empty for one that is over and led to no job."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._asked = alert
        if alert.cause is not None and alert.cause.job_id:
            menu.addAction(self.tr("Go to job")).triggered.connect(self._on_go)
        if alert.phase is AlertPhase.SNOOZED:
            menu.addAction(self.tr("End the snooze")).triggered.connect(self._on_end)
        elif alert.phase is AlertPhase.FIRING:
            menu.addAction(self.tr("Acknowledge")).triggered.connect(self._on_acknowledge)
        if alert.open:
            snooze = snooze_menu(menu)
            snooze.setTitle(self.tr("Snooze"))
            snooze.triggered.connect(self._on_snooze)
            menu.addMenu(snooze)
        return menu

    @Slot()
    def _on_go(self) -> None:
        if self._asked is not None and self._asked.cause is not None and self._asked.cause.job_id:
            self.job_opened.emit(self._asked.cause.job_id)

    @Slot()
    def _on_acknowledge(self) -> None:
        if self._asked is not None:
            self.acknowledge_requested.emit(self._asked.alert_id)

    @Slot()
    def _on_end(self) -> None:
        if self._asked is not None:
            self.snooze_ended.emit(self._asked.alert_id)

    @Slot(QAction)
    def _on_snooze(self, action: QAction) -> None:
        if self._asked is not None:
            self.snooze_requested.emit(self._asked.alert_id, int(action.data()))


def snooze_menu(parent: QWidget) -> QMenu:
    """For how long an alert may sleep; each action's data is minutes."""
    menu = QMenu(parent)
    for minutes in _SNOOZES:
        hours = minutes // 60
        if minutes < 60:
            text = QCoreApplication.translate("alerts", "{0} minutes").format(minutes)
        else:
            text = QCoreApplication.translate("alerts", "{0} hours").format(hours)
        action = QAction(QCoreApplication.translate("alerts", "1 hour") if hours == 1 else text, menu)
        action.setData(minutes)
        menu.addAction(action)
    return menu
