"""The preview's headers: letters with a card for each column above, Excel's row numbers at the left."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QLineEdit, QMenu, QWidget

from widgets.importing.preview.column_wording import NOTABLE, ColumnCard, card_of, type_icon, type_label
from widgets.importing.preview.model import GridModel, RowKind, tr
from widgets.parts.painting import LEFT, fill_round, paint_icon
from widgets.parts.plain_text import set_tip
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.options import PgType
from workers.core.model.plans import Finding

_LETTERS = 22
_HEIGHT = 152
_INSET = 3


class CardHeader(QHeaderView):
    """Excel's letters, and below them a card for each column that is loaded.

    Signals:
        renamed: Sheet column and the new name.
        retyped: Sheet column and the chosen type (`PgType` value).
    """

    renamed = Signal(int, str)
    retyped = Signal(int, str)

    def __init__(self, theme: Theme, model: GridModel, parent: QWidget) -> None:
        """Cards come from the model's plan."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._grid = theme, model
        self._findings: tuple[Finding, ...] = ()
        self._keys: frozenset[str] = frozenset()
        self._rows = 0
        self._cards: dict[int, ColumnCard] = {}
        self._editor: QLineEdit | None = None
        self._editing = -1
        self.current = -1
        self.setSectionsClickable(True)
        self.setSectionsMovable(False)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(theme.em(64))
        self.setDefaultSectionSize(theme.em(112))
        self.setFixedHeight(theme.em(_HEIGHT))
        self.sectionResized.connect(self._close_editor)

    def sizeHint(self) -> QSize:
        """The height of letters and cards."""
        return QSize(super().sizeHint().width(), self._theme.em(_HEIGHT))

    def set_facts(self, findings: tuple[Finding, ...], keys: tuple[str, ...], rows: int) -> None:
        """What the cards say besides the plan: findings, key columns, data rows."""
        self._findings, self._keys, self._rows = findings, frozenset(keys), rows
        self._cards.clear()
        self._close_editor()
        self.viewport().update()

    def set_current(self, column: int) -> None:
        """Mark a column as the one at hand."""
        if column != self.current:
            self.current = column
            self.viewport().update()

    def card(self, column: int) -> ColumnCard | None:
        """What the card of a column says, or None where nothing is loaded."""
        plan = self._grid.column_plan(column)
        if plan is None:
            return None
        found = self._cards.get(column)
        if found is None or found.plan is not plan:
            found = card_of(plan, self._findings, self._rows, plan.name in self._keys)
            self._cards[column] = found
        return found

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw letter and card."""
        theme = self._theme
        painter.save()
        letters = QRect(rect.x(), rect.y(), rect.width(), theme.em(_LETTERS))
        chosen = logicalIndex == self.current
        painter.fillRect(rect, theme.color("window"))
        if chosen:
            painter.fillRect(letters, theme.color("selected"))
        painter.setPen(theme.color("border_subtle"))
        painter.drawLine(rect.right(), letters.top(), rect.right(), letters.bottom())
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.setFont(theme.font("small", weight=600 if chosen else None))
        painter.setPen(theme.color("accent_text" if chosen else "text2"))
        painter.drawText(
            letters,
            int(Qt.AlignmentFlag.AlignCenter),
            str(self._grid.headerData(logicalIndex, Qt.Orientation.Horizontal)),
        )
        card = self.card(logicalIndex)
        if card is not None:
            self._paint_card(painter, self._card_rect(rect), card, chosen)
        painter.restore()

    def start_rename(self, column: int) -> None:
        """Edit a column's name in place (F2)."""
        card = self.card(column)
        if card is None:
            return
        self._close_editor()
        editor = QLineEdit(card.plan.name, self.viewport())
        editor.setProperty("scale", "small")
        editor.setFont(self._theme.font("small", weight=600))
        editor.setAccessibleName(tr("Name of column {0}").format(card.plan.letter))
        editor.setGeometry(self._name_rect(self._section_rect(column)))
        editor.selectAll()
        editor.editingFinished.connect(self._finish_rename)
        self._editor, self._editing = editor, column
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_types(self, column: int) -> None:
        """Open the menu of types with the evidence for the present one (Alt+Down)."""
        card = self.card(column)
        if card is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("Type of {0}").format(card.plan.name))
        if card.plan.evidence:
            evidence = QAction(_wrapped(spoken(card.plan.evidence)), menu)
            evidence.setEnabled(False)
            menu.addAction(evidence)
            menu.addSeparator()
        for each in PgType:
            action = QAction(self._theme.icon(type_icon(each)), each.value, menu)
            action.setCheckable(True)
            action.setChecked(each is card.plan.type)
            action.setData((column, each.value))
            action.triggered.connect(self._on_type)
            menu.addAction(action)
        if card.plan.fixed:
            menu.addSeparator()
            found = QAction(tr("By the cells"), menu)
            found.setData((column, ""))
            found.triggered.connect(self._on_type)
            menu.addAction(found)
        box = self._type_rect(self._section_rect(column))
        menu.popup(self.viewport().mapToGlobal(box.bottomLeft()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The card's name and type open their editors; the rest is as in any header."""
        at = event.position().toPoint()
        column = self.logicalIndexAt(at)
        if event.button() is Qt.MouseButton.LeftButton and column >= 0 and self.card(column) is not None:
            section = self._section_rect(column)
            near_edge = min(abs(at.x() - section.left()), abs(at.x() - section.right())) < self._theme.em(4)
            if not near_edge and self._name_rect(section).contains(at):
                self.start_rename(column)
                return
            if not near_edge and self._type_rect(section).contains(at):
                self.open_types(column)
                return
        super().mousePressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The whole evidence in the tooltip."""
        if event.type() == QEvent.Type.ToolTip:
            column = self.logicalIndexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
            card = self.card(column)
            plan = card.plan if card else None
            tip = f"{plan.source or plan.letter}\n{plan.type.value}\n{spoken(plan.evidence)}" if plan else ""
            set_tip(self.viewport(), tip)
        return super().viewportEvent(event)

    def _paint_card(self, painter: QPainter, rect: QRect, card: ColumnCard, chosen: bool) -> None:
        theme = self._theme
        fill_round(painter, QRectF(rect), theme.radius("card"), theme.color("surface"), theme.color("border"))
        if chosen:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), theme.radius("card"), theme.radius("card"))
        self._paint_name(painter, self._name_box(rect), card)
        self._paint_type(painter, self._type_box(rect), card)
        inner = rect.adjusted(theme.em(8), theme.em(50), -theme.em(8), 0)
        line = QRect(inner.x(), inner.y(), inner.width(), theme.em(17))
        painter.setFont(theme.font("caption", weight=500))
        painter.setPen(theme.color("danger_fg" if card.rejects else "text2"))
        painter.drawText(line, int(LEFT), card.figure)
        if card.severity in NOTABLE:
            icon, tone = NOTABLE[card.severity]
            paint_icon(painter, theme, icon, tone, 14, line.right() - theme.em(13), line.center().y())
        words = QRect(inner.x(), line.bottom() + 1, inner.width(), theme.em(43))
        self._paint_evidence(painter, words, spoken(card.plan.evidence))
        self._paint_fill(painter, QRectF(inner.x(), rect.bottom() - theme.em(7), inner.width(), theme.em(3)), card)

    def _paint_name(self, painter: QPainter, box: QRect, card: ColumnCard) -> None:
        theme = self._theme
        x = box.x() + theme.em(3)
        if card.key:
            paint_icon(painter, theme, "key", "info_fg", 13, x, box.center().y())
            x += theme.em(16)
        font = theme.font("small", weight=600)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        room = box.right() - x
        name = QFontMetrics(font).elidedText(card.plan.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRect(x, box.y(), room, box.height()), int(LEFT), name)

    def _paint_type(self, painter: QPainter, box: QRect, card: ColumnCard) -> None:
        theme = self._theme
        edge = theme.color("accent" if card.plan.fixed else "border_control")
        fill_round(painter, QRectF(box), theme.radius("chip"), theme.color("surface"), edge)
        paint_icon(painter, theme, type_icon(card.plan.type), "text2", 13, box.x() + theme.em(5), box.center().y())
        paint_icon(painter, theme, "chevd", "text2", 12, box.right() - theme.em(15), box.center().y())
        painter.setFont(theme.font("caption", weight=500))
        painter.setPen(theme.color("text"))
        room = box.adjusted(theme.em(21), 0, -theme.em(16), 0)
        metrics, label = QFontMetrics(painter.font()), type_label(card.plan.type)
        label = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(LEFT), label)

    def _paint_evidence(self, painter: QPainter, box: QRect, text: str) -> None:
        font = self._theme.font("caption")
        painter.setFont(font)
        painter.setPen(self._theme.color("text2"))
        metrics = QFontMetrics(font)
        y = box.y() + metrics.ascent()
        for line in _lines(text, metrics, box.width(), 3):
            painter.drawText(box.x(), y, line)
            y += self._theme.em(14)

    def _paint_fill(self, painter: QPainter, box: QRectF, card: ColumnCard) -> None:
        theme = self._theme
        radius = box.height() / 2
        short = 0.0 if card.short == 0 else max(card.short * box.width(), float(theme.em(5)))
        if short:
            tone = "danger_line" if card.rejects else "warn_line"
            fill_round(painter, box, radius, theme.color(tone))
        full = QRectF(box.x(), box.y(), max(0.0, box.width() - short), box.height())
        fill_round(painter, full, radius, theme.color("accent"))

    def _section_rect(self, column: int) -> QRect:
        return QRect(self.sectionViewportPosition(column), 0, self.sectionSize(column), self.height())

    def _card_rect(self, section: QRect) -> QRect:
        theme = self._theme
        top = section.y() + theme.em(_LETTERS + 2)
        inset = theme.em(_INSET)
        return QRect(section.x() + inset, top, section.width() - 2 * inset, section.bottom() - top - inset)

    def _name_rect(self, section: QRect) -> QRect:
        return self._name_box(self._card_rect(section))

    def _type_rect(self, section: QRect) -> QRect:
        return self._type_box(self._card_rect(section))

    def _name_box(self, card: QRect) -> QRect:
        theme = self._theme
        return QRect(card.x() + theme.em(5), card.y() + theme.em(4), card.width() - theme.em(10), theme.em(20))

    def _type_box(self, card: QRect) -> QRect:
        theme = self._theme
        return QRect(card.x() + theme.em(6), card.y() + theme.em(27), card.width() - theme.em(12), theme.em(21))

    def _on_type(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            column, value = action.data()
            self.retyped.emit(column, value)

    def _finish_rename(self) -> None:
        if self._editor is None:
            return
        column, name = self._editing, self._editor.text()
        self._close_editor()
        self.renamed.emit(column, name)

    def _close_editor(self) -> None:
        editor, self._editor, self._editing = self._editor, None, -1
        if editor is not None:
            editor.editingFinished.disconnect(self._finish_rename)
            editor.hide()
            editor.deleteLater()


class RowGutter(QHeaderView):
    """Excel's row numbers; a double click makes the row the header.

    Signals:
        header_chosen: Excel row that was double-clicked.
    """

    header_chosen = Signal(int)

    def __init__(self, theme: Theme, model: GridModel, parent: QWidget) -> None:
        """Numbers come from the model."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme, self._grid = theme, model
        self.current = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setDefaultSectionSize(theme.em(24))
        self.setFixedWidth(theme.em(54))
        set_tip(self, tr("Double-click a row number to make that row the header"))

    def set_current(self, row: int) -> None:
        """Mark the row at hand."""
        if row != self.current:
            self.current = row
            self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw the number."""
        theme = self._theme
        kind = self._grid.row_kind(logicalIndex)
        header = kind is RowKind.HEADER
        painter.save()
        fold = kind is RowKind.FOLD
        painter.fillRect(rect, theme.color("header_tint" if header else "sunken" if fold else "window"))
        painter.setPen(theme.color("border_subtle"))
        painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        strong = header or logicalIndex == self.current
        painter.setFont(theme.font("small", weight=600 if strong else None))
        painter.setPen(theme.color("text" if strong else "text3" if kind is RowKind.LEFT_OUT else "text2"))
        text = str(self._grid.headerData(logicalIndex, Qt.Orientation.Vertical))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(rect.adjusted(0, 0, -theme.em(8), 0), right, text)
        painter.restore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Make the row the header."""
        row = self.logicalIndexAt(QPoint(0, int(event.position().y())))
        if row >= 0 and self._grid.fold_at(row) is None:
            self.header_chosen.emit(self._grid.excel_row(row))


def _lines(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    lines: list[str] = []
    words = _breakable(text)
    while words and len(lines) < most:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line}{words[0]}".rstrip()) <= width:
            line += words.pop(0)
        if words and len(lines) == most - 1:
            line = f"{line}{words[0].rstrip()}…"
        lines.append(metrics.elidedText(line.rstrip(), Qt.TextElideMode.ElideRight, width))
    return lines


def _breakable(text: str) -> list[str]:
    """The pieces between which a line may break, with the space behind them; Chinese breaks anywhere but at marks."""
    return re.findall(r"[\u4e00-\u9fff][，。；：、）”]*|[^\s\u4e00-\u9fff]+\s*|\s+", text)


def _wrapped(text: str, width: int = 60) -> str:
    lines = [""]
    for piece in _breakable(text):
        if _columns(lines[-1]) + _columns(piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines).replace("&", "&&")


def _columns(text: str) -> int:
    """The width of a text in letters; a Chinese character is as wide as two."""
    return sum(2 if "\u2e80" <= char <= "\uffef" else 1 for char in text)
