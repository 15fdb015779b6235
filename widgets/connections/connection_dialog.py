"""Where the database is and how to log in: a dialog that tests before it saves."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from widgets.parts.buttons import Button
from widgets.parts.controls import SelectBox
from widgets.parts.labels import Label, Panel
from widgets.parts.notices import Notice
from widgets.theme import Theme
from widgets.translation import spoken

SSL_MODES = ("prefer", "disable", "allow", "require", "verify-ca", "verify-full")
_DEFAULT_PORT = 5432


@dataclass(frozen=True, slots=True)
class ConnectionData:
    """One connection as the dialog shows it.

    Attributes:
        key: Key of a saved connection; empty for a new one.
        password: What was typed; empty keeps a saved one. Never shown by repr.
        save_password: Keep it in the system keyring.
        has_saved_password: Whether the keyring holds one already.
        embedded: The program's own server: shown, not editable.
    """

    key: str = ""
    label: str = ""
    host: str = "localhost"
    port: int = _DEFAULT_PORT
    database: str = "postgres"
    user: str = "postgres"
    password: str = field(default="", repr=False)
    sslmode: str = "prefer"
    save_password: bool = True
    has_saved_password: bool = False
    embedded: bool = False


class ConnectionDialog(QDialog):
    """Saved connections at the left, the fields at the right. Open it with `open`, it blocks nothing.

    Signals:
        test_requested: `ConnectionData` to try; answer with `show_result`.
        saved: `ConnectionData` to keep and use.
        removed: Key of a saved connection to forget.
    """

    test_requested = Signal(object)
    saved = Signal(object)
    removed = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, keyring: bool = True, save_password: bool = True
    ) -> None:
        """Nothing is saved yet.

        Args:
            theme: The look.
            parent: The window.
            keyring: Whether it is usable; if not, the dialog says that the password goes into a private file instead.
            save_password: Whether a new connection's password is proposed to be kept.
        """
        super().__init__(parent)
        self._theme, self._fresh = theme, ConnectionData(save_password=save_password)
        self._connections: dict[str, ConnectionData] = {}
        self._key = ""
        self.setWindowTitle(self.tr("Connections"))
        self.setMinimumSize(theme.em(620), theme.em(400))
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Saved connections"))
        self._list.setFixedWidth(theme.em(180))
        self._label, self._host, self._dbname = QLineEdit(), QLineEdit(), QLineEdit()
        self._user, self._password = QLineEdit(), QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._port = QSpinBox()
        self._port.setRange(1, 65535)
        self._ssl = SelectBox(theme, self.tr("SSL mode"))
        self._ssl.addItems(list(SSL_MODES))
        keep = self.tr("Keep the password in the system keyring")
        file = self.tr("Keep the password in a file that only you can read")
        self._keep = QCheckBox(keep if keyring else file)
        self._result = Notice(theme, "info")
        self._result.hide()
        self._test = Button(theme, self.tr("Test"), "run")
        self._remove = Button(theme, self.tr("Remove"), kind="ghost")
        self._cancel = Button(theme, self.tr("Cancel"))
        self._save = Button(theme, self.tr("Save and use"), kind="primary")
        self._fields = QWidget()
        self._build()
        self._show(self._fresh)

    def set_connections(self, connections: tuple[ConnectionData, ...], current: str = "") -> None:
        """Show the saved connections and one of them."""
        self._connections = {each.key: each for each in connections}
        self._list.blockSignals(True)
        self._list.clear()
        for each in connections:
            item = QListWidgetItem(self._theme.icon("db"), each.label or each.host)
            item.setData(Qt.ItemDataRole.UserRole, each.key)
            self._list.addItem(item)
            if each.key == current:
                self._list.setCurrentItem(item)
        fresh = QListWidgetItem(self._theme.icon("plus"), self.tr("New connection"))
        fresh.setData(Qt.ItemDataRole.UserRole, "")
        self._list.addItem(fresh)
        if current not in self._connections:
            self._list.setCurrentItem(fresh)
        self._list.blockSignals(False)
        self._show(self._connections.get(current, self._fresh))

    def data(self) -> ConnectionData:
        """What the fields say now."""
        old = self._connections.get(self._key)
        return ConnectionData(
            key=self._key,
            label=self._label.text().strip() or f"{self._dbname.text().strip()} · {self._host.text().strip()}",
            host=self._host.text().strip(),
            port=self._port.value(),
            database=self._dbname.text().strip(),
            user=self._user.text().strip(),
            password=self._password.text(),
            sslmode=self._ssl.currentText(),
            save_password=self._keep.isChecked(),
            has_saved_password=bool(old and old.has_saved_password),
        )

    def show_result(self, ok: bool, message: str, hint: str = "") -> None:
        """Say how the test went."""
        self._test.setEnabled(True)
        self._test.setText(self.tr("Test"))
        self._result.set_content("ok" if ok else "danger", spoken(message), spoken(hint))
        self._result.show()

    def _build(self) -> None:
        theme = self._theme
        form = QFormLayout(self._fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.em(12))
        form.setVerticalSpacing(theme.em(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        place = QHBoxLayout()
        place.setSpacing(theme.em(8))
        place.addWidget(self._host, 1)
        place.addWidget(Label(theme, self.tr("Port"), "small", "text2"))
        place.addWidget(self._port)
        for name, widget in (
            (self.tr("Name"), self._label),
            (self.tr("Host"), None),
            (self.tr("Database"), self._dbname),
            (self.tr("User"), self._user),
            (self.tr("Password"), self._password),
            (self.tr("SSL mode"), self._ssl),
        ):
            label = Label(theme, name, "small", "text2")
            if widget is None:
                label.setBuddy(self._host)
                self._host.setAccessibleName(name)
                form.addRow(label, place)
            else:
                label.setBuddy(widget)
                widget.setAccessibleName(name)
                form.addRow(label, widget)
        self._port.setAccessibleName(self.tr("Port"))
        form.addRow(Label(theme, ""), self._keep)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.em(8))
        buttons.addWidget(self._test)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        right = QVBoxLayout()
        right.setContentsMargins(theme.em(16), theme.em(16), theme.em(16), theme.em(16))
        right.setSpacing(theme.em(12))
        right.addWidget(self._fields)
        right.addWidget(self._result)
        right.addStretch(1)
        right.addLayout(buttons)
        left = Panel("surface", "right")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, theme.em(8), 1, theme.em(8))
        column.addWidget(self._list)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(right, 1)
        self._list.currentItemChanged.connect(self._on_item)
        self._test.clicked.connect(self._on_test)
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.reject)
        self._remove.clicked.connect(self._on_remove)
        for field_ in (self._host, self._dbname, self._user):
            field_.textChanged.connect(self._check)

    def _show(self, data: ConnectionData) -> None:
        self._key = data.key
        self._label.setText(data.label)
        self._host.setText(data.host)
        self._port.setValue(data.port)
        self._dbname.setText(data.database)
        self._user.setText(data.user)
        self._password.clear()
        kept = self.tr("kept in the keyring")
        self._password.setPlaceholderText(kept if data.has_saved_password else "")
        self._ssl.setCurrentText(data.sslmode)
        self._keep.setChecked(data.save_password)
        self._fields.setEnabled(not data.embedded)
        self._remove.setVisible(bool(data.key) and not data.embedded)
        self._result.hide()
        self._check()

    @Slot()
    def _check(self) -> None:
        complete = all(field_.text().strip() for field_ in (self._host, self._dbname, self._user))
        self._save.setEnabled(complete)
        self._test.setEnabled(complete)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_item(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(self._connections.get(item.data(Qt.ItemDataRole.UserRole), self._fresh))

    @Slot()
    def _on_test(self) -> None:
        self._test.setEnabled(False)
        self._test.setText(self.tr("Testing…"))
        self._result.hide()
        self.test_requested.emit(self.data())

    @Slot()
    def _on_save(self) -> None:
        self.saved.emit(self.data())
        self.accept()

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit(self._key)
