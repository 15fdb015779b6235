"""Past imports as a table model with a heading row for each day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from widgets.history.history_data import HistoryEntry
from widgets.parts import wording
from widgets.parts.wording import count
from widgets.translation import spoken

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def tr(text: str) -> str:
    """Translate in the history's context."""
    return QCoreApplication.translate("history", text)


class Col(IntEnum):
    """Columns of the history."""

    STATE = 0
    FILE = 1
    TABLE = 2
    LOADED = 3
    REJECTED = 4
    WHEN = 5


@dataclass(frozen=True, slots=True)
class StateSign:
    """Word, tone and icon of a state."""

    word: str
    tone: str
    icon: str


def state_sign(state: str) -> StateSign:
    """How a ledger state is shown."""
    signs = {
        "loaded": StateSign(tr("Loaded"), "ok", "okc"),
        "failed": StateSign(tr("Failed"), "danger", "error"),
        "cancelled": StateSign(tr("Cancelled"), "neutral", "x"),
        "unchanged": StateSign(tr("Unchanged"), "neutral", "okc"),
        "unknown": StateSign(tr("Unknown"), "warn", "warn"),
        "undone": StateSign(tr("Undone"), "neutral", "undo"),
        "superseded": StateSign(tr("Replaced"), "neutral", "history"),
        "gone": StateSign(tr("Table gone"), "neutral", "x"),
    }
    return signs.get(state, StateSign(state, "neutral", "info"))


def second_line(entry: HistoryEntry) -> str:
    """Sheet, mode and remark."""
    outcome = entry.outcome
    if entry.state == "failed" and outcome.error is not None:
        return " · ".join(part for part in (outcome.sheet, spoken(outcome.error.message)) if part)
    note = entry.note
    if entry.ended is not None:
        note = f"{state_sign(entry.state).word} {wording.day(entry.ended.date())} {entry.ended:%H:%M}"
    return " · ".join(part for part in (outcome.sheet, wording.mode_word(outcome.mode), note) if part)


def file_name(entry: HistoryEntry) -> str:
    """The file without its folder."""
    return entry.outcome.file.replace("\\", "/").rstrip("/").rpartition("/")[2]


class HistoryModel(QAbstractTableModel):
    """Entries, newest first; a row is an entry or a day's heading."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._today = wording.today()
        self._rows: list[HistoryEntry | dt.date] = []

    def set_entries(self, entries: tuple[HistoryEntry, ...], today: dt.date | None = None) -> None:
        """Show other entries, given newest first."""
        self.beginResetModel()
        self._today = today or wording.today()
        self._rows = []
        day: dt.date | None = None
        for entry in entries:
            if entry.when.date() != day:
                day = entry.when.date()
                self._rows.append(day)
            self._rows.append(entry)
        self.endResetModel()

    def entry_at(self, row: int) -> HistoryEntry | None:
        """The entry in a row; None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, HistoryEntry) else None

    def row_of(self, import_id: str) -> int:
        """The row of an import, or -1."""
        for number, row in enumerate(self._rows):
            if isinstance(row, HistoryEntry) and row.outcome.import_id == import_id:
                return number
        return -1

    def heading_rows(self) -> list[int]:
        """Rows that are headings."""
        return [number for number, row in enumerate(self._rows) if not isinstance(row, HistoryEntry)]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Entries and headings."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """All columns."""
        return 0 if parent.isValid() else len(Col)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns; figures stand at the right."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Col):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            names = tr("State"), tr("File and sheet"), tr("Table"), tr("Loaded"), tr("Rejected"), tr("When")
            return names[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= Col.LOADED:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be selected."""
        if self.entry_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text for people and readers; the entry under `ENTRY_ROLE`."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ENTRY_ROLE:
            return row if isinstance(row, HistoryEntry) else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if not isinstance(row, HistoryEntry):
            return self._day(row) if index.column() == 0 else ""
        outcome = row.outcome
        words = {
            Col.STATE: state_sign(row.state).word,
            Col.FILE: f"{file_name(row)}\n{second_line(row)}",
            Col.TABLE: outcome.table or "–",
            Col.LOADED: count(outcome.rows_loaded),
            Col.REJECTED: count(outcome.rows_rejected),
            Col.WHEN: row.when.strftime("%H:%M"),
        }
        return words[Col(index.column())]

    def _day(self, day: dt.date) -> str:
        year = day.year != self._today.year
        said = wording.day(day, year=year)
        if day == self._today:
            return tr("Today, {0}").format(said)
        if day == self._today - dt.timedelta(days=1):
            return tr("Yesterday, {0}").format(said)
        return wording.day(day, year=year, weekday=True)
