"""One editor for each kind of setting. Each shows a value and tells when the user has entered another one."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from widgets.parts.controls import SelectBox, Switch
from widgets.parts.labels import Label
from widgets.settings.wording import plain_number, tr, value_text
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.errors import UserError
from workers.core.settings.schema import Setting, SettingKind, SettingValue

_NUMBER_PX, _TEXT_PX = 84, 320


class Editor(QWidget):
    """Base of the editors.

    Signals:
        entered: The new value, already checked (object).
    """

    entered = Signal(object)

    def show_value(self, value: SettingValue, *, locked: bool) -> None:
        """Show a value; a locked one cannot be changed."""
        raise NotImplementedError

    def show_error(self, message: str) -> None:
        """Say why a value was refused."""


class SwitchEditor(Editor):
    """On or off."""

    def __init__(self, theme: Theme, setting: Setting, parent: QWidget | None = None) -> None:
        """Off at first."""
        super().__init__(parent)
        self._switch = Switch(theme, tr(setting.label))
        self._switch.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._switch)
        row.addStretch(1)

    def show_value(self, value: SettingValue, *, locked: bool) -> None:
        """Set the switch."""
        self._switch.setChecked(bool(value))
        self._switch.setEnabled(not locked)

    @Slot(bool)
    def _on_clicked(self, checked: bool) -> None:
        self.entered.emit(checked)


class ChoiceEditor(Editor):
    """One of a few."""

    def __init__(self, theme: Theme, setting: Setting, parent: QWidget | None = None) -> None:
        """All choices, by their labels."""
        super().__init__(parent)
        self._box = SelectBox(theme, tr(setting.label))
        for choice in setting.choices:
            self._box.addItem(tr(choice.label), str(choice.value))
        self._box.activated.connect(self._on_activated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        row.addStretch(1)

    def show_value(self, value: SettingValue, *, locked: bool) -> None:
        """Choose the value's entry."""
        self._box.setCurrentIndex(max(0, self._box.findData(str(value))))
        self._box.setEnabled(not locked)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.entered.emit(self._box.itemData(index))


class FieldEditor(Editor):
    """A number or a text; checked when it is left or Return is pressed, with the reason below when it is refused."""

    def __init__(self, theme: Theme, setting: Setting, parent: QWidget | None = None) -> None:
        """An empty field."""
        super().__init__(parent)
        self._theme, self._setting = theme, setting
        self._shown = ""
        self._field = QLineEdit()
        self._field.setAccessibleName(tr(setting.label))
        number = setting.kind in {SettingKind.INTEGER, SettingKind.NUMBER}
        self._field.setMinimumWidth(theme.em(_NUMBER_PX))
        self._field.setMaximumWidth(theme.em(_NUMBER_PX if number else _TEXT_PX))
        self._lock = QAction(theme.icon("lock", "lock_fg", 14), tr("Locked"), self._field)
        if setting.sensitive:
            self._field.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        self._error = Label(theme, "", "small", "danger_fg", wrap=True)
        self._error.hide()
        self._field.editingFinished.connect(self._on_finished)
        row = QHBoxLayout()
        row.setSpacing(theme.em(8))
        row.addWidget(self._field, 10)
        if setting.unit:
            row.addWidget(Label(theme, tr(setting.unit), "small", "text2"))
        row.addStretch(1 if number else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.em(4))
        column.addLayout(row)
        column.addWidget(self._error)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_value(self, value: SettingValue, *, locked: bool) -> None:
        """Fill the field, unless the user is typing in it."""
        text = value_text(self._setting, value)
        if text != self._shown or not self._field.hasFocus():
            self._shown = text
            self._field.setText(text)
            self.show_error("")
        self._field.setEnabled(not locked)
        if locked and self._lock not in self._field.actions():
            self._field.addAction(self._lock, QLineEdit.ActionPosition.TrailingPosition)
        elif not locked:
            self._field.removeAction(self._lock)

    def show_error(self, message: str) -> None:
        """Mark the field and say why; an empty message clears it."""
        self._error.setText(message)
        self._error.setVisible(bool(message))
        invalid = "true" if message else "false"
        if self._field.property("invalid") != invalid:
            self._field.setProperty("invalid", invalid)
            self._field.style().unpolish(self._field)
            self._field.style().polish(self._field)

    @Slot()
    def _on_finished(self) -> None:
        text = self._field.text()
        if text == self._shown:
            self.show_error("")
            return
        raw = text if self._setting.kind is SettingKind.TEXT else plain_number(text)
        try:
            value = self._setting.parse(raw, tr(self._setting.label))
        except UserError as error:
            self.show_error(spoken(error.info.message))
            return
        self._shown = text
        self.show_error("")
        self.entered.emit(value)


def make_editor(theme: Theme, setting: Setting) -> Editor:
    """The editor for a setting's kind."""
    if setting.kind is SettingKind.BOOLEAN:
        return SwitchEditor(theme, setting)
    if setting.kind is SettingKind.CHOICE:
        return ChoiceEditor(theme, setting)
    return FieldEditor(theme, setting)
