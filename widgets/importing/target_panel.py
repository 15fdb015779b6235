"""Where the rows go: database, schema, table, mode, keys, and what to know before the start."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from widgets.importing.view_data import ChangedOffer, TableDraft, TargetCheck, TargetNotice, TargetOption
from widgets.parts.buttons import Button
from widgets.parts.chips import RemovableChip
from widgets.parts.controls import SegmentedControl, SelectBox
from widgets.parts.flow import FlowLayout
from widgets.parts.labels import Label, Panel
from widgets.parts.notices import Notice
from widgets.parts.plain_text import set_tip
from widgets.theme import Theme
from workers.core.model.options import Mode

_ADD = "\0add"
_KEYED = (Mode.UPSERT, Mode.SKIP)


def tr(text: str) -> str:
    """Translate in the target's context."""
    return QCoreApplication.translate("target", text)


class TargetPanel(Panel):
    """Target of the selected table.

    Signals:
        changed: Schema (empty for the default), table, mode (`Mode` value) and keys (tuple) as the user set them.
        database_changed: Key of the chosen connection.
        connection_requested: The user wants to add or change a connection.
        only_changed_chosen: Key columns, and True to load only new and changed rows, False to load all of them.
        match_requested: The user wants to see how columns meet the existing table's.
        options_requested: The user wants the further options of this import.
    """

    changed = Signal(str, str, str, tuple)
    database_changed = Signal(str)
    connection_requested = Signal()
    match_requested = Signal()
    only_changed_chosen = Signal(tuple, bool)
    options_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Nothing chosen."""
        super().__init__("surface", "top", parent=parent)
        self._theme = theme
        self._keys: tuple[str, ...] = ()
        self._columns: tuple[str, ...] = ()
        self._said: object = None
        self._only_changed = self._leaves_out = False
        self._offer_keys: tuple[str, ...] = ()
        self._database_key = ""
        self._match = Button(theme, tr("Match columns…"), kind="link")
        self._options = Button(theme, tr("Options…"), kind="link")
        self._database = SelectBox(theme, tr("Database"), icon="db")
        self._schema = SelectBox(theme, tr("Schema"))
        self._table = QLineEdit()
        self._tables = QStringListModel(self)
        self._mode = SegmentedControl(
            theme,
            tr("Mode"),
            (
                (Mode.CREATE.value, tr("Create")),
                (Mode.APPEND.value, tr("Append")),
                (Mode.REPLACE.value, tr("Replace")),
                (Mode.UPSERT.value, tr("Upsert")),
                (Mode.SKIP.value, tr("Skip")),
            ),
        )
        self._mode_line = Label(theme, "", "caption", "text2", wrap=True)
        self._key_area = QWidget()
        self._key_flow = FlowLayout(self._key_area, theme.em(6))
        self._add_key = Button(theme, tr("Add"), "plus", "ghost", "small")
        self._notice_column = QVBoxLayout()
        self._build()
        self._database.addItem(tr("Default database"), "")
        self.set_schemas(())

    def set_databases(self, options: tuple[TargetOption, ...], current: str) -> None:
        """Connections on offer, and the chosen one."""
        self._database_key = current
        self._database.blockSignals(True)
        self._database.clear()
        for option in options:
            self._database.addItem(option.label, option.key)
        self._database.insertSeparator(self._database.count())
        self._database.addItem(tr("Add or change a connection…"), _ADD)
        self._database.setCurrentIndex(max(0, self._database.findData(current)))
        self._database.blockSignals(False)

    def set_schemas(self, schemas: tuple[str, ...]) -> None:
        """Schemas on offer; the first entry is always the default."""
        current = self._schema.currentData() or ""
        self._schema.blockSignals(True)
        self._schema.clear()
        self._schema.addItem(tr("default"), "")
        for name in schemas:
            self._schema.addItem(name, name)
        self._select_schema(current)
        self._schema.blockSignals(False)
        self._schema.updateGeometry()

    def set_tables(self, tables: tuple[str, ...]) -> None:
        """Names of existing tables, offered while typing."""
        self._tables.setStringList(list(tables))

    def show_draft(self, draft: TableDraft | None) -> None:
        """Show a draft's target."""
        self.setEnabled(draft is not None)
        if draft is None:
            # clear() would count as an edit of the user, and the next table's name would not be shown.
            self._table.setText("")
            self._show_keys((), ())
            return
        options = draft.options
        self._only_changed = options.only_changed and options.mode is Mode.UPSERT
        self._leaves_out = bool(draft.left_out)
        if self._table.text() != (options.table or "") and not self._table.isModified():
            self._table.setText(options.table or "")
            set_tip(self._table, options.table or "")
            self._table.setCursorPosition(0)
        self._select_schema(options.schema or "")
        self._mode.choose(options.mode.value)
        self._show_keys(options.keys, tuple(column.name for column in draft.plan.columns))
        self._say_mode()
        if draft.database and draft.database != self._database_key:
            self._database_key = draft.database
            self._database.setCurrentIndex(max(0, self._database.findData(draft.database)))

    def show_check(self, check: TargetCheck) -> None:
        """What is known about the target."""
        self._match.setVisible(bool(check.exists) or self._leaves_out)
        notices = check.notices
        if check.blocked:
            notices = (TargetNotice("danger", tr("It cannot start like this"), check.blocked), *notices)
        said = (notices, check.offer, self._only_changed)
        if said == self._said:
            return
        self._said = said
        while self._notice_column.count():
            item = self._notice_column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if check.offer is not None:
            self._notice_column.addWidget(self._offer(check.offer))
        for each in notices:
            self._notice_column.addWidget(Notice(self._theme, each.tone, each.title, each.text, icon=each.icon))

    def _offer(self, offer: ChangedOffer) -> Notice:
        """The choice between what is new or changed and all rows, with the reason for it."""
        notice = Notice(self._theme, "ok" if self._only_changed else "info", offer.title, offer.text, icon="history")
        if self._only_changed:
            notice.set_content("ok", tr("Only new and changed rows are loaded"), offer.text, "okc")
        word = tr("Load all rows") if self._only_changed else tr("Only new and changed rows")
        button = Button(self._theme, word, size="small")
        button.clicked.connect(self._on_offer)
        self._offer_keys = offer.keys
        notice.action_row.addWidget(button)
        notice.action_row.addStretch(1)
        return notice

    def _show_keys(self, keys: tuple[str, ...], columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._key_area.setVisible(Mode(self._mode.key) in _KEYED or bool(keys))
        if keys == self._keys and self._key_flow.count():
            return
        self._keys = keys
        while self._key_flow.count():
            item = self._key_flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self._add_key:
                widget.hide()
                widget.deleteLater()
        self._key_flow.addWidget(Label(self._theme, tr("Key"), "small", "text2"))
        for key in keys:
            chip = RemovableChip(self._theme, key, "key")
            chip.removed.connect(self._on_key_removed)
            self._key_flow.addWidget(chip)
        self._key_flow.addWidget(self._add_key)

    def _build(self) -> None:
        theme = self._theme
        self._table.setAccessibleName(tr("Table"))
        self._table.setMaxLength(63)
        completer = QCompleter(self._tables, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._table.setCompleter(completer)
        head = QHBoxLayout()
        head.addWidget(Label(theme, tr("Target"), "body", weight=600))
        head.addStretch(1)
        head.setSpacing(theme.em(14))
        head.addWidget(self._match)
        head.addWidget(self._options)
        self._match.hide()
        inner = QWidget()
        inner.setProperty("kind", "scroll")
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.em(16), theme.em(12), theme.em(16), theme.em(12))
        column.setSpacing(theme.em(8))
        column.addLayout(head)
        column.addLayout(self._line(tr("Database"), self._database))
        column.addLayout(self._line(tr("Schema"), self._schema))
        column.addLayout(self._line(tr("Table"), self._table))
        column.addWidget(self._mode)
        column.addWidget(self._mode_line)
        column.addWidget(self._key_area)
        self._notice_column.setSpacing(theme.em(8))
        column.addLayout(self._notice_column)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 1, 0, 0)
        outer.addWidget(scroll)
        self._database.activated.connect(self._on_database)
        self._schema.activated.connect(self._tell)
        self._table.editingFinished.connect(self._on_table)
        self._mode.chosen.connect(self._on_mode)
        self._match.clicked.connect(self.match_requested)
        self._options.clicked.connect(self.options_requested)
        self._add_key.clicked.connect(self._on_add_key)

    def _line(self, name: str, *fields: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.em(8))
        label = Label(self._theme, name, "small", "text2")
        label.setFixedWidth(self._theme.em(64))
        row.addWidget(label)
        for number, part in enumerate(fields):
            row.addWidget(part, 1 if number == len(fields) - 1 else 0)
        return row

    def _select_schema(self, name: str) -> None:
        if self._schema.findData(name) < 0:
            self._schema.addItem(name, name)
        self._schema.setCurrentIndex(self._schema.findData(name))

    def _say_mode(self) -> None:
        said = {
            Mode.CREATE: tr("Makes the table; it must not be there yet."),
            Mode.APPEND: tr("Adds the rows below those that are there."),
            Mode.REPLACE: tr("Puts these rows in place of all that are there."),
            Mode.UPSERT: tr("Updates rows with the same key, adds the others."),
            Mode.SKIP: tr("Adds rows whose key is not there yet."),
        }
        self._mode_line.setText(said[Mode(self._mode.key)])

    @Slot(int)
    def _on_database(self, number: int) -> None:
        key = self._database.itemData(number)
        if key == _ADD:
            self._database.setCurrentIndex(max(0, self._database.findData(self._database_key)))
            self.connection_requested.emit()
        elif key != self._database_key:
            self._database_key = str(key)
            self.database_changed.emit(self._database_key)

    @Slot()
    def _on_table(self) -> None:
        if self._table.isModified():
            self._table.setModified(False)
            self._tell()

    @Slot(str)
    def _on_mode(self, _key: str) -> None:
        self._say_mode()
        self._show_keys(self._keys, self._columns)
        self._tell()

    @Slot()
    def _on_add_key(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._columns:
            if name not in self._keys:
                action = QAction(name, menu)
                action.triggered.connect(self._on_key_chosen)
                menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(tr("No other column")).setEnabled(False)
        menu.popup(self._add_key.mapToGlobal(self._add_key.rect().bottomLeft()))

    @Slot()
    def _on_key_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._show_keys((*self._keys, action.text()), self._columns)
            self._tell()

    @Slot()
    def _on_offer(self) -> None:
        self.only_changed_chosen.emit(self._offer_keys, not self._only_changed)

    @Slot(str)
    def _on_key_removed(self, key: str) -> None:
        self._show_keys(tuple(each for each in self._keys if each != key), self._columns)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        schema = str(self._schema.currentData() or "")
        self.changed.emit(schema, self._table.text().strip(), self._mode.key, self._keys)
