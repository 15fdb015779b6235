"""The preview as a table model: rows as they were delivered, with folds where rows are missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from widgets.importing.preview.folding import cell_position
from widgets.parts.plain_text import plain_tip
from widgets.parts.wording import count
from widgets.translation import spoken
from workers.core.model.cells import address, column_letter
from workers.core.model.plans import ColumnPlan, Finding, TablePlan
from workers.core.model.tasks import PreviewGrid

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MIN_COLUMNS = 6


def tr(text: str) -> str:
    """Translate in the preview's context."""
    return QCoreApplication.translate("preview", text)


class RowKind(StrEnum):
    """What a row of the sheet is for the plan."""

    HEADER = "header"
    DATA = "data"
    LEFT_OUT = "left-out"
    FOLD = "fold"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class GridCell:
    """What the delegate draws: text (None is NULL), kind of row, mark (``warn``, ``danger``, ``info``, empty)."""

    text: str | None
    kind: RowKind
    mark: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    first: int
    last: int
    fold: bool = False


class GridModel(QAbstractTableModel):
    """Rows of one sheet as they will arrive.

    In the folded view the delivered rows are shown, and one row for each gap between them. In the full view every
    row of the sheet has its place, and rows not yet delivered are asked for when they are looked at.

    Signals:
        rows_needed: First and last Excel row that the view looks at and the model does not have.
    """

    rows_needed = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._plan: TablePlan | None = None
        self._columns: dict[int, ColumnPlan] = {}
        self._cells: dict[int, tuple[str | None, ...]] = {}
        self._numeric: dict[int, int] = {}
        self._marks: dict[tuple[int, int], str] = {}
        self._mark_codes: dict[tuple[int, int], str] = {}
        self._rows: list[_Row] = []
        self._place: dict[int, int] = {}
        self._width = 0
        self._total: int | None = None
        self._all = False

    @property
    def plan(self) -> TablePlan | None:
        """The table whose rows are shown."""
        return self._plan

    @property
    def shows_all(self) -> bool:
        """Whether the full view is on."""
        return self._all

    def column_plan(self, column: int) -> ColumnPlan | None:
        """The plan of a sheet column, or None where nothing is loaded from it."""
        return self._columns.get(column)

    def show(self, plan: TablePlan, findings: tuple[Finding, ...], grid: PreviewGrid) -> None:
        """Show a table from the beginning."""
        self.beginResetModel()
        self._plan = plan
        self._columns = {column.index: column for column in plan.columns}
        self._cells, self._numeric, self._total = {}, {}, None
        self._mark_findings(findings)
        self._merge(grid)
        self._arrange()
        self.endResetModel()

    def add(self, grid: PreviewGrid) -> None:
        """More rows of the same table."""
        if self._all:
            self._merge(grid)
            rows = [row for row, _ in grid.rows if row <= len(self._rows)]
            if rows:
                self.dataChanged.emit(self.index(min(rows) - 1, 0), self.index(max(rows) - 1, self._width - 1))
            return
        self.beginResetModel()
        self._merge(grid)
        self._arrange()
        self.endResetModel()

    def set_plan(self, plan: TablePlan, findings: tuple[Finding, ...]) -> None:
        """Names, types or marks are different; the rows are the same."""
        self._plan = plan
        self._columns = {column.index: column for column in plan.columns}
        self._mark_findings(findings)
        if self._rows and self._width:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self._width - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)

    def set_all(self, every: bool) -> None:
        """Switch between the folded and the full view."""
        if every != self._all:
            self.beginResetModel()
            self._all = every
            self._arrange()
            self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._plan, self._columns, self._cells, self._rows, self._place = None, {}, {}, [], {}
        self._marks, self._mark_codes, self._numeric, self._width = {}, {}, {}, 0
        self.endResetModel()

    def fold_at(self, row: int) -> tuple[int, int] | None:
        """First and last Excel row hidden by the fold in a grid row; None where there is no fold."""
        if not 0 <= row < len(self._rows) or not self._rows[row].fold:
            return None
        return self._rows[row].first, self._rows[row].last

    def fold_rows(self) -> list[int]:
        """Grid rows that are folds."""
        return [number for number, row in enumerate(self._rows) if row.fold]

    def excel_row(self, row: int) -> int:
        """The Excel row of a grid row (a fold's first), or 0."""
        return self._rows[row].first if 0 <= row < len(self._rows) else 0

    def grid_row(self, excel_row: int) -> int:
        """The grid row that shows an Excel row or hides it in its fold; -1 when it is not there."""
        found = self._place.get(excel_row)
        if found is not None:
            return found
        return next((n for n, row in enumerate(self._rows) if row.first <= excel_row <= row.last), -1)

    def row_kind(self, row: int) -> RowKind:
        """What a grid row is."""
        if not 0 <= row < len(self._rows) or self._plan is None:
            return RowKind.LEFT_OUT
        if self._rows[row].fold:
            return RowKind.FOLD
        return self._kind(self._rows[row].first)

    def lone_text(self, row: int) -> int:
        """The column of the only text in a row that is left out; -1 in every other row."""
        if self.row_kind(row) is not RowKind.LEFT_OUT:
            return -1
        filled = [column for column, text in enumerate(self._cells.get(self._rows[row].first, ())) if text]
        return filled[0] if len(filled) == 1 else -1

    def flagged_cells(self) -> list[tuple[int, int]]:
        """Marked cells as (Excel row, column) in reading order."""
        return sorted(self._marks)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Rows and folds."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Columns of the sheet."""
        return 0 if parent.isValid() else self._width

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Excel's letters and row numbers."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            fold = self.fold_at(section)
            return "⋮" if fold else count(self.excel_row(section))
        plan = self._columns.get(section)
        letter = column_letter(section)
        if role == Qt.ItemDataRole.DisplayRole or plan is None:
            return letter
        return f"{letter}, {plan.name}, {plan.type.value}, {spoken(plan.evidence)}"

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text as it will arrive; the whole cell under `CELL_ROLE`."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        if role == CELL_ROLE:
            return self._cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self._cell(index.row(), index.column())
            return tr("NULL") if cell.text is None else cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(index.row(), index.column()))
        return None

    def _cell(self, row: int, column: int) -> GridCell:
        shown = self._rows[row]
        if shown.fold:
            return GridCell(_fold_words(shown.first, shown.last), RowKind.FOLD)
        kind = self._kind(shown.first)
        texts = self._cells.get(shown.first)
        if texts is None:
            self.rows_needed.emit(shown.first, shown.first)
            return GridCell("", RowKind.PENDING)
        text = texts[column] if column < len(texts) else ""
        in_table = column in self._columns
        if kind is not RowKind.DATA or not in_table:
            kind = kind if in_table and kind is not RowKind.DATA else RowKind.LEFT_OUT
            text = text or ""
        mark = self._marks.get((shown.first, column), "")
        return GridCell(text, kind, mark, bool(self._numeric.get(shown.first, 0) >> column & 1))

    def _tip(self, row: int, column: int) -> str:
        place = address(self._rows[row].first, column)
        if self._rows[row].fold:
            return tr("Click to show these rows")
        code = self._mark_codes.get((self._rows[row].first, column))
        text = self._cell(row, column).text
        said = tr("NULL") if text is None else text
        return f"{place}: {said}" + (f"\n{code}" if code else "")

    def _kind(self, excel_row: int) -> RowKind:
        plan = self._plan
        if plan is None:
            return RowKind.LEFT_OUT
        if excel_row in plan.header_rows:
            return RowKind.HEADER
        if excel_row < plan.first_row or (plan.last_row is not None and excel_row > plan.last_row):
            return RowKind.LEFT_OUT
        return RowKind.LEFT_OUT if self._blank(excel_row) else RowKind.DATA

    def _blank(self, excel_row: int) -> bool:
        """Whether a delivered row of the table is wholly blank: such rows are not loaded."""
        texts = self._cells.get(excel_row)
        if texts is None:
            return False
        filled = any(column < len(texts) and texts[column] for column in self._columns)
        return not filled and not any((excel_row, column) in self._mark_codes for column in self._columns)

    def _merge(self, grid: PreviewGrid) -> None:
        for number, (row, texts) in enumerate(grid.rows):
            self._cells[row] = texts
            if number < len(grid.numeric):
                self._numeric[row] = grid.numeric[number]
        for cell, code in grid.marks:
            place = cell_position(cell)
            if place is not None:
                self._marks.setdefault(place, "danger" if "reject" in code else "warn")
                self._mark_codes.setdefault(place, code)
        if grid.total_rows is not None:
            self._total = grid.total_rows
        widest = max((len(texts) for texts in self._cells.values()), default=0)
        self._width = max(widest, max(self._columns, default=-1) + 1, _MIN_COLUMNS if self._cells else 0)

    def _mark_findings(self, findings: tuple[Finding, ...]) -> None:
        self._marks, self._mark_codes = {}, {}
        tones: Mapping[str, str] = {"decide": "danger", "warn": "warn", "info": "info"}
        strength = ("info", "warn", "danger")
        for finding in findings:
            if finding.code in ("left-out", "blank-rows") or finding.column is None:
                continue
            for cell in finding.cells if finding.severity != "info" else finding.cells[:1]:
                place = cell_position(cell)
                tone = tones[finding.severity]
                if place is None or strength.index(tone) < strength.index(self._marks.get(place, "info")):
                    continue
                self._marks[place] = tone
                self._mark_codes[place] = spoken(finding.message)

    def _arrange(self) -> None:
        if self._all and self._total is not None:
            self._rows = [_Row(number, number) for number in range(1, self._total + 1)]
            self._place = {number: number - 1 for number in range(1, self._total + 1)}
            return
        rows: list[_Row] = []
        before = 0
        for number in sorted(self._cells):
            if number > before + 1:
                rows.append(_Row(before + 1, number - 1, fold=True))
            rows.append(_Row(number, number))
            before = number
        if self._total is not None and self._total > before:
            rows.append(_Row(before + 1, self._total, fold=True))
        self._rows = rows
        self._place = {row.first: number for number, row in enumerate(rows) if not row.fold}


def _fold_words(first: int, last: int) -> str:
    rows = last - first + 1
    if rows == 1:
        return tr("1 row, {0}").format(count(first))
    return tr("{0} rows, {1} to {2}").format(count(rows), count(first), count(last))
