"""The sidebar: five pages with badges; narrow windows get icons only."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets.parts.labels import IconLabel, Label, Panel
from widgets.parts.painting import LEFT, ChipData, chip_width, fill_round, paint_chip, paint_focus, paint_icon
from widgets.parts.plain_text import set_tip
from widgets.theme import Theme


class NavItem(QAbstractButton):
    """One page in the sidebar: icon, name, badge."""

    def __init__(self, theme: Theme, key: str, text: str, icon: str, parent: QWidget | None = None) -> None:
        """`key` is the page's stable word."""
        super().__init__(parent)
        self._theme, self.key, self._icon_name = theme, key, icon
        self._badge: ChipData | None = None
        self.collapsed = False
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_badge(self, badge: ChipData | None) -> None:
        """Show a figure at the right, or none."""
        if badge != self._badge:
            self._badge = badge
            self.setAccessibleName(f"{self.text()}, {badge.text}" if badge else self.text())
            self._tip()
            self.update()

    def set_collapsed(self, collapsed: bool) -> None:
        """Show only the icon, with the name as tooltip."""
        self.collapsed = collapsed
        self._tip()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a navigation row."""
        return QSize(self._theme.em(52 if self.collapsed else 168), self._theme.size("nav_item"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw background, bar, icon, name and badge."""
        theme, painter, rect = self._theme, QPainter(self), self.rect()
        radius = theme.radius("card")
        if self.isChecked():
            fill_round(painter, QRectF(rect), radius, theme.color("selected"))
            bar = QRectF(0, (rect.height() - theme.em(18)) / 2, theme.em(3), theme.em(18))
            fill_round(painter, bar, theme.em(1), theme.color("accent"))
        elif self.underMouse():
            fill_round(painter, QRectF(rect), radius, theme.color("hover"))
        tone = "accent_text" if self.isChecked() else "text2"
        paint_icon(
            painter, theme, self._icon_name, tone, 20, theme.em(10 if not self.collapsed else 8), rect.center().y()
        )
        if self.collapsed:
            self._paint_dot(painter)
        else:
            painter.setFont(theme.font("body", weight=600 if self.isChecked() else 500))
            painter.setPen(theme.color("text" if self.isChecked() else "text2"))
            painter.drawText(rect.adjusted(theme.em(40), 0, -theme.em(8), 0), int(LEFT), self.text())
            self._paint_badge(painter, rect)
        if self.hasFocus():
            paint_focus(painter, theme, rect, radius)

    def _paint_badge(self, painter: QPainter, rect: QRect) -> None:
        if self._badge is None:
            return
        width = chip_width(self._theme, self._badge)
        box = QRect(rect.right() - width - self._theme.em(8) + 1, rect.y(), width, rect.height())
        paint_chip(painter, self._theme, box, self._badge)

    def _paint_dot(self, painter: QPainter) -> None:
        if self._badge is None:
            return
        side = self._theme.em(8)
        dot = QRectF(self.width() - side - self._theme.em(4), self._theme.em(4), side, side)
        fill_round(painter, dot, side / 2, self._theme.color(f"{self._badge.tone}_line"))

    def _tip(self) -> None:
        badge = f": {self._badge.text}" if self._badge else ""
        set_tip(self, f"{self.text()}{badge}" if self.collapsed else "")


class Sidebar(Panel):
    """All pages, the product's name above, a hint about dropping below.

    Signals:
        chosen: Key of the page that the user picked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until pages are added."""
        super().__init__("sidebar", "right", name="sidebar", parent=parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._items: dict[str, NavItem] = {}
        self._collapsed = False
        self._name = Label(theme, self.tr("Sheetferry"), "heading")
        self._hint = Label(theme, self.tr("Drop files on any page"), "small", "text2", wrap=True)
        self._hint_icon = IconLabel(theme, "download", "text2", 16)
        self._column = QVBoxLayout()
        self._build()
        self.setAccessibleName(self.tr("Pages"))
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._collapsed

    def add_page(self, key: str, text: str, icon: str) -> None:
        """Append one page."""
        item = NavItem(self._theme, key, text, icon)
        self._items[key] = item
        self._group.addButton(item)
        self._column.addWidget(item)

    def select(self, key: str) -> None:
        """Mark a page as the one shown."""
        self._items[key].setChecked(True)

    def set_badge(self, key: str, badge: ChipData | None) -> None:
        """Show a figure beside a page, or none."""
        if key in self._items:
            self._items[key].set_badge(badge)

    def set_collapsed(self, collapsed: bool) -> None:
        """Icons only, or icons with names."""
        self._collapsed = collapsed
        self.setFixedWidth(self._theme.em(52 if collapsed else 184))
        for part in (self._name, self._hint):
            part.setVisible(not collapsed)
        for item in self._items.values():
            item.set_collapsed(collapsed)

    def _build(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.setContentsMargins(theme.em(10), 0, 0, 0)
        head.setSpacing(theme.em(9))
        head.addWidget(IconLabel(theme, "ferry", "accent_text", 20))
        head.addWidget(self._name, 1)
        holder = QWidget()
        holder.setFixedHeight(theme.em(52))
        holder.setLayout(head)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.em(10), 0, 0, 0)
        foot.setSpacing(theme.em(8))
        foot.addWidget(self._hint_icon)
        foot.addWidget(self._hint, 1)
        self._column.setSpacing(theme.em(2))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.em(8), 0, theme.em(8), theme.em(14))
        outer.setSpacing(0)
        outer.addWidget(holder)
        outer.addLayout(self._column)
        outer.addStretch(1)
        outer.addLayout(foot)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, NavItem):
            self.chosen.emit(button.key)
