"""Presenter of the look at a table: rows, export and the connection's address, all read off the UI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.presenters.database import DatabaseFlow
from app.services.table_export import Exported, export_table
from widgets.parts.wording import count
from widgets.table_preview.window import TableWindow
from widgets.theme import Theme
from workers.bridges.ui_calls import UiCalls
from workers.core.model.errors import SheetferryError
from workers.core.model.tasks import Target
from workers.database.table_reader import read_head, split_name
from workers.database.targets import url_with_password, url_without_password


class LookFlow(QObject):
    """Opens a window for each table that is asked for. Lives on the UI thread."""

    def __init__(
        self, theme: Theme, window: QWidget, database: DatabaseFlow, calls: UiCalls, parent: QObject | None = None
    ) -> None:
        """Windows belong to `window`."""
        super().__init__(parent)
        self._theme, self._window, self._database, self._calls = theme, window, database, calls

    @Slot(str)
    def open(self, table: str) -> TableWindow:
        """Show table ``schema.name`` of the present database as it stands."""
        look = TableWindow(self._theme, table, self._window)
        reached = self._database.current
        look.show()
        if reached is None:
            look.show_error(self.tr("The database is not ready."), self.tr("Try again when it is connected."))
            return look
        schema, name = split_name(table)
        TableLook(look, reached.target, schema, name, self._calls).read()
        return look


class TableLook(QObject):
    """What one window shows and exports. Lives as long as its window."""

    def __init__(self, look: TableWindow, target: Target, schema: str, name: str, calls: UiCalls) -> None:
        """Serve `look`, which shows that table of `target`."""
        super().__init__(look)
        self._look, self._target, self._schema, self._name, self._calls = look, target, schema, name, calls
        look.refresh_requested.connect(self.read)
        look.export_requested.connect(self._ask_export)
        look.connection_requested.connect(self._copy)

    @Slot()
    def read(self) -> None:
        """Read the first rows."""
        ask = partial(read_head, self._target, self._schema, self._name)
        self._calls.start(ask, self._look.show_head, self._unread, self)

    def _unread(self, error: BaseException) -> None:
        self._look.show_error(*_said(error))

    @Slot(str)
    def _ask_export(self, kind: str) -> None:
        title = self.tr("Export {0}").format(self._name)
        guarded = f"{self.tr('CSV for spreadsheets, texts like formulas guarded')} (*.csv)"
        filters = {
            "csv": [f"{self.tr('CSV, every text as it is')} (*.csv)", guarded, f"{self.tr('Excel workbook')} (*.xlsx)"],
            "xlsx": [f"{self.tr('Excel workbook')} (*.xlsx)"],
        }[kind]
        name = f"{self._name}.{kind}"
        chosen, wanted = QFileDialog.getSaveFileName(self._look, title, name, ";;".join(filters))
        if chosen:
            self.export(export_path(chosen, wanted), guarded=wanted == guarded)

    def export(self, path: Path, *, guarded: bool = False) -> None:
        """Write the whole table to `path` and say so in the window.

        Args:
            path: The file.
            guarded: Put an apostrophe before texts in CSV that a spreadsheet program would run as formulas.
        """
        self._look.say("info", self.tr("Writing {0} …").format(path.name))
        write = partial(export_table, self._target, self._schema, self._name, path, guarded=guarded)
        self._calls.start(write, partial(self._exported, path), self._unexported, self)

    def _exported(self, path: Path, done: Exported) -> None:
        title = self.tr("{0} rows are in {1}").format(count(done.rows), path)
        if not done.formulas:
            self._look.say("ok", title)
        elif done.guarded:
            said = self.tr("{0} texts that begin like a formula have an apostrophe in front.")
            self._look.say("ok", title, said.format(count(done.formulas)))
        else:
            said = self.tr(
                "{0} texts begin like a formula (=, +, -, @) and would be run by a spreadsheet program. For one, export"
                " to Excel, or choose the guarded CSV."
            )
            self._look.say("warn", title, said.format(count(done.formulas)))

    def _unexported(self, error: BaseException) -> None:
        self._look.say("danger", *_said(error))

    @Slot()
    def _copy(self) -> None:
        """The built-in database's address is of no use without its password, which is for this machine alone."""
        target = self._target
        text = url_with_password(target) if target.embedded else url_without_password(target)
        QGuiApplication.clipboard().setText(text)
        title = self.tr("The connection is in the clipboard")
        said = self.tr("With its password: it works on this machine only.") if target.embedded else ""
        self._look.say("ok", title, said or self.tr("Without a password."))


def export_path(chosen: str, wanted: str) -> Path:
    """The file that was chosen, with the ending of the wanted kind where it has none or that of the other kind."""
    path = Path(chosen)
    suffix = ".xlsx" if wanted.endswith("(*.xlsx)") else ".csv"
    if not path.suffix:
        return path.with_name(f"{path.name}{suffix}")
    return path.with_suffix(suffix) if path.suffix.lower() in {".csv", ".xlsx"} else path


def _said(error: BaseException) -> tuple[str, str]:
    if isinstance(error, SheetferryError):
        return error.info.message, error.info.hint or ""
    return str(error).splitlines()[0] if str(error) else type(error).__name__, ""
