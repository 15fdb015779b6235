"""The middle of the Import page: range and header above, the preview, the legend below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from widgets.importing.preview.model import tr
from widgets.importing.preview.view import GridView
from widgets.parts.buttons import Button, IconButton
from widgets.parts.controls import SegmentedControl, SelectBox
from widgets.parts.empty import EmptyState
from widgets.parts.labels import Label, Panel
from widgets.parts.painting import LEFT, corner_mark, hatch
from widgets.parts.plain_text import set_tip
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.options import HeaderChoice
from workers.core.model.plans import TablePlan

_MOST_HEADER_ROWS = 12


class Legend(QWidget):
    """What the colours of the preview mean."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """One line."""
        super().__init__(parent)
        self._theme = theme
        self._items = (
            (tr("Header"), "header_tint", ""),
            (tr("Left out"), "leftout_bg", "hatch"),
            (tr("Warning"), "warn_bg", "warn_line"),
            (tr("To decide or rejected"), "danger_bg", "danger_line"),
        )
        self.setAccessibleName(", ".join(item[0] for item in self._items))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.em(380), self._theme.em(28))

    def minimumSizeHint(self) -> QSize:
        """May be cut at the right."""
        return QSize(self._theme.em(60), self._theme.em(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the signs."""
        theme, painter = self._theme, QPainter(self)
        font = theme.font("caption")
        painter.setFont(font)
        x, side = 0, theme.em(14)
        for text, fill, sign in self._items:
            box = QRect(x, (self.height() - theme.em(12)) // 2, side, theme.em(12))
            painter.fillRect(box, theme.color(fill))
            if sign == "hatch":
                hatch(painter, theme, box)
            elif sign:
                corner_mark(painter, theme, box, sign)
            painter.setPen(theme.color("border_subtle"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setPen(theme.color("text2"))
            painter.drawText(QRect(x + side + theme.em(6), 0, theme.em(300), self.height()), int(LEFT), text)
            x += side + theme.em(6) + QFontMetrics(font).horizontalAdvance(text) + theme.em(18)


class GridPanel(Panel):
    """Preview with its toolbar.

    Signals:
        range_changed: Range text that the user set; empty for what was found.
        header_changed: A `HeaderChoice` that the user picked.
        all_changed: True for every row, False for head, flagged, tail.
        message_acted: The button of `show_message`.
    """

    range_changed = Signal(str)
    header_changed = Signal(object)
    all_changed = Signal(bool)
    message_acted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__("surface", parent=parent)
        self._theme = theme
        self.view = GridView(theme)
        self._range = QLineEdit()
        self._header = SelectBox(theme, tr("Header row"))
        self._use = Button(theme, "", kind="link")
        self._views = SegmentedControl(
            theme, tr("Rows shown"), (("folded", tr("Head, flagged, tail")), ("all", tr("All rows")))
        )
        self._next = IconButton(theme, "down", tr("Next flagged cell (F8)"))
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            theme, "table", tr("No table selected"), tr("Select a table at the left to see what will arrive.")
        )
        self._found_range = ""
        self._dispensable: tuple[tuple[QWidget, int], ...] = ()
        self._selected = ""
        self._build()
        self.show_message("table", tr("No table selected"), tr("Select a table at the left to see what will arrive."))

    def show_plan(self, plan: TablePlan, choice: HeaderChoice, cell_range: str | None) -> None:
        """Show range and header of a table."""
        self._found_range = str(plan.area) if plan.area else ""
        self._range.setText(cell_range or self._found_range)
        self._header.blockSignals(True)
        self._header.clear()
        found = (
            "–".join(str(row) for row in sorted({plan.header_rows[0], plan.header_rows[-1]}))
            if plan.header_rows
            else ""
        )
        if choice.kind == "auto":
            self._header.addItem(tr("{0}, found").format(found) if found else tr("None found"), HeaderChoice())
        else:
            self._header.addItem(tr("Find it"), HeaderChoice())
        self._header.addItem(tr("No header"), HeaderChoice("none"))
        for row in self._header_rows(plan):
            self._header.addItem(tr("Row {0}").format(row), HeaderChoice("rows", row, row))
        if choice.kind == "rows" and choice.last > choice.first:
            self._header.addItem(tr("Rows {0} to {1}").format(choice.first, choice.last), choice)
        self._header.setCurrentIndex(
            next((n for n in range(self._header.count()) if self._header.itemData(n) == choice), 0)
        )
        self._header.blockSignals(False)
        set_tip(self._header, spoken(plan.explanation))
        self._header.updateGeometry()
        self._stack.setCurrentWidget(self.view)

    def show_message(self, icon: str, heading: str, sentence: str, tone: str = "text3", action: str = "") -> None:
        """Say why there is nothing to see, and what can be done about it."""
        self._empty.set_content(icon, heading, sentence, action, tone)
        self.view.grid.clear()
        self._range.clear()
        self._header.clear()
        self._stack.setCurrentWidget(self._empty)

    def focus_range(self) -> None:
        """Put the cursor into the range field."""
        self._range.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._range.selectAll()

    def _build(self) -> None:
        theme = self._theme
        bar = Panel("surface", "bottom")
        bar.setFixedHeight(theme.size("toolbar"))
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.em(12), 0, theme.em(12), 0)
        row.setSpacing(theme.em(8))
        self._range.setFixedWidth(theme.em(104))
        self._range.setAccessibleName(tr("Range"))
        set_tip(self._range, tr("Range"))
        self._range.setPlaceholderText(tr("found"))
        self._use.hide()
        range_word, header_word = (Label(theme, word, "small", "text2") for word in (tr("Range"), tr("Header row")))
        for part in (range_word, self._range):
            row.addWidget(part)
        row.addSpacing(theme.em(4))
        row.addWidget(header_word)
        row.addWidget(self._header)
        row.addWidget(self._use)
        row.addStretch(1)
        row.addWidget(self._views)
        row.addWidget(self._next)
        foot = Panel("surface", "top")
        foot.setFixedHeight(theme.em(29))
        line = QHBoxLayout(foot)
        line.setContentsMargins(theme.em(14), 1, theme.em(14), 0)
        line.addWidget(Legend(theme), 1)
        arriving = Label(theme, tr("Values as they will arrive"), "caption", "text2")
        line.addWidget(arriving)
        # What gives way first in a narrow window; the fields have tooltips and names of their own.
        self._dispensable = ((arriving, 600), (header_word, 520), (range_word, 520), (self._next, 460))
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._empty.acted.connect(self.message_acted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)
        self._range.editingFinished.connect(self._on_range)
        self._header.activated.connect(self._on_header)
        self._views.chosen.connect(self._on_view)
        self._next.clicked.connect(self._on_next)
        self._use.clicked.connect(self._on_use)
        self.view.header_chosen.connect(self._on_header_row)
        self.view.range_selected.connect(self._on_selected)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words give way to fields where it is narrow."""
        super().resizeEvent(event)
        for part, px in self._dispensable:
            part.setVisible(self.width() >= self._theme.em(px))

    def _header_rows(self, plan: TablePlan) -> list[int]:
        first = max(1, min([plan.first_row, *plan.header_rows]) - _MOST_HEADER_ROWS // 2)
        return list(range(first, first + _MOST_HEADER_ROWS))

    @Slot()
    def _on_range(self) -> None:
        text = self._range.text().strip()
        if self._range.isModified():
            self._range.setModified(False)
            self.range_changed.emit("" if text == self._found_range else text)

    @Slot(int)
    def _on_header(self, number: int) -> None:
        self.header_changed.emit(self._header.itemData(number))

    @Slot(int)
    def _on_header_row(self, row: int) -> None:
        self.header_changed.emit(HeaderChoice("rows", row, row))

    @Slot(str)
    def _on_view(self, key: str) -> None:
        self.view.grid.set_all(key == "all")
        self.all_changed.emit(key == "all")

    @Slot()
    def _on_next(self) -> None:
        self.view.go_flagged()

    @Slot(str)
    def _on_selected(self, text: str) -> None:
        self._selected = text
        self._use.setVisible(bool(text))
        self._use.setText(tr("Use {0}").format(text))

    @Slot()
    def _on_use(self) -> None:
        if self._selected:
            self._range.setText(self._selected)
            self.range_changed.emit(self._selected)
