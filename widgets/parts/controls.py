"""Painted controls: segmented control, switch, select box."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from widgets.parts.painting import LEFT, fill_round, paint_focus, paint_icon
from widgets.theme import Theme


class _Segment(QAbstractButton):
    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.count: str = ""
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small", weight=600))
        width = metrics.horizontalAdvance(self.text()) + 2 * self._theme.em(9)
        if self.count:
            width += metrics.horizontalAdvance(self.count) + self._theme.em(7)
        return QSize(width, self._theme.em(24))

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return hint if self.count else QSize(min(hint.width(), self._theme.em(36)), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked():
            fill_round(painter, box, theme.radius("chip"), theme.color("surface"), theme.color("border_control"))
        elif self.underMouse() and self.isEnabled():
            fill_round(painter, box, theme.radius("chip"), theme.color("hover"))
        tone = "disabled" if not self.isEnabled() else "text" if self.isChecked() else "text2"
        font = theme.font("small", weight=600 if self.isChecked() else 500)
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        metrics = QFontMetrics(font)
        if self.count:
            start = theme.em(9)
            room = self.width() - start - theme.em(2) - theme.em(7) - metrics.horizontalAdvance(self.count)
            text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(0, room))
            painter.drawText(self.rect().adjusted(start, 0, 0, 0), int(LEFT), text)
            start += metrics.horizontalAdvance(text) + theme.em(7)
            painter.setPen(theme.color("text3"))
            painter.setFont(theme.font("small"))
            painter.drawText(self.rect().adjusted(start, 0, 0, 0), int(LEFT), self.count)
        else:
            text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - theme.em(4))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), text)
        if self.hasFocus():
            paint_focus(painter, theme, self.rect(), theme.radius("chip"))


class SegmentedControl(QWidget):
    """One choice of a few, all visible. Arrow keys move within it.

    Signals:
        chosen: Key of the option that the user picked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, options: tuple[tuple[str, str], ...], parent: QWidget | None = None):
        """`options` are pairs of key and label; the first is chosen. `name` is what the choice is about."""
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._keys = tuple(key for key, _ in options)
        layout = QHBoxLayout(self)
        edge = theme.em(2)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(0)
        for number, (_, label) in enumerate(options):
            segment = _Segment(theme, label, self)
            segment.setAccessibleName(f"{name}: {label}")
            segment.setChecked(number == 0)
            self._group.addButton(segment, number)
            layout.addWidget(segment)
        self._group.idClicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def key(self) -> str:
        """The chosen option's key."""
        return self._keys[max(0, self._group.checkedId())]

    def choose(self, key: str) -> None:
        """Show `key` as chosen without a signal. Raises ValueError for an unknown key."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def set_count(self, key: str, count: str) -> None:
        """Show a figure after an option's label; empty removes it."""
        segment = self._group.button(self._keys.index(key))
        if isinstance(segment, _Segment) and segment.count != count:
            segment.count = count
            segment.updateGeometry()
            segment.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the trough."""
        theme = self._theme
        fill = theme.color("sunken")
        fill_round(QPainter(self), QRectF(self.rect()), theme.radius("control"), fill, theme.color("border"))

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._keys[number])


class Switch(QAbstractButton):
    """On or off, at once. Use `toggled` and a text beside it as its label (`setAccessibleName`)."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """`name` is what is switched."""
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A track with room for the ring."""
        return QSize(self._theme.em(34), self._theme.em(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track and knob."""
        theme, painter = self._theme, QPainter(self)
        box = QRectF(self.rect())
        radius, inset = box.height() / 2, theme.em(4)
        side = box.height() - 2 * inset
        if self.isChecked():
            fill_round(painter, box, radius, theme.color("accent" if self.isEnabled() else "disabled"))
            knob = QRectF(box.right() - inset - side, inset, side, side)
            fill_round(painter, knob, side / 2, theme.color("on_accent"))
        else:
            fill_round(painter, box, radius, theme.color("surface"), theme.color("border_control"))
            fill_round(painter, QRectF(inset, inset, side, side), side / 2, theme.color("border_control"))
        if self.hasFocus():
            paint_focus(painter, theme, box, radius)


class SelectBox(QComboBox):
    """A drop-down painted like the fields, with an optional icon at its left; the wheel never changes it."""

    def __init__(
        self, theme: Theme, name: str, *, icon: str = "", small: bool = False, parent: QWidget | None = None
    ) -> None:
        """`name` is what is chosen here."""
        super().__init__(parent)
        self._theme, self._icon_name, self._small = theme, icon, small
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._refresh()
        theme.changed.connect(self._refresh)

    def set_icon(self, name: str) -> None:
        """Show another icon at the left."""
        self._icon_name = name
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the longest option."""
        metrics = QFontMetrics(self.font())
        widest = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        icon = self._theme.em(22) if self._icon_name else 0
        return QSize(widest + icon + self._theme.em(9 + 28), self._theme.em(22 if self._small else 28))

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(self._theme.em(56), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw field, text and arrow."""
        theme, painter = self._theme, QPainter(self)
        box, radius = QRectF(self.rect()), theme.radius("control")
        fill = "surface" if self.isEnabled() else "sunken"
        edge = "border_control" if self.isEnabled() else "border"
        fill_round(painter, box, radius, theme.color(fill), theme.color(edge))
        x = theme.em(8)
        if self._icon_name:
            paint_icon(painter, theme, self._icon_name, "text2", 16, x, self.height() / 2)
            x += theme.em(22)
        end = self.width() - theme.em(24)
        painter.setFont(self.font())
        painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
        text = QFontMetrics(self.font()).elidedText(self.currentText(), Qt.TextElideMode.ElideRight, end - x)
        painter.drawText(QRect(x, 0, end - x, self.height()), int(LEFT), text)
        paint_icon(painter, theme, "chevd", "text2", 14, self.width() - theme.em(21), self.height() / 2)
        if self.hasFocus():
            paint_focus(painter, theme, box, radius)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel scroll what is behind: a choice must not change by accident."""
        event.ignore()

    @Slot()
    def _refresh(self) -> None:
        self.setFont(self._theme.font("small" if self._small else "body", weight=500 if self._small else None))
        self.setFixedHeight(self._theme.em(22 if self._small else 28))
        self.updateGeometry()
