"""Presenter of what is saved as files of its own: plans of drafts and of past imports, and receipts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.presenters.database import DatabaseFlow
from app.services.plan_files import save_plan_file, save_text
from widgets.history.history_data import HistoryEntry
from widgets.history.history_page import HistoryPage
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import TableDraft
from widgets.shell.page import Page
from widgets.translation import spoken
from workers.bridges.ui_calls import UiCalls
from workers.core.model.naming import identifier
from workers.core.model.options import ImportOptions
from workers.core.model.plan_file import SUFFIX, SavedPlan, named_choices, plan_for
from workers.core.model.plans import FileSurvey
from workers.core.model.receipt import Receipt, receipt_html, receipt_json
from workers.core.model.tasks import Target
from workers.database.engines import connect_bulk
from workers.database.ledger.history import read_choices

_JSON = ".json"


class PlanFlow(QObject):
    """Answers *Save plan*, *Save receipt* and *Open plan*. Lives on the UI thread; files are written off it.

    Signals:
        plan_opened: Path of a past import's file and its choices (`ImportOptions`), to be taken again.
    """

    plan_opened = Signal(str, object)

    def __init__(
        self,
        imports: ImportPage,
        history: HistoryPage,
        database: DatabaseFlow,
        calls: UiCalls,
        survey_of: Callable[[str], FileSurvey | None],
        parent: QObject | None = None,
    ) -> None:
        """Connect the pages.

        Args:
            imports: Gives drafts to be saved.
            history: Gives ids of past imports.
            database: Whose ledger has their choices.
            calls: Short calls off the UI thread.
            survey_of: What was found in a file on the Import page.
            parent: Owner.
        """
        super().__init__(parent)
        self._imports, self._history, self._database = imports, history, database
        self._calls, self._survey_of = calls, survey_of
        imports.plan_save_requested.connect(self._save_draft)
        history.plan_requested.connect(self._save_past)
        history.receipt_requested.connect(self._save_receipt)
        history.again_requested.connect(self._open_past)

    @Slot(object)
    def _save_draft(self, draft: TableDraft) -> None:
        plan = plan_of_draft(draft, self._survey_of(draft.ref.path))
        path = self._ask(self._imports, self.tr("Save plan"), plan_file_name(plan), f"*{SUFFIX}")
        if path:
            dated = _dated(plan, draft.ref.path)
            self._calls.start(
                partial(save_plan_file, path, dated), self._said(self._imports, path), self._failed(self._imports), self
            )

    @Slot(str, str)
    def _save_past(self, import_id: str, text: str) -> None:
        """The plan as it is shown."""
        entry = self._history.entry(import_id)
        if entry is None or not text:
            return
        name = f"{identifier(entry.outcome.table or '') or 'import'}{SUFFIX}"
        path = self._ask(self._history, self.tr("Save plan"), name, f"*{SUFFIX}")
        if path:
            self._calls.start(
                partial(save_text, path, text), self._said(self._history, path), self._failed(self._history), self
            )

    @Slot(str)
    def _open_past(self, import_id: str) -> None:
        reached, entry = self._database.current, self._history.entry(import_id)
        if reached is None or entry is None:
            return
        path = entry.outcome.file

        def opened(options: ImportOptions | None) -> None:
            if options is not None:
                self.plan_opened.emit(path, options)

        self._calls.start(partial(past_choices, reached.target, import_id), opened, self._failed(self._history), self)

    @Slot(str)
    def _save_receipt(self, import_id: str) -> None:
        entry = self._history.entry(import_id)
        if entry is None:
            return
        stem = identifier(PurePath(entry.outcome.file).stem) or "import"
        path = self._ask(self._history, self.tr("Save receipt"), f"{stem}-receipt.html", "*.html;;*.json")
        if path:
            self._calls.start(
                partial(save_receipt, path, entry),
                self._said(self._history, path),
                self._failed(self._history),
                self,
            )

    def _ask(self, page: Page, title: str, name: str, kinds: str) -> str:
        path, _ = QFileDialog.getSaveFileName(page.window(), title, name, kinds)
        return path

    def _said(self, page: Page, path: str) -> Callable[[object], None]:
        return lambda _nothing: page.set_subtitle(self.tr("Saved as {0}").format(path))

    def _failed(self, page: Page) -> Callable[[BaseException], None]:
        return lambda error: page.set_subtitle(spoken(str(error).splitlines()[0]))


def plan_of_draft(draft: TableDraft, survey: FileSurvey | None) -> SavedPlan:
    """The plan that repeats a draft's import, on its own where its file has other sheets or tables."""
    sheets = [s for s in survey.sheets if s.tables] if survey else []
    mine = next((s for s in sheets if s.sheet.index == draft.ref.sheet_index), None)
    visible = [s for s in sheets if s.sheet.visibility == "visible"]
    table = next((t for t in mine.tables if t.ordinal == draft.ref.ordinal), None) if mine else None
    found = table.columns if table and table.header_rows == draft.plan.header_rows else ()
    return plan_for(
        draft.plan,
        draft.options,
        found=found,
        only_sheet=mine is not None and visible == [mine],
        only_table=mine is None or len(mine.tables) == 1,
    )


def plan_file_name(plan: SavedPlan) -> str:
    """A name for its file: that of the table."""
    return f"{identifier(plan.options.table or '') or 'import'}{SUFFIX}"


def _dated(plan: SavedPlan, path: str) -> SavedPlan:
    return SavedPlan(plan.options, PurePath(path).name, dt.datetime.now().date())


def past_choices(target: Target, import_id: str) -> ImportOptions | None:
    """The choices of a past import with columns named by header, or None. Connects: not for the UI thread."""
    with connect_bulk(target, "history", read_only=True) as connection:
        known = read_choices(connection, import_id)
    return named_choices(known[1].columns, known[0]) if known is not None else None


def save_receipt(path: str, entry: HistoryEntry) -> None:
    """Write the receipt of an import, as JSON where the name ends so, else as a page.

    Raises:
        EnvironmentFailure: ``cannot-write``.
    """
    receipt = Receipt(entry.outcome, entry.state, entry.when, entry.who, entry.note, entry.log)
    save_text(path, receipt_json(receipt) if path.lower().endswith(_JSON) else receipt_html(receipt))
