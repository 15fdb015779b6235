"""The further options of one import: rejects, duplicates, errors, lineage and the like."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from widgets.parts.buttons import Button
from widgets.parts.controls import SelectBox
from widgets.parts.labels import Label
from widgets.parts.notices import Notice
from widgets.parts.plain_text import set_tip
from widgets.theme import Theme
from workers.core.model.option_words import limit_of, limit_words
from workers.core.model.options import ImportOptions, Mode, Priority

_LINEAGE = (None, True, False)


class OptionsDialog(QDialog):
    """Edits the options that have no place of their own on the page.

    After `accept`, `options` has them, and `for_all` says whether they are for every chosen table.
    """

    def __init__(self, theme: Theme, options: ImportOptions, others: int, parent: QWidget | None = None) -> None:
        """Show `options`; `others` is how many further tables could take the same."""
        super().__init__(parent)
        self._theme, self._before = theme, options
        self.setWindowTitle(self.tr("Options of this import"))
        self.setMinimumWidth(theme.em(470))
        self._limit = QLineEdit(limit_words(options.max_rejects))
        self._errors = self._box(
            self.tr("Error cells"),
            ((self.tr("Load as NULL"), "null"), (self.tr("Keep as text"), "text"), (self.tr("Reject rows"), "reject")),
            options.errors,
        )
        self._types = self._box(
            self.tr("Types"),
            (
                (self.tr("Numbers and dates stored as text too"), "auto"),
                (self.tr("By the cells' own kinds only"), "cells"),
                (self.tr("Every column as text"), "text"),
            ),
            options.types,
        )
        self._nulls = QLineEdit("  ".join(options.null_tokens))
        self._hidden = self._box(
            self.tr("Hidden rows and columns"),
            ((self.tr("Include"), "include"), (self.tr("Leave out"), "skip")),
            options.hidden,
        )
        self._duplicates = self._box(
            self.tr("Same key twice"),
            (
                (self.tr("Reject both rows"), "reject"),
                (self.tr("Take the first row"), "first"),
                (self.tr("Take the last row"), "last"),
            ),
            options.duplicates,
        )
        self._keep = QCheckBox(self.tr("Blank cells leave what is in the table"))
        self._keep.setChecked(options.keep_existing)
        self._lineage = self._box(
            self.tr("Origin of each row"),
            (
                (self.tr("In tables that the import makes"), 0),
                (self.tr("Always"), 1),
                (self.tr("Never"), 2),
            ),
            _LINEAGE.index(options.lineage),
        )
        self._priority = self._box(
            self.tr("Priority"),
            ((self.tr("High"), "high"), (self.tr("Normal"), "normal"), (self.tr("Low"), "low")),
            options.priority.value,
        )
        self._again = QCheckBox(self.tr("Import although the same rows are in the table"))
        self._again.setChecked(options.again)
        one = self.tr("Use these for the other chosen table too")
        many = self.tr("Use these for the {0} other chosen tables too").format(others)
        self._all = QCheckBox(one if others == 1 else many)
        self._all.setVisible(others > 0)
        self._wrong = Notice(theme, "danger")
        self._wrong.hide()
        self._build()

    @property
    def for_all(self) -> bool:
        """Whether the options are meant for the other chosen tables as well."""
        return self._all.isChecked()

    def options(self) -> ImportOptions:
        """The options as edited.

        Raises:
            ValueError: when the limit of rejects cannot be read; with a sentence.
        """
        return replace(self._before, **self.changes())

    def changes(self) -> dict[str, Any]:
        """What the dialog says, by option.

        Raises:
            ValueError: when the limit of rejects cannot be read; with a sentence.
        """
        return {
            "max_rejects": limit_of(self._limit.text()),
            "errors": self._errors.currentData(),
            "types": self._types.currentData(),
            "null_tokens": tuple(self._nulls.text().split()),
            "hidden": self._hidden.currentData(),
            "duplicates": self._duplicates.currentData(),
            "keep_existing": self._keep.isChecked(),
            "lineage": _LINEAGE[self._lineage.currentData()],
            "priority": Priority(self._priority.currentData()),
            "again": self._again.isChecked(),
        }

    def accept(self) -> None:
        """Close when everything can be read; else say what cannot."""
        try:
            self.changes()
        except ValueError as error:
            self._wrong.set_content("danger", self.tr("Rejected rows allowed"), str(error))
            self._wrong.show()
            self._limit.setFocus()
            return
        super().accept()

    def _box(self, name: str, choices: tuple[tuple[str, object], ...], current: object) -> SelectBox:
        box = SelectBox(self._theme, name)
        for label, value in choices:
            box.addItem(label, value)
        box.setCurrentIndex(box.findData(current))
        return box

    def _build(self) -> None:
        theme = self._theme
        keyed = self._before.mode in (Mode.UPSERT, Mode.SKIP)
        self._keep.setEnabled(self._before.mode is Mode.UPSERT)
        set_tip(self._keep, "" if self._keep.isEnabled() else self.tr("Only an upsert changes rows that are there."))
        self._duplicates.setEnabled(keyed or bool(self._before.keys))
        set_tip(self._duplicates, "" if self._duplicates.isEnabled() else self.tr("Only with a key."))
        set_tip(self._limit, self.tr("A number of rows, or a share of them such as 1%"))
        set_tip(self._nulls, self.tr("Texts that mean NULL in a column of another type, with blanks between them"))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.em(16))
        form.setVerticalSpacing(theme.em(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, field in (
            (self.tr("Rejected rows allowed"), self._limit),
            (self.tr("Error cells"), self._errors),
            (self.tr("Types"), self._types),
            (self.tr("Null tokens"), self._nulls),
            (self.tr("Hidden rows and columns"), self._hidden),
            (self.tr("Same key twice"), self._duplicates),
            (self.tr("Upsert"), self._keep),
            (self.tr("Origin of each row"), self._lineage),
            (self.tr("Priority"), self._priority),
            (self.tr("Content already there"), self._again),
        ):
            label = Label(theme, name, "small", "text2")
            label.setBuddy(field)
            field.setAccessibleName(name)
            form.addRow(label, field)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.em(8))
        buttons.addWidget(self._all)
        buttons.addStretch(1)
        cancel = Button(theme, self.tr("Cancel"))
        use = Button(theme, self.tr("Use"), kind="primary")
        use.setDefault(True)
        buttons.addWidget(cancel)
        buttons.addWidget(use)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.em(20), theme.em(18), theme.em(20), theme.em(16))
        column.setSpacing(theme.em(14))
        column.addLayout(form)
        column.addWidget(self._wrong)
        column.addLayout(buttons)
        cancel.clicked.connect(self._on_cancel)
        use.clicked.connect(self._on_use)

    @Slot()
    def _on_cancel(self) -> None:
        self.reject()

    @Slot()
    def _on_use(self) -> None:
        self.accept()
