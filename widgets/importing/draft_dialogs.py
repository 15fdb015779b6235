"""The dialogs that edit a draft: its options, and how its columns meet those of the table."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from widgets.importing.drafts import match_columns
from widgets.importing.match_dialog import MatchDialog
from widgets.importing.options_dialog import OptionsDialog
from widgets.importing.view_data import TableDraft, TargetCheck
from widgets.theme import Theme


class DraftDialogs(QObject):
    """Opens the dialogs over the page.

    Signals:
        changed: The edited drafts (list of `TableDraft`); the first is the one that the dialog was opened for.
    """

    changed = Signal(list)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        """Open over `page`."""
        super().__init__(page)
        self._theme, self._page = theme, page

    def edit_options(self, draft: TableDraft, others: list[TableDraft]) -> OptionsDialog:
        """Edit the options of `draft`, and of `others` if the user says so."""
        dialog = OptionsDialog(self._theme, draft.options, len(others), self._page.window())

        def take() -> None:
            changes = dialog.changes()
            drafts = [draft, *others] if dialog.for_all else [draft]
            self.changed.emit([replace(d, options=replace(d.options, **changes)) for d in drafts])

        dialog.accepted.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def match(self, draft: TableDraft, check: TargetCheck) -> MatchDialog:
        """Match the columns of `draft`."""
        dialog = MatchDialog(self._theme, draft, check, self._page.window())
        dialog.accepted.connect(lambda: self.changed.emit([match_columns(draft, dialog.names())]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
