"""The empty Import page: a place to drop, three ways in, what was done lately."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from widgets.importing.view_data import Welcome
from widgets.parts.buttons import Button
from widgets.parts.labels import ElidedLabel, HLine, IconLabel, Label, Panel
from widgets.parts.painting import fill_round
from widgets.theme import Theme


def tr(text: str) -> str:
    """Translate in the empty page's context."""
    return QCoreApplication.translate("welcome", text)


class _Picture(QWidget):
    """A sheet, an arrow, a database."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(theme.em(124), theme.em(62))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = theme.em(100) / 100
        painter.scale(unit, unit)
        line = QPen(theme.color("border_control"), 1.5)
        painter.setPen(line)
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(3, 2, 46, 57), 4, 4)
        painter.fillRect(QRectF(9, 13, 34, 8), theme.color("header_tint"))
        painter.setPen(QPen(theme.color("border"), 1.5))
        for y in (25, 33, 41, 49):
            painter.drawLine(9, y, 43, y)
        painter.drawLine(22, 13, 22, 49)
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawLine(57, 31, 76, 31)
        painter.drawPolyline(
            [QRectF(69, 24, 0, 0).topLeft(), QRectF(76, 31, 0, 0).topLeft(), QRectF(69, 38, 0, 0).topLeft()]
        )
        painter.setPen(line)
        painter.setBrush(theme.color("accent_tint"))
        painter.drawRect(QRectF(85, 14, 34, 36))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRect(QRectF(86, 14, 32, 40))
        painter.setPen(line)
        painter.drawArc(QRectF(85, 42, 34, 14), 180 * 16, 180 * 16)
        painter.drawArc(QRectF(85, 25, 34, 14), 180 * 16, 180 * 16)
        painter.drawArc(QRectF(85, 34, 34, 14), 180 * 16, 180 * 16)
        painter.drawLine(85, 14, 85, 49)
        painter.drawLine(119, 14, 119, 49)
        painter.drawEllipse(QRectF(85, 7, 34, 14))


class DropZone(QWidget):
    """The dashed box that says what can be dropped. Dropping itself is the window's; this one only invites.

    Signals:
        open_files: The first button.
        open_folder: The second.
        sample: The third.
    """

    open_files = Signal()
    open_folder = Signal()
    sample = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Hero, sentence, buttons, shortcuts."""
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMaximumSize(theme.em(1064), theme.em(430))
        self.setAccessibleName(tr("Drop workbooks or folders here"))
        column = QVBoxLayout(self)
        column.setSpacing(theme.em(8))
        column.addStretch(1)
        center = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Picture(theme), 0, center)
        column.addSpacing(theme.em(16))
        hero = Label(theme, tr("Drop workbooks or folders here"), "hero", wrap=True)
        hero.setAlignment(center)
        column.addWidget(hero)
        sentence = tr(
            "Sheetferry finds the tables in every sheet, shows what will arrive, and loads it when you say so."
        )
        words = Label(theme, sentence, "body", "text2", wrap=True)
        words.setAlignment(center)
        column.addWidget(words)
        column.addSpacing(theme.em(10))
        column.addLayout(self._buttons())
        column.addSpacing(theme.em(8))
        column.addLayout(self._keys())
        column.addStretch(1)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """The full box."""
        return QSize(self._theme.em(1064), self._theme.em(430))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashed box."""
        theme, painter = self._theme, QPainter(self)
        box, radius = QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.radius("zone")
        fill_round(painter, box, radius, theme.color("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("border_control"), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, radius, radius)

    def _buttons(self) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.em(8))
        row.addStretch(1)
        for text, icon, primary, signal in (
            (tr("Open files…"), "file", True, self.open_files),
            (tr("Open folder…"), "folder", False, self.open_folder),
            (tr("Try the sample workbook"), "sheet", False, self.sample),
        ):
            button = Button(theme, text, icon, "primary" if primary else "default", "large")
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _keys(self) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.em(6))
        row.addStretch(1)
        for key, text in (("Ctrl+O", tr("open")), ("Ctrl+V", tr("paste file paths"))):
            cap = Label(theme, key, "caption", "text2", weight=500)
            cap.setProperty("kind", "key")
            row.addWidget(cap)
            row.addWidget(Label(theme, text, "small", "text2"))
            row.addSpacing(theme.em(8))
        row.addWidget(Label(theme, tr("xlsx, xlsm, xlsb, xls, ods, csv"), "small", "text2"))
        row.addStretch(1)
        return row


class _LinkRow(QPushButton):
    """A whole row that can be pressed."""

    def __init__(self, theme: Theme, icon: str, strong: str, plain: str, right: str) -> None:
        super().__init__()
        self.setProperty("kind", "ghost")
        self.setProperty("scale", "row")
        self.setAccessibleName(f"{strong}, {plain}, {right}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.em(8), 0, theme.em(8), 0)
        row.setSpacing(theme.em(9))
        row.addWidget(IconLabel(theme, icon))
        row.addWidget(ElidedLabel(theme, strong, "body", weight=500))
        row.addWidget(ElidedLabel(theme, plain, "small", "text2"), 1)
        row.addWidget(Label(theme, right, "small", "text2"))


class WelcomePage(QWidget):
    """Drop zone and two cards.

    Signals:
        open_files: Choose files.
        open_folder: Choose a folder.
        sample: Take the sample workbook.
        recent_opened: Path of a recent file or folder.
        recent_cleared: Forget the recent files.
        mappings_managed: Show the remembered mappings.
    """

    open_files = Signal()
    open_folder = Signal()
    sample = Signal()
    recent_opened = Signal(str)
    recent_cleared = Signal()
    mappings_managed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """No recent files yet."""
        super().__init__(parent)
        self._theme = theme
        self.zone = DropZone(theme)
        self.zone.open_files.connect(self.open_files)
        self.zone.open_folder.connect(self.open_folder)
        self.zone.sample.connect(self.sample)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(theme.em(16))
        self._holder = QWidget()
        self._holder.setMaximumWidth(theme.em(1064))
        self._holder.setLayout(self._cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._paths: dict[QPushButton, str] = {}
        self._build()

    def set_welcome(self, welcome: Welcome) -> None:
        """Show recent files and remembered mappings; an empty card is not shown."""
        self._paths.clear()
        while self._cards.count():
            item = self._cards.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if welcome.recent:
            card, column = self._card(tr("Recent files"), tr("Clear"), self.recent_cleared)
            for each in welcome.recent[:4]:
                name = each.path.replace("\\", "/").rstrip("/").rpartition("/")[2]
                row = _LinkRow(self._theme, "folder" if each.is_folder else "file", name, each.folder, each.when)
                self._paths[row] = each.path
                row.clicked.connect(self._on_recent)
                self._add(column, row)
            # The shorter of two cards begins at the top as well.
            column.addStretch(1)
            self._cards.addWidget(card, 1)
        if welcome.mappings:
            card, column = self._card(tr("Remembered mappings"), tr("Manage"), self.mappings_managed)
            for kept in welcome.mappings[:4]:
                figure = tr("{0} columns").format(kept.columns)
                said = tr("from “{0}”").format(kept.headers)
                row = _LinkRow(self._theme, "table", kept.target, said, figure)
                row.clicked.connect(self.mappings_managed)
                self._add(column, row)
            # The shorter of two cards begins at the top as well.
            column.addStretch(1)
            self._cards.addWidget(card, 1)

    def _build(self) -> None:
        theme = self._theme
        inner = QWidget()
        inner.setProperty("kind", "scroll")
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.em(48), theme.em(36), theme.em(48), theme.em(16))
        column.setSpacing(theme.em(16))
        column.addLayout(_centred(self.zone), 10)
        column.addLayout(_centred(self._holder))
        foot = QHBoxLayout()
        foot.setSpacing(theme.em(7))
        foot.addStretch(1)
        foot.addWidget(IconLabel(theme, "lock"))
        foot.addWidget(
            Label(
                theme,
                tr("Nothing is written until you press Import. Files are only read, never changed."),
                "small",
                "text2",
            )
        )
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _card(self, title: str, action: str, signal: object) -> tuple[Panel, QVBoxLayout]:
        theme = self._theme
        card = Panel(kind="card")
        column = QVBoxLayout(card)
        column.setContentsMargins(theme.em(8), theme.em(5), theme.em(8), theme.em(5))
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(theme.em(8), 0, theme.em(4), 0)
        head.addWidget(Label(theme, title, "small", weight=600))
        head.addStretch(1)
        link = Button(theme, action, kind="link")
        link.clicked.connect(signal)
        head.addWidget(link)
        column.addLayout(head)
        column.addSpacing(theme.em(4))
        return card, column

    def _add(self, column: QVBoxLayout, row: QWidget) -> None:
        column.addWidget(HLine())
        column.addWidget(row)

    @Slot()
    def _on_recent(self) -> None:
        row = self.sender()
        if isinstance(row, QPushButton) and row in self._paths:
            self.recent_opened.emit(self._paths[row])


def _centred(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row
