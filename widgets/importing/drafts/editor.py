"""What the user changes about the shown table becomes a changed draft; a change of the reading asks for a reading."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from widgets.importing.drafts.choices import apply_choice, reading_options, retype
from widgets.importing.drafts.dialogs import DraftDialogs
from widgets.importing.drafts.draft_book import DraftBook
from widgets.importing.drafts.drafts import only_changed, rename_column, retarget
from widgets.importing.view_data import TableDraft, TargetCheck
from workers.core.model.options import HeaderChoice, ImportOptions, Mode, PgType
from workers.core.model.plans import Finding


class DraftEditor(QObject):
    """Edits the drafts of a book. The page shows what has changed.

    Signals:
        changed: `TableDraft` of the shown table as it is now, and True when its cells have to be shown anew.
        reading_wanted: `TableDraft` whose sheet has to be read again with its choices.
    """

    changed = Signal(object, bool)
    reading_wanted = Signal(object)

    def __init__(self, book: DraftBook, dialogs: DraftDialogs, parent: QObject | None = None) -> None:
        """Edit the drafts in `book`, some of them in `dialogs`."""
        super().__init__(parent)
        self._book, self._dialogs = book, dialogs
        dialogs.changed.connect(self.take_all)

    def take(self, changed: TableDraft) -> None:
        """A changed draft of the shown table; its sheet is read again where the change asks for it."""
        before = self._book.drafts[changed.ref]
        if reading_options(changed) != reading_options(before):
            self.ask(before, changed)
        self._put(changed, reload=changed.plan is not before.plan)

    def ask(self, before: TableDraft, changed: TableDraft) -> None:
        """Have the sheet of `changed` read again; `before` comes back if that fails."""
        self._book.ask(before, changed)
        self.reading_wanted.emit(changed)

    @Slot(list)
    def take_all(self, drafts: list[TableDraft]) -> None:
        """Changed drafts, among them perhaps that of the shown table."""
        for draft in drafts:
            if draft.ref == self._book.current:
                self.take(draft)
            elif draft.ref in self._book.drafts:
                before = self._book.drafts[draft.ref]
                self._book.drafts[draft.ref] = draft
                if reading_options(draft) != reading_options(before):
                    self.ask(before, draft)

    def _put(self, draft: TableDraft, *, reload: bool = False) -> None:
        self._book.drafts[draft.ref] = draft
        self.changed.emit(draft, reload)

    def _reread(self, draft: TableDraft, options: ImportOptions) -> None:
        self.take(replace(draft, options=options))

    # ---- what the user does

    @Slot(str)
    def set_range(self, text: str) -> None:
        """Another block of cells; an empty text leaves the block to the reading."""
        if (draft := self._book.shown) is not None:
            self._reread(draft, replace(draft.options, cell_range=text or None))

    @Slot(object)
    def set_header(self, choice: HeaderChoice) -> None:
        """Other header rows."""
        if (draft := self._book.shown) is not None:
            self._reread(draft, replace(draft.options, header=choice))

    @Slot(int, str)
    def rename(self, column: int, name: str) -> None:
        """Another name for the column with that sheet index."""
        if (draft := self._book.shown) is not None:
            changed = rename_column(draft, column, name)
            if changed is not draft:
                self._put(changed)

    @Slot(int, str)
    def retype(self, column: int, value: str) -> None:
        """Another type for the column with that sheet index; an empty text leaves it to the cells."""
        if (draft := self._book.shown) is not None:
            self.take(retype(draft, column, PgType(value) if value else None))

    @Slot(object, str)
    def choose(self, finding: Finding, choice: str) -> None:
        """A choice of the health list."""
        if (draft := self._book.shown) is not None:
            self.take(apply_choice(draft, finding, choice))

    @Slot(str, str, str, tuple)
    def set_target(self, schema: str, table: str, mode: str, keys: tuple[str, ...]) -> None:
        """Another table, mode or key."""
        if (draft := self._book.shown) is not None:
            changed = retarget(draft, schema=schema or None, table=table, mode=Mode(mode), keys=keys)
            if changed != draft:
                self._put(changed)

    @Slot(tuple, bool)
    def take_only_changed(self, keys: tuple[str, ...], wanted: bool) -> None:
        """Load only what is new or changed, or everything again."""
        if (draft := self._book.shown) is not None:
            self._put(only_changed(draft, keys, wanted))

    @Slot()
    def match(self) -> None:
        """Match the columns in a dialog."""
        if (draft := self._book.shown) is not None:
            self._dialogs.match(draft, self._book.checks.get(draft.ref, TargetCheck()))

    def edit_options(self, others: list[TableDraft]) -> None:
        """Edit the options in a dialog, for `others` too if the user says so."""
        if (draft := self._book.shown) is not None:
            self._dialogs.edit_options(draft, [d for d in others if d.ref != draft.ref])
