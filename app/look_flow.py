"""Presenter of the look at a table: rows, export and the connection's address, all read off the UI thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.database_flow import DatabaseFlow
from app.table_export import export_table
from widgets.looking.table_window import TableWindow
from widgets.theme import Theme
from workers.bridges.ui_calls import UiCalls
from workers.core.errors import SheetferryError
from workers.core.tasks import Target
from workers.database.looking import read_head, split_name
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
        target, (schema, name) = reached.target, split_name(table)
        look.refresh_requested.connect(lambda: self._read(look, target, schema, name))
        look.export_requested.connect(lambda kind: self._export(look, target, schema, name, kind))
        look.connection_requested.connect(lambda: self._copy(look, target))
        self._read(look, target, schema, name)
        return look

    def _read(self, look: TableWindow, target: Target, schema: str, name: str) -> None:
        def fail(error: BaseException) -> None:
            look.show_error(*_said(error))

        self._calls.start(partial(read_head, target, schema, name), look.show_head, fail, look)

    def _export(self, look: TableWindow, target: Target, schema: str, name: str, kind: str) -> None:
        title = self.tr("Export {0}").format(name)
        chosen, _ = QFileDialog.getSaveFileName(look, title, f"{name}.{kind}", f"*.{kind}")
        if chosen:
            path = Path(chosen if Path(chosen).suffix else f"{chosen}.{kind}")
            self.export(look, target, schema, name, path)

    def export(self, look: TableWindow, target: Target, schema: str, name: str, path: Path) -> None:
        """Write the whole table to `path` and say so in the window."""
        look.say("info", self.tr("Writing {0} …").format(path.name))

        def well(rows: int) -> None:
            look.say("ok", self.tr("{0} rows are in {1}").format(f"{rows:,}", path))

        def badly(error: BaseException) -> None:
            look.say("danger", *_said(error))

        self._calls.start(partial(export_table, target, schema, name, path), well, badly, look)

    def _copy(self, look: TableWindow, target: Target) -> None:
        """The built-in database's address is of no use without its password, which is for this machine alone."""
        text = url_with_password(target) if target.embedded else url_without_password(target)
        QGuiApplication.clipboard().setText(text)
        title = self.tr("The connection is in the clipboard")
        said = self.tr("With its password: it works on this machine only.") if target.embedded else ""
        look.say("ok", title, said or self.tr("Without a password."))


def _said(error: BaseException) -> tuple[str, str]:
    if isinstance(error, SheetferryError):
        return error.info.message, error.info.hint or ""
    return str(error).splitlines()[0] if str(error) else type(error).__name__, ""
