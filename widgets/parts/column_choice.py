"""Which columns of a table are shown, in which order and how wide: chosen in a menu, with the mouse, and kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import IntEnum

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from widgets.parts.buttons import Button
from widgets.parts.tables import RowTable
from widgets.parts.wording import tr
from widgets.theme import Theme

_NARROWEST, _WIDEST = 20, 2000


class ColumnChoice(Button):
    """A button with a menu of the table's columns; the same menu opens over the table's header.

    Columns are kept by their names, so that a later version with other columns understands what was kept.
    """

    def __init__(
        self,
        theme: Theme,
        table: RowTable,
        columns: type[IntEnum],
        widths: Mapping[IntEnum, float],
        *,
        stretched: IntEnum,
        always: Collection[IntEnum],
        parent: QWidget | None = None,
    ) -> None:
        """Rule the columns of `table`, which has its model already.

        Args:
            theme: The look.
            table: The table.
            columns: Its columns.
            widths: How wide they usually are, in px at a 13 px base font.
            stretched: The one that takes what is left.
            always: Those that cannot be hidden. The first column keeps its place as well.
            parent: Owner.
        """
        super().__init__(theme, tr("Columns"), "chevd", parent=parent)
        # The arrow stands behind the word.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._table, self._columns, self._widths = table, columns, widths
        self._stretched, self._always = stretched, {stretched, *always}
        self.menu_actions: dict[str, QAction] = {}
        header = table.horizontalHeader()
        table.set_widths(widths)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self._menu = QMenu(self)
        self._fill()
        self.setMenu(self._menu)

    def show_usual(self) -> None:
        """Every column, where and as wide as it usually is."""
        header = self._table.horizontalHeader()
        for place, column in enumerate(self._columns):
            self.set_shown(column, True)
            header.moveSection(header.visualIndex(column), place)
        self._table.set_widths(self._widths)

    def set_shown(self, column: IntEnum, shown: bool) -> None:
        """Show or hide a column; those that are always shown stay."""
        shown = shown or column in self._always
        self._table.setColumnHidden(column, not shown)
        with QSignalBlocker(self.menu_actions[column.name]):
            self.menu_actions[column.name].setChecked(shown)

    def state(self) -> dict[str, object]:
        """Order, hidden ones and widths, to be kept."""
        header, columns = self._table.horizontalHeader(), list(self._columns)
        return {
            "order": [columns[header.logicalIndex(place)].name for place in range(len(columns))],
            "hidden": [column.name for column in columns if header.isSectionHidden(column)],
            "widths": {c.name: header.sectionSize(c) for c in columns if not header.isSectionHidden(c)},
        }

    def restore(self, state: object) -> None:
        """Take back `state`; what cannot be understood is left as it is."""
        if not isinstance(state, dict):
            return
        header, known = self._table.horizontalHeader(), {column.name: column for column in self._columns}
        hidden, order, widths = state.get("hidden"), state.get("order"), state.get("widths")
        for name in hidden if isinstance(hidden, list) else ():
            if name in known:
                self.set_shown(known[name], False)
        names = [name for name in order if name in known] if isinstance(order, list) else []
        for place, name in enumerate(dict.fromkeys(names)):
            if place or name == next(iter(known)):
                header.moveSection(header.visualIndex(known[name]), place)
        for name, width in widths.items() if isinstance(widths, dict) else ():
            fits = isinstance(width, int) and _NARROWEST <= width <= _WIDEST
            if fits and name in known and known[name] is not self._stretched:
                self._table.setColumnWidth(known[name], width)

    def _fill(self) -> None:
        model, across = self._table.model(), Qt.Orientation.Horizontal
        for column in self._columns:
            action = QAction(str(model.headerData(column, across, Qt.ItemDataRole.AccessibleTextRole)), self._menu)
            action.setCheckable(True)
            action.setChecked(True)
            action.setEnabled(column not in self._always)
            action.setData(int(column))
            action.toggled.connect(self._on_toggled)
            self._menu.addAction(action)
            self.menu_actions[column.name] = action
        self._menu.addSeparator()
        usual = QAction(tr("Usual columns"), self._menu)
        usual.triggered.connect(self._on_usual)
        self._menu.addAction(usual)

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.set_shown(self._columns(action.data()), shown)

    @Slot()
    def _on_usual(self) -> None:
        self.show_usual()

    @Slot(QPoint)
    def _on_header_menu(self, at: QPoint) -> None:
        self._menu.popup(self._table.horizontalHeader().mapToGlobal(at))
