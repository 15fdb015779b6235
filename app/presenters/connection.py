"""Presenter of saved connections: the dialog, its test, and the list of databases on offer."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from app.presenters.database import DatabaseFlow, ReachedTarget
from widgets.connections.connection_dialog import ConnectionData, ConnectionDialog
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import TargetOption
from widgets.shell.main_window import MainWindow
from widgets.theme import Theme
from workers.bridges.ui_calls import UiCalls
from workers.core.model.errors import SheetferryError
from workers.core.model.tasks import Secret, Target
from workers.core.settings.resolve import Settings
from workers.database.catalog import schemas
from workers.database.engines import connect_bulk
from workers.database.local.saved_connections import PasswordPlace, SavedConnections

CONFIGURED = ""
"""Key of the target that the settings choose: the embedded server, or a URL."""


class ConnectionFlow(QObject):
    """Connects the target's choice with the saved connections. Lives on the UI thread."""

    def __init__(
        self,
        saved: SavedConnections,
        theme: Theme,
        window: MainWindow,
        page: ImportPage,
        database: DatabaseFlow,
        calls: UiCalls,
        parent: QObject | None = None,
    ) -> None:
        """Connect everything."""
        super().__init__(parent)
        self._saved, self._theme, self._window, self._page = saved, theme, window, page
        self._database, self._calls = database, calls
        self._current = CONFIGURED
        self._dialog: ConnectionDialog | None = None
        self._save_password = True
        page.connection_requested.connect(self.open)
        page.database_changed.connect(self._choose)
        database.reached.connect(self._on_reached)

    def use_settings(self, settings: Settings) -> None:
        """What new connections propose."""
        self._save_password = settings.flag("database.save_password")

    @Slot()
    def refresh(self) -> None:
        """Read the list of connections again."""
        self._calls.start(self._saved.names, self._offer, parent=self)

    def _offer(self, names: list[str]) -> None:
        reached = self._database.current
        own = self.tr("Built-in database")
        if reached is not None and not reached.target.embedded and self._current == CONFIGURED:
            own = f"{reached.target.dbname} · {reached.target.host or 'localhost'}"
        options = (TargetOption(CONFIGURED, own), *(TargetOption(name, name) for name in names))
        self._page.set_databases(options, self._current)

    @Slot(object)
    def _on_reached(self, reached: ReachedTarget) -> None:
        self.refresh()

        def read() -> tuple[str, ...]:
            with reached.engine.connect() as connection:
                return tuple(entry.name for entry in schemas(connection) if entry.writable)

        self._calls.start(read, self._page.set_schemas, lambda _: None, self)

    @Slot(str)
    def _choose(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self._database.switch(key or None)

    # ---- the dialog

    @Slot()
    def open(self) -> None:
        """Show the dialog with what is saved."""
        self._calls.start(self._read, self._open, parent=self)

    def _read(self) -> tuple[tuple[ConnectionData, ...], bool]:
        found = tuple(
            _shown(name, self._saved.target(name), self._saved.password_place(name) != "nowhere")
            for name in self._saved.names()
        )
        return found, self._saved.keyring_usable()

    def _open(self, read: tuple[tuple[ConnectionData, ...], bool]) -> None:
        connections, keyring = read
        dialog = ConnectionDialog(self._theme, self._window, keyring=keyring, save_password=self._save_password)
        dialog.set_connections(connections, self._current)
        dialog.test_requested.connect(self._test)
        dialog.saved.connect(self._save)
        dialog.removed.connect(self._remove)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    @Slot(object)
    def _test(self, data: ConnectionData) -> None:
        dialog = self._dialog

        def attempt() -> str:
            with connect_bulk(self._target(data), "test") as connection:
                return connection.info.parameter_status("server_version") or ""

        def well(version: str) -> None:
            if dialog is not None:
                dialog.show_result(True, self.tr("Connected to PostgreSQL {0}.").format(version))

        def badly(error: BaseException) -> None:
            if dialog is not None:
                hint = error.info.hint if isinstance(error, SheetferryError) else None
                dialog.show_result(False, str(error), hint or "")

        self._calls.start(attempt, well, badly, dialog)

    def _target(self, data: ConnectionData) -> Target:
        """On an I/O thread: a kept password is fetched when none was typed."""
        password = Secret(data.password) if data.password else None
        if password is None and data.key and data.has_saved_password:
            password = self._saved.target(data.key).password
        options = (("sslmode", data.sslmode),)
        return Target(data.host, data.port, data.user, data.database, password, options, label=data.label)

    @Slot(object)
    def _save(self, data: ConnectionData) -> None:
        def keep() -> str:
            target = self._target(data)
            place: PasswordPlace = "keyring" if self._saved.keyring_usable() else "file"
            kept: PasswordPlace = place if data.save_password else "nowhere"
            self._saved.save(data.label, replace(target, label=data.label), password=kept)
            if data.key and data.key != data.label:
                self._saved.remove(data.key)
            return data.label

        self._calls.start(keep, self._use, self._complain, self)

    def _use(self, name: str) -> None:
        self._current = name
        self._database.switch(name)
        self.refresh()

    def _complain(self, error: BaseException) -> None:
        if self._dialog is not None:
            hint = error.info.hint if isinstance(error, SheetferryError) else None
            self._dialog.show_result(False, str(error), hint or "")

    @Slot(str)
    def _remove(self, key: str) -> None:
        self._calls.start(lambda: self._saved.remove(key), lambda _: self._removed(key), self._complain, self)

    def _removed(self, key: str) -> None:
        if key == self._current:
            self._choose(CONFIGURED)
        self.refresh()


def _shown(name: str, target: Target, has_password: bool) -> ConnectionData:
    return ConnectionData(
        key=name,
        label=name,
        host=target.host,
        port=target.port,
        database=target.dbname,
        user=target.user,
        sslmode=dict(target.options).get("sslmode", "prefer"),
        has_saved_password=has_password,
        save_password=has_password,
    )
