"""Files, their sheets and tables as a tree with check marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel

from widgets.importing.view_data import FileEntry, FileState, TableRef
from widgets.parts.plain_text import plain_tip
from widgets.parts.wording import count, listed, short_count
from widgets.translation import spoken
from workers.core.model.plans import Finding, SheetSurvey, TablePlan

NODE_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_CHECKED, _UNCHECKED, _PARTLY = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked


def tr(text: str) -> str:
    """Translate in the tree's context."""
    return QCoreApplication.translate("files", text)


@dataclass(frozen=True, slots=True)
class Node:
    """What a row of the tree shows.

    Attributes:
        kind: ``file``, ``sheet`` (with its one table), ``group`` (a sheet of several tables), ``table``, ``empty``.
        path: The file.
        text: First line.
        second: Second line of a file, with its icon and tone; empty for none.
        right: Short figure at the right.
        icon: Icon of the row.
        ref: The table that the row stands for, or None.
        flagged: Whether something waits for a choice there.
        checkable: Whether it has a check box.
    """

    kind: Literal["file", "sheet", "group", "table", "empty"]
    path: str
    text: str
    second: str = ""
    second_icon: str = ""
    second_tone: str = "neutral"
    right: str = ""
    icon: str = "file"
    ref: TableRef | None = None
    flagged: bool = False
    checkable: bool = True


class FileTreeModel(QStandardItemModel):
    """The tree; only rows of a changed file are rebuilt.

    Signals:
        checks_changed: The set of chosen tables is different now.
    """

    checks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._files: dict[str, QStandardItem] = {}
        self._entries: dict[str, FileEntry] = {}
        self._quiet = False
        self.itemChanged.connect(self._on_item_changed)

    @property
    def paths(self) -> list[str]:
        """Every file in order."""
        return list(self._entries)

    def entry(self, path: str) -> FileEntry | None:
        """A file's entry."""
        return self._entries.get(path)

    def put(self, entry: FileEntry) -> None:
        """Add a file or show how it stands now; sheets are rebuilt only when its survey changed."""
        before = self._entries.get(entry.path)
        if before == entry:
            return
        self._entries[entry.path] = entry
        self._quiet = True
        item = self._files.get(entry.path)
        if item is None:
            item = QStandardItem()
            item.setEditable(False)
            self._files[entry.path] = item
            _fill(item, file_node(entry))
            item.setCheckState(_CHECKED if entry.checked else _UNCHECKED)
            self.appendRow(item)
        else:
            _fill(item, file_node(entry))
        if before is None or before.survey is not entry.survey:
            known = _leaves(item)
            chosen: list[TableRef] = []
            _collect(item, chosen)
            item.removeRows(0, item.rowCount())
            self._add_sheets(item, entry)
            for leaf, row in _leaves(item).items():
                # What was chosen before a file was read again stays so.
                if leaf in known:
                    row.setCheckState(_CHECKED if leaf in chosen else _UNCHECKED)
            self._sum_up(item)
        self._quiet = False
        self.checks_changed.emit()

    def remove(self, paths: Iterable[str]) -> None:
        """Take files out."""
        for path in paths:
            item = self._files.pop(path, None)
            self._entries.pop(path, None)
            if item is not None:
                self.removeRow(item.row())
        self.checks_changed.emit()

    def checked_refs(self) -> list[TableRef]:
        """Every chosen table in order."""
        found: list[TableRef] = []
        for item in self._files.values():
            _collect(item, found)
        return found

    def index_of(self, ref: TableRef) -> QModelIndex:
        """Where a table's row is; an invalid index when it is not there."""
        item = self._files.get(ref.path)
        found = _find(item, ref) if item is not None else None
        return found.index() if found is not None else QModelIndex()

    def set_flagged(self, ref: TableRef, flagged: bool) -> None:
        """Mark a table as waiting for a choice."""
        index = self.index_of(ref)
        if not index.isValid():
            return
        item = self.itemFromIndex(index)
        node: Node = item.data(NODE_ROLE)
        if node.flagged != flagged:
            self._quiet = True
            _fill(item, Node(**{**_fields(node), "flagged": flagged}))
            self._quiet = False

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts for people and readers come from the node."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return super().data(index, role)
        node: Node | None = super().data(index, NODE_ROLE)
        if node is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return node.text
        parts = [node.path if node.kind == "file" else node.text, node.second, node.right]
        said = "\n".join(part for part in parts if part)
        return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said

    def _add_sheets(self, item: QStandardItem, entry: FileEntry) -> None:
        if entry.survey is None:
            return
        for sheet in entry.survey.sheets:
            row = QStandardItem()
            row.setEditable(False)
            _fill(row, sheet_node(entry.path, sheet))
            visible = sheet.sheet.visibility == "visible" and entry.checked
            row.setCheckState(_CHECKED if visible and sheet.tables else _UNCHECKED)
            if len(sheet.tables) > 1:
                for plan in sheet.tables:
                    child = QStandardItem()
                    child.setEditable(False)
                    _fill(child, table_node(entry.path, plan))
                    child.setCheckState(_CHECKED if visible else _UNCHECKED)
                    row.appendRow(child)
            item.appendRow(row)

    def _on_item_changed(self, item: QStandardItem) -> None:
        if self._quiet:
            return
        self._quiet = True
        if item.checkState() is not _PARTLY:
            _spread(item, item.checkState())
        top = item
        while top.parent() is not None:
            top = top.parent()
        self._sum_up(top)
        self._quiet = False
        self.checks_changed.emit()

    def _sum_up(self, item: QStandardItem) -> None:
        states = set()
        for row in range(item.rowCount()):
            child = item.child(row)
            if child.rowCount():
                self._sum_up(child)
            node: Node = child.data(NODE_ROLE)
            if node.checkable:
                states.add(child.checkState())
        if states:
            item.setCheckState(states.pop() if len(states) == 1 else _PARTLY)


