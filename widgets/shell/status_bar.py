"""The status bar: pool, database, alerts, an override if there is one, UI lag. Each part opens its page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from widgets.parts.labels import Panel
from widgets.parts.painting import LEFT, fill_round, paint_bar, paint_focus, paint_icon
from widgets.parts.plain_text import set_tip
from widgets.shell.status_data import AlertStatus, DatabaseStatus
from widgets.theme import Theme
from workers.core.jobs.snapshots import PoolSnapshot

_MANY_WORKERS = 12
_SLOW_LAG_MS = 50.0


class StatusSegment(QAbstractButton):
    """A flat button: sign, strong text, plain text."""

    def __init__(self, theme: Theme, page: str, parent: QWidget | None = None) -> None:
        """`page` is opened by a click."""
        super().__init__(parent)
        self._theme, self.page = theme, page
        self._icon_name, self._tone = "", "text2"
        self._strong, self._plain = "", ""
        self._busy, self._size = 0, 0
        self.divider = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def show_text(self, icon: str, tone: str, strong: str, plain: str = "") -> None:
        """Say something; nothing happens when it is said already."""
        if (icon, tone, strong, plain) == (self._icon_name, self._tone, self._strong, self._plain):
            return
        resized = (strong, plain) != (self._strong, self._plain)
        self._icon_name, self._tone, self._strong, self._plain = icon, tone, strong, plain
        words = f"{strong} {plain}".strip()
        self.setAccessibleName(words)
        set_tip(self, words)
        if resized:
            self.updateGeometry()
        self.update()

    def show_blocks(self, busy: int, size: int) -> None:
        """Draw one block a worker before the text, filled while it is busy."""
        if (busy, size) != (self._busy, self._size):
            self._busy, self._size = busy, size
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as what is said."""
        theme = self._theme
        width = 2 * theme.em(12) + self._sign_width()
        width += QFontMetrics(theme.font("small", weight=600)).horizontalAdvance(self._strong)
        if self._plain:
            width += QFontMetrics(theme.font("small")).horizontalAdvance(self._plain) + (
                theme.em(8) if self._strong else 0
            )
        return QSize(width + 2, theme.size("status_bar"))

    def minimumSizeHint(self) -> QSize:
        """Long sentences may be cut; the whole is in the tooltip."""
        return QSize(min(self.sizeHint().width(), self._theme.em(120)), self._theme.size("status_bar"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segment."""
        theme, painter = self._theme, QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        x, middle = theme.em(12), self.height() / 2
        if self._size:
            self._paint_blocks(painter, x)
        elif self._icon_name:
            paint_icon(painter, theme, self._icon_name, self._tone, 16, x, middle)
        x += self._sign_width()
        strong = theme.font("small", weight=600)
        tone = self._tone if self._tone.endswith("_fg") and self._tone != "ok_fg" else "text"
        x = self._paint_words(painter, x, self._strong, strong, tone)
        if self._plain:
            self._paint_words(painter, x + self._gap(), self._plain, theme.font("small"), "text2")
        if self.divider:
            painter.fillRect(QRectF(self.width() - 1, middle - theme.em(8), 1, theme.em(16)), theme.color("border"))
        if self.hasFocus():
            paint_focus(painter, theme, self.rect().adjusted(2, 2, -3, -2), theme.radius("chip"))

    def _paint_words(self, painter: QPainter, x: int, text: str, font: QFont, tone: str) -> int:

        metrics = QFontMetrics(font)
        room = max(0, self.width() - x - self._theme.em(8))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        painter.drawText(QRectF(x, 0, room, self.height()), int(LEFT), shown)
        return x + metrics.horizontalAdvance(shown)

    def _paint_blocks(self, painter: QPainter, x: int) -> None:
        theme = self._theme
        if self._size > _MANY_WORKERS:
            box = QRectF(x, self.height() / 2 - theme.em(5) / 2, theme.em(60), theme.em(5))
            paint_bar(painter, theme, box, self._busy / self._size)
            return
        for number in range(self._size):
            tone = "accent" if number < self._busy else "border"
            block = QRectF(x + number * theme.em(7), self.height() / 2 - theme.em(5), theme.em(5), theme.em(10))
            fill_round(painter, block, 1, theme.color(tone))

    def _gap(self) -> int:
        return self._theme.em(8) if self._strong else 0

    def _sign_width(self) -> int:
        if self._size > _MANY_WORKERS:
            return self._theme.em(68)
        if self._size:
            return self._size * self._theme.em(7) + self._theme.em(6)
        return self._theme.em(16 + 8) if self._icon_name else 0


class StatusBar(Panel):
    """The bar itself.

    Signals:
        page_requested: Key of the page whose segment was clicked.
    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Everything unknown until told."""
        super().__init__("sidebar", "top", name="statusBar", parent=parent)
        self._theme = theme
        self.setFixedHeight(theme.size("status_bar") + 1)
        self.pool = StatusSegment(theme, "queue")
        self.database = StatusSegment(theme, "settings")
        self.alerts = StatusSegment(theme, "monitor")
        self.override = StatusSegment(theme, "settings")
        self.lag = StatusSegment(theme, "monitor")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.em(4), 1, theme.em(4), 0)
        row.setSpacing(0)
        for segment in (self.pool, self.database, self.alerts):
            row.addWidget(segment)
        row.addStretch(1)
        for segment in (self.override, self.lag):
            row.addWidget(segment)
        for segment in (self.pool, self.database, self.alerts, self.override, self.lag):
            segment.clicked.connect(self._on_clicked)
        self.alerts.divider = self.lag.divider = False
        self.override.hide()
        self.set_pool(None)
        self.set_database(DatabaseStatus("off"))
        self.set_alerts(AlertStatus())
        self.set_lag(None)

    def set_pool(self, pool: PoolSnapshot | None) -> None:
        """Busy of all, and how many wait; None while the pool is not there yet."""
        if pool is None:
            self.pool.show_blocks(0, 0)
            self.pool.show_text("cpu", "text2", self.tr("Workers starting"))
            return
        self.pool.show_blocks(pool.busy, pool.size)
        said = self.tr("{0} of {1} busy, {2} waiting").format(pool.busy, pool.size, pool.waiting)
        slowed = self.tr("slowed down") if pool.slow_reason else ""
        self.pool.show_text("", "text2", said, self.tr("on hold") if pool.held or pool.hold_reason else slowed)

    def set_database(self, status: DatabaseStatus) -> None:
        """Name and state of the target."""
        icon, tone = {"connected": ("db", "ok_fg"), "broken": ("error", "danger_fg")}.get(status.state, ("db", "text2"))
        words = {
            "connected": self.tr("connected"),
            "starting": self.tr("starting"),
            "connecting": self.tr("connecting"),
            "broken": self.tr("not connected"),
            "off": self.tr("starts with the first import"),
        }
        place = f"{status.where} · " if status.where else ""
        known = status.detail in ("", words.get(status.state))
        detail = "" if known else f" · {status.detail}"
        name = status.name or self.tr("Database")
        self.database.show_text(icon, tone, name, f"{place}{words.get(status.state, status.state)}{detail}")

    def set_alerts(self, status: AlertStatus) -> None:
        """How many alerts fire, and the first of them."""
        if not status.firing:
            self.alerts.show_text("bell", "text2", "", self.tr("No active alerts"))
            return
        tone = "danger_fg" if status.critical else "warn_fg"
        said = self.tr("{0} alerts firing").format(status.firing) if status.firing > 1 else self.tr("1 alert firing")
        self.alerts.show_text("error" if status.critical else "warn", tone, said, status.text)

    def set_override(self, text: str) -> None:
        """Say that a setting is overridden for a while; empty hides it."""
        self.override.show_text("wait", "warn_fg", text)
        self.override.setVisible(bool(text))

    def set_lag(self, milliseconds: float | None) -> None:
        """The window's own lag; None while not measured."""
        if milliseconds is None:
            self.lag.show_text("lag", "text2", "", self.tr("UI lag not measured yet"))
            return
        tone = "warn_fg" if milliseconds >= _SLOW_LAG_MS else "text2"
        said = self.tr("UI lag {0} ms").format(round(milliseconds))
        slow = tone == "warn_fg"
        self.lag.show_text("lag", tone, said if slow else "", "" if slow else said)

    @Slot()
    def _on_clicked(self) -> None:
        segment = self.sender()
        if isinstance(segment, StatusSegment):
            self.page_requested.emit(segment.page)
