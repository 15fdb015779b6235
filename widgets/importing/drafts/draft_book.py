"""The drafts of the Import page: kept by table, carried over when a file is read again, taken back when that fails."""

from __future__ import annotations

from dataclasses import replace

from widgets.importing.drafts.choices import reading_options
from widgets.importing.drafts.drafts import carry_over, drafts_of
from widgets.importing.view_data import FileEntry, TableDraft, TableRef, TargetCheck
from workers.core.model.options import ImportOptions
from workers.core.model.plans import SheetSurvey


class DraftBook:
    """Drafts and what is known of their targets.

    Attributes:
        base: Choices that new drafts start from.
        database: Key of the chosen connection.
        drafts: By table.
        checks: By table.
        current: The table that is shown.
    """

    def __init__(self) -> None:
        """No drafts."""
        self.base = ImportOptions()
        self.database = ""
        self.drafts: dict[TableRef, TableDraft] = {}
        self.checks: dict[TableRef, TargetCheck] = {}
        self.current: TableRef | None = None
        self._asked: dict[tuple[str, str], TableDraft] = {}

    @property
    def shown(self) -> TableDraft | None:
        """The draft of the table that is shown."""
        return self.drafts.get(self.current) if self.current is not None else None

    def take(self, entry: FileEntry) -> list[TableDraft]:
        """Make or renew the drafts of a surveyed file; gives those whose own reading choices ask for another reading.

        A file read again as a whole was read with the base choices, but a user's range or header still stands.
        """
        fresh = {draft.ref: draft for draft in drafts_of(entry, self.base, self.database)}
        again: list[TableDraft] = []
        for ref, draft in fresh.items():
            old = self.drafts.get(ref)
            self.drafts[ref] = carry_over(old, draft) if old is not None else draft
            if old is not None and reading_options(old) != reading_options(self.drafts[ref]):
                again.append(replace(self.drafts[ref], options=old.options))
        self._drop_missing(entry.path, set(fresh), None)
        return again

    def take_sheet(self, entry: FileEntry, sheet: SheetSurvey) -> None:
        """Renew the drafts of one sheet that was read again with a draft's choices; `entry` has it."""
        self._asked.pop((entry.path, sheet.sheet.name), None)
        mine = {d.ref: d for d in drafts_of(entry, self.base, self.database) if d.ref.sheet_index == sheet.sheet.index}
        for ref, draft in mine.items():
            old = self.drafts.get(ref)
            self.drafts[ref] = carry_over(old, draft, keep_reading=True) if old is not None else draft
        self._drop_missing(entry.path, set(mine), sheet.sheet.index)

    def ask(self, before: TableDraft, changed: TableDraft) -> None:
        """Note that `changed` is being read; `before` comes back if that fails."""
        sheet = changed.plan.sheet.name
        self._asked.setdefault((changed.ref.path, sheet), before)
        self.drafts[changed.ref] = changed

    def take_back(self, path: str, sheet: str) -> TableDraft | None:
        """The sheet could not be read with the new choices: the draft as it was before them, in force again."""
        before = self._asked.pop((path, sheet), None)
        if before is not None and before.ref in self.drafts:
            self.drafts[before.ref] = before
            return before
        return None

    def remove(self, paths: set[str]) -> None:
        """Forget files."""
        self.drafts = {ref: draft for ref, draft in self.drafts.items() if ref.path not in paths}
        self.checks = {ref: check for ref, check in self.checks.items() if ref.path not in paths}
        self._asked = {key: draft for key, draft in self._asked.items() if key[0] not in paths}

    def use_database(self, key: str) -> None:
        """All drafts go to another database."""
        self.database = key
        self.drafts = {ref: replace(draft, database=key) for ref, draft in self.drafts.items()}
        self.checks.clear()

    def _drop_missing(self, path: str, present: set[TableRef], sheet: int | None) -> None:
        for ref in [r for r in self.drafts if r.path == path and r not in present]:
            if sheet is None or ref.sheet_index == sheet:
                del self.drafts[ref]
                self.checks.pop(ref, None)
