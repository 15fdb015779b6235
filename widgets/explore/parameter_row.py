"""The values of ``:NAME`` in the statements of a tab, a field each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from widgets.parts.labels import Label
from widgets.theme import Theme


class ParameterRow(QWidget):
    """Fields that come and go with the names; what was typed for a name is remembered."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Hidden while there are no names."""
        super().__init__(parent)
        self._theme = theme
        self._fields: dict[str, QLineEdit] = {}
        self._typed: dict[str, str] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.em(16), theme.em(4), theme.em(16), theme.em(4))
        self._row.setSpacing(theme.em(6))
        self.hide()

    def set_names(self, names: tuple[str, ...]) -> None:
        """Show a field for each name."""
        if names == tuple(self._fields):
            return
        self._typed |= {name: field.text() for name, field in self._fields.items()}
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = {}
        for name in names:
            field = QLineEdit(self._typed.get(name, ""))
            field.setAccessibleName(self.tr("Value of {0}").format(name))
            field.setPlaceholderText("NULL")
            field.setMaximumWidth(self._theme.em(160))
            self._fields[name] = field
            self._row.addWidget(Label(self._theme, f":{name}", "small", "warn_fg", weight=600))
            self._row.addWidget(field)
        self._row.addStretch(1)
        self.setVisible(bool(names))

    def values(self) -> tuple[tuple[str, str | None], ...]:
        """Names and values; an empty field is NULL."""
        return tuple((name, field.text() or None) for name, field in self._fields.items())