def file_node(entry: FileEntry) -> Node:
    """The row of a file: its state on the second line."""
    second, icon, tone = entry.note, "info" if entry.note else "", entry.note_tone
    if entry.note_tone == "neutral" and entry.note:
        icon = "okc"
    if entry.state is FileState.WAITING:
        second, icon, tone = tr("Waiting to be read"), "wait", "neutral"
    elif entry.state is FileState.READING:
        share = f", {round(entry.fraction * 100)}%" if entry.fraction is not None else ""
        second, icon, tone = tr("Reading") + share, "run", "neutral"
    elif entry.error is not None and entry.error.kind == "encrypted":
        second, icon, tone = tr("Needs a password"), "lock", "danger"
    elif entry.error is not None:
        second, icon, tone = spoken(entry.error.message), "error", "danger"
    elif entry.survey is not None and not second:
        second, icon = _summary(entry), ""
    checkable = entry.state is FileState.READY and entry.survey is not None
    return Node("file", entry.path, entry.name, second, icon, tone, icon="file", checkable=checkable)


def _summary(entry: FileEntry) -> str:
    survey = entry.survey
    if survey is None:
        return ""
    tables = [plan for sheet in survey.sheets for plan in sheet.tables]
    if not tables:
        return tr("No table found")
    parent = PurePath(entry.path).parent.name
    parts = [tr("1904 dates")] if survey.date_1904 else []
    parts.append(tr("{0} tables").format(len(tables)) if len(tables) > 1 else tr("1 table"))
    if parent:
        parts.append(parent)
    return listed(*parts)


def sheet_node(path: str, sheet: SheetSurvey) -> Node:
    """The row of a sheet."""
    hidden = sheet.sheet.visibility != "visible"
    icon = "hidden" if hidden else "sheet"
    if not sheet.tables:
        return Node("empty", path, sheet.sheet.name, right=tr("no data"), icon=icon, checkable=False)
    if len(sheet.tables) > 1:
        right = tr("{0} tables").format(len(sheet.tables))
        return Node("group", path, sheet.sheet.name, right=right, icon=icon)
    plan = sheet.tables[0]
    flagged = any(_open(f) for f in (*sheet.findings, *plan.findings))
    return Node("sheet", path, sheet.sheet.name, right=_rows(plan), icon=icon, ref=_ref(path, plan), flagged=flagged)


def table_node(path: str, plan: TablePlan) -> Node:
    """The row of one of several tables on a sheet."""
    area = str(plan.area) if plan.area else tr("from row {0}").format(plan.first_row)
    name = plan.name or tr("Table {0}").format(plan.ordinal + 1)
    flagged = any(_open(f) for f in plan.findings)
    return Node("table", path, name, right=area, icon="table", ref=_ref(path, plan), flagged=flagged)


def _open(finding: Finding) -> bool:
    return finding.severity == "decide" and len(finding.choices) > 1


def _rows(plan: TablePlan) -> str:
    if plan.rows is None:
        return ""
    return count(plan.rows) if plan.rows < 1_000_000 else short_count(plan.rows)


def _ref(path: str, plan: TablePlan) -> TableRef:
    return TableRef(path, plan.sheet.index, plan.ordinal)


def _fill(item: QStandardItem, node: Node) -> None:
    if item.data(NODE_ROLE) != node:
        item.setData(node, NODE_ROLE)
        item.setCheckable(node.checkable)


def _fields(node: Node) -> dict[str, Any]:
    return {name: getattr(node, name) for name in Node.__slots__}


def _spread(item: QStandardItem, state: Qt.CheckState) -> None:
    for row in range(item.rowCount()):
        child = item.child(row)
        node: Node = child.data(NODE_ROLE)
        if node.checkable:
            child.setCheckState(state)
            _spread(child, state)


def _collect(item: QStandardItem, found: list[TableRef]) -> None:
    node: Node = item.data(NODE_ROLE)
    if node.ref is not None and item.checkState() is _CHECKED and node.checkable:
        found.append(node.ref)
    for row in range(item.rowCount()):
        _collect(item.child(row), found)


def _leaves(item: QStandardItem) -> dict[TableRef, QStandardItem]:
    """The rows of tables below a row."""
    found: dict[TableRef, QStandardItem] = {}
    for number in range(item.rowCount()):
        child = item.child(number)
        node: Node = child.data(NODE_ROLE)
        if node.ref is not None and node.checkable:
            found[node.ref] = child
        found |= _leaves(child)
    return found


def _find(item: QStandardItem, ref: TableRef) -> QStandardItem | None:
    node: Node = item.data(NODE_ROLE)
    if node.ref == ref:
        return item
    for row in range(item.rowCount()):
        found = _find(item.child(row), ref)
        if found is not None:
            return found
    return None
