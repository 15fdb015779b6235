"""The tree of files as it is painted and handled: check boxes, chevrons, second lines."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from widgets.importing.files.tree_model import NODE_ROLE, Node
from widgets.parts.painting import LEFT, RIGHT, fill_round, paint_focus, paint_icon
from widgets.theme import Theme

_CHECK = Qt.ItemDataRole.CheckStateRole


def paint_check(painter: QPainter, theme: Theme, box: QRect, state: Qt.CheckState, enabled: bool = True) -> None:
    """Draw a check box: empty, checked, or a dash for some of its children."""
    area, radius = QRectF(box), theme.em(3)
    if state is Qt.CheckState.Unchecked or not enabled:
        edge = "border_control" if enabled else "border"
        fill_round(painter, area, radius, theme.color("surface"), theme.color(edge))
        return
    fill_round(painter, area, radius, theme.color("accent"))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("on_accent"), max(1.6, theme.em(16) / 10)))
    partly = state is Qt.CheckState.PartiallyChecked
    marks = ((0.27, 0.5), (0.73, 0.5)) if partly else ((0.25, 0.52), (0.43, 0.70), (0.76, 0.32))
    painter.drawPolyline([QPointF(area.x() + area.width() * x, area.y() + area.height() * y) for x, y in marks])
    painter.restore()


class TreeDelegate(QStyledItemDelegate):
    """Paints one row of the tree."""

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        """The view tells how deep a row is."""
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        """Files take two lines while they have something to say."""
        node: Node | None = index.data(NODE_ROLE)
        high = 46 if node is not None and node.kind == "file" and node.second else 28
        return QSize(self._theme.em(80), self._theme.em(high))

    def check_rect(self, rect: QRect) -> QRect:
        """The check box in a row's rectangle."""
        theme = self._theme
        side = theme.em(15)
        line = min(rect.height(), theme.em(28))
        return QRect(rect.x() + theme.em(3), rect.y() + (line - side) // 2, side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        """Draw the row."""
        node: Node | None = index.data(NODE_ROLE)
        if node is None:
            return
        theme, rect = self._theme, option.rect
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        line = QRect(rect.x(), rect.y(), rect.width(), min(rect.height(), theme.em(28)))
        state = Qt.CheckState(index.data(_CHECK) or 0)
        paint_check(painter, theme, self.check_rect(rect), state, node.checkable)
        x = rect.x() + theme.em(26)
        paint_icon(painter, theme, node.icon, "accent_text" if selected else "text2", 16, x, line.center().y())
        x += theme.em(23)
        right = self._paint_right(painter, node, line)
        font = theme.font("body", weight=600 if selected or node.kind == "file" else None)
        self._words(painter, QRect(x, line.y(), right - x, line.height()), node.text, font, _tone(node))
        if node.kind == "file" and node.second:
            self._paint_second(painter, node, QRect(x, rect.y() + theme.em(24), rect.right() - x, theme.em(18)))
        if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
            paint_focus(painter, theme, rect.adjusted(0, 1, -2, -1), theme.radius("control"))
        painter.restore()

    def editorEvent(  # type: ignore[override]
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """A click on the box or the space bar changes the check mark."""
        node: Node | None = index.data(NODE_ROLE)
        if node is None or not node.checkable:
            return False
        if isinstance(event, QMouseEvent):
            gap = self._theme.em(5)
            box = self.check_rect(option.rect).adjusted(-gap, -gap, gap, gap)
            hit = box.contains(event.position().toPoint())
            if event.type() == QEvent.Type.MouseButtonRelease and hit and event.button() is Qt.MouseButton.LeftButton:
                return _toggle(model, index)
            return hit and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            return _toggle(model, index)
        return False

    def _paint_right(self, painter: QPainter, node: Node, line: QRect) -> int:
        theme = self._theme
        end = line.right() - theme.em(6)
        if node.right:
            font = theme.font("small")
            painter.setFont(font)
            painter.setPen(theme.color("text2"))
            painter.drawText(QRect(line.x(), line.y(), end - line.x(), line.height()), int(RIGHT), node.right)
            end -= QFontMetrics(font).horizontalAdvance(node.right) + theme.em(8)
        if node.flagged:
            end -= theme.em(16)
            paint_icon(painter, theme, "error", "danger_fg", 16, end, line.center().y())
            end -= theme.em(6)
        return end

    def _paint_second(self, painter: QPainter, node: Node, box: QRect) -> None:
        theme = self._theme
        tone = f"{node.second_tone}_fg" if node.second_tone != "neutral" else "text2"
        if node.second_icon:
            paint_icon(painter, theme, node.second_icon, tone, 13, box.x(), box.center().y())
            box.adjust(theme.em(17), 0, 0, 0)
        self._words(painter, box, node.second, theme.font("caption", weight=500), tone)

    def _words(self, painter: QPainter, box: QRect, text: str, font: QFont, tone: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.color(tone))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, max(0, box.width()))
        painter.drawText(box, int(LEFT), shown)


class TreeView(QTreeView):
    """The tree with our own chevrons and one soft row background."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """`name` is what it lists."""
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setIndentation(theme.em(18))
        self.setProperty("surface", "window")
        self.setUniformRowHeights(False)
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(TreeDelegate(theme, self))
        self.setExpandsOnDoubleClick(True)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        """The background goes over the whole row, the branch included."""
        theme = self._theme
        rect = option.rect.adjusted(theme.em(6), 0, -theme.em(6), 0)
        if self.selectionModel().isSelected(index):
            fill_round(painter, QRectF(rect), theme.radius("control"), theme.color("selected"))
        super().drawRow(painter, option, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:  # type: ignore[override]
        """Only a chevron, on the first line, where there is something below."""
        if not self.model().hasChildren(index):
            return
        theme = self._theme
        name = "chevd" if self.isExpanded(index) else "chevr"
        line = min(rect.height(), theme.em(28))
        paint_icon(painter, theme, name, "text2", 14, rect.right() - theme.em(14), rect.y() + line / 2)


def _tone(node: Node) -> str:
    return "text3" if node.kind == "empty" else "text"


def _toggle(model: QAbstractItemModel, index: QModelIndex) -> bool:
    checked = Qt.CheckState(index.data(_CHECK) or 0) is Qt.CheckState.Checked
    return model.setData(index, Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked, _CHECK)
