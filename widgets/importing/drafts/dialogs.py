"""The dialogs that edit a draft: its options, and how its columns meet those of the table."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from widgets.importing.drafts.drafts import match_columns
from widgets.importing.drafts.match_dialog import MatchDialog
from widgets.importing.drafts.options_dialog import OptionsDialog
from widgets.importing.view_data import TableDraft, TargetCheck
from widgets.theme import Theme


class DraftDialogs(QObject):
    """Opens the dialogs over the page, one at a time: each covers its window.

    Signals:
        changed: The edited drafts (list of `TableDraft`); the first is the one that the dialog was opened for.
    """

    changed = Signal(list)

    def __init__(self, theme: Theme, page: QWidget) -> None:
        """Open over `page`."""
        super().__init__(page)
        self._theme, self._page = theme, page
        self._drafts: list[TableDraft] = []
        self._options: OptionsDialog | None = None
        self._match: MatchDialog | None = None

    def edit_options(self, draft: TableDraft, others: list[TableDraft]) -> OptionsDialog:
        """Edit the options of `draft`, and of `others` if the user says so."""
        dialog = OptionsDialog(self._theme, draft.options, len(others), self._page.window())
        self._drafts, self._options = [draft, *others], dialog
        dialog.accepted.connect(self._take_options)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot()
    def _take_options(self) -> None:
        if self._options is None:
            return
        changes = self._options.changes()
        drafts = self._drafts if self._options.for_all else self._drafts[:1]
        self.changed.emit([replace(d, options=replace(d.options, **changes)) for d in drafts])

    def match(self, draft: TableDraft, check: TargetCheck) -> MatchDialog:
        """Match the columns of `draft`."""
        dialog = MatchDialog(self._theme, draft, check, self._page.window())
        self._drafts, self._match = [draft], dialog
        dialog.accepted.connect(self._take_match)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    @Slot()
    def _take_match(self) -> None:
        if self._match is not None:
            self.changed.emit([match_columns(self._drafts[0], self._match.names())])
