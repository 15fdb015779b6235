"""Presenter of remembered choices: what was chosen for a header last month is taken again, and said."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from app.presenters.plan import plan_of_draft
from app.services.plan_files import save_plan_file
from widgets.importing.drafts.template_dialog import TemplateDialog
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import RememberedMapping, TableDraft, TableRef
from widgets.parts.wording import day
from widgets.theme import Theme
from workers.bridges.ui_calls import UiCalls
from workers.core.model.column_selection import find_column, renamed
from workers.core.model.errors import SheetferryError
from workers.core.model.fingerprints import header_fingerprint, headers_fingerprint
from workers.core.model.naming import identifier
from workers.core.model.options import ImportOptions, Mode
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plan_file import SUFFIX, SavedPlan
from workers.core.model.plans import FileSurvey, TablePlan
from workers.database.local.templates import Template, TemplateShelf

_CELLS = re.compile(r"\$?[A-Za-z]{1,3}\$?\d+(:\$?[A-Za-z]{1,3}\$?\d+)?")


@dataclass(frozen=True, slots=True)
class _Sent:
    """An import under way: its draft, what was found in its file, and its table as it was found first."""

    draft: TableDraft
    survey: FileSurvey | None
    first: TablePlan | None


class TemplateFlow(QObject):
    """Remembers the choices of imports that were loaded, and applies them to new files. Lives on the UI thread."""

    def __init__(
        self,
        theme: Theme,
        page: ImportPage,
        shelf: TemplateShelf,
        calls: UiCalls,
        survey_of: Callable[[str], FileSurvey | None],
        parent: QObject | None = None,
    ) -> None:
        """Connect the page.

        Args:
            theme: The look of the dialog.
            page: The Import page.
            shelf: Where templates are kept.
            calls: Short calls off the UI thread.
            survey_of: What was found in a file on the page, as it stands.
            parent: Owner.
        """
        super().__init__(parent)
        self._theme, self._page, self._shelf, self._calls, self._survey_of = theme, page, shelf, calls, survey_of
        self._found: dict[TableRef, TablePlan] = {}
        self._expected: dict[str, ImportOptions] = {}
        self._before: dict[TableRef, TableDraft] = {}
        self._sent: dict[tuple[str, str, str], _Sent] = {}
        self._templates: tuple[Template, ...] = ()
        self._dialog: TemplateDialog | None = None
        page.import_requested.connect(self._note)
        page.files_removed.connect(self._forget_files)
        page.mappings_managed.connect(self._manage)
        page.notices.reuse_undone.connect(self._undo_reuse)

    @Slot()
    def refresh(self) -> None:
        """Read the templates for the empty page."""
        self._calls.start(self._shelf.recent, self._show, parent=self)

    def _show(self, templates: list[Template]) -> None:
        self._templates = tuple(templates)
        mappings = tuple(remembered(template) for template in templates)
        self._page.set_mappings(mappings)
        if self._dialog is not None:
            self._dialog.set_templates(mappings)

    # ---- taking choices again

    @Slot(object)
    def take_survey(self, survey: FileSurvey) -> None:
        """A file was understood: look whether its headers are known."""
        wanted: dict[TableRef, str] = {}
        for sheet in survey.sheets:
            for table in sheet.tables:
                ref = TableRef(survey.path, table.sheet.index, table.ordinal)
                fingerprint = header_fingerprint(table)
                if ref in self._found or fingerprint is None:
                    continue
                self._found[ref] = table
                if survey.path not in self._expected:
                    wanted[ref] = fingerprint
        if wanted:
            self._calls.start(
                lambda: self._shelf.find(set(wanted.values())), lambda known: self._apply(wanted, known), parent=self
            )
        self._apply_expected(survey.path)

    def expect(self, path: str, options: ImportOptions) -> None:
        """The choices of a past import of this very file are wanted again, as soon as its tables are on the page."""
        self._expected[path] = options
        self._apply_expected(path)

    def _apply_expected(self, path: str) -> None:
        refs = [ref for ref in self._found if ref.path == path]
        options = self._expected.pop(path, None) if refs else None
        if options is None:
            return
        for ref in refs:
            draft = self._page.draft(ref)
            if draft is not None and (not options.sheets or draft.plan.sheet.name in options.sheets):
                self._before[ref] = draft
                self._page.replace_draft(reuse(draft, options, same_file=True))
        self._page.notices.reused(self.tr("Choices of the past import reused"))

    def _apply(self, wanted: dict[TableRef, str], known: dict[str, Template]) -> None:
        days: list[float] = []
        for ref, fingerprint in wanted.items():
            draft, template = self._page.draft(ref), known.get(fingerprint)
            if draft is None or template is None or draft.plan is not self._found.get(ref):
                continue  # gone, unknown, or edited by the user already
            again = reuse(draft, template.options)
            if again != draft:
                days.append(template.saved)
                self._before[ref] = draft
                self._page.replace_draft(again)
        if days:
            when = day(dt.datetime.fromtimestamp(max(days)).date())
            self._page.notices.reused(self.tr("Choices of {0} reused").format(when))

    @Slot()
    def _undo_reuse(self) -> None:
        """The user wants the tables as they were found."""
        for draft in self._before.values():
            if self._page.draft(draft.ref) is not None:
                self._page.replace_draft(draft)
        self._before.clear()

    @Slot(list)
    def _forget_files(self, paths: list[str]) -> None:
        gone = set(paths)
        self._found = {ref: plan for ref, plan in self._found.items() if ref.path not in gone}
        self._expected = {path: options for path, options in self._expected.items() if path not in gone}
        self._before = {ref: draft for ref, draft in self._before.items() if ref.path not in gone}

    # ---- remembering

    @Slot(list, bool)
    def _note(self, drafts: list[TableDraft], dry_run: bool) -> None:
        if dry_run:
            return
        for draft in drafts:
            key = _key(draft.ref.path, draft.plan.sheet.name, draft.options.table or "")
            self._sent[key] = _Sent(draft, self._survey_of(draft.ref.path), self._found.get(draft.ref))

    @Slot(tuple)
    def take_outcomes(self, ended: tuple[tuple[str, ImportOutcome], ...]) -> None:
        """What was loaded was chosen well: remember it."""
        for _, outcome in ended:
            table = (outcome.table or "").rpartition(".")[2]
            sent = self._sent.pop(_key(outcome.file, outcome.sheet or "", table), None)
            if sent is not None and outcome.state is ImportState.LOADED:
                self._calls.start(partial(keep, self._shelf, sent, outcome, time.time()), self._kept, parent=self)

    @Slot(object)
    def take_undone(self, outcome: ImportOutcome) -> None:
        """Choices whose import was taken back are not offered again."""
        fingerprint = headers_fingerprint(column.source for column in outcome.columns)
        if fingerprint is not None:
            source = PurePath(outcome.file).name
            let_go = partial(self._shelf.forget_source, fingerprint, outcome.table or "", source)
            self._calls.start(let_go, self._kept, parent=self)

    def _kept(self, _nothing: object) -> None:
        self.refresh()

    # ---- looking after them

    @Slot()
    def _manage(self) -> None:
        dialog = TemplateDialog(self._theme, self._page.window())
        dialog.set_templates(tuple(remembered(t) for t in self._templates))
        dialog.forget_requested.connect(self._forget)
        dialog.save_requested.connect(self._save)
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    @Slot(str)
    def _forget(self, fingerprint: str) -> None:
        self._calls.start(lambda: self._shelf.forget(fingerprint), self._kept, parent=self)

    @Slot(str)
    def _save(self, fingerprint: str) -> None:
        template = next((t for t in self._templates if t.fingerprint == fingerprint), None)
        if template is None:
            return
        name = f"{identifier(template.options.table or '') or 'import'}{SUFFIX}"
        path, _ = QFileDialog.getSaveFileName(self._page.window(), self.tr("Save plan"), name, f"*{SUFFIX}")
        if path:
            plan = SavedPlan(template.options, template.source, dt.datetime.fromtimestamp(template.saved).date())
            self._calls.start(lambda: save_plan_file(path, plan), failure=self._failed, parent=self)

    def _failed(self, error: BaseException) -> None:
        self._page.set_subtitle(str(error).splitlines()[0])


def keep(shelf: TemplateShelf, sent: _Sent, outcome: ImportOutcome, now: float) -> None:
    """Remember the choices of an import that was loaded, under the header as it was found and as it was chosen."""
    draft = sent.draft
    options = plan_of_draft(draft, sent.survey).options
    plans = (draft.plan,) if sent.first is None else (sent.first, draft.plan)
    fingerprints = dict.fromkeys(filter(None, map(header_fingerprint, plans)))
    headers = tuple(c.source or c.letter for c in draft.plan.columns)
    source = PurePath(outcome.file).name
    shelf.put(Template(f, options, headers, outcome.table or "", source, now) for f in fingerprints)


def reuse(draft: TableDraft, kept: ImportOptions, *, same_file: bool = False) -> TableDraft:
    """A fresh draft with the choices that were made for the same header before.

    What belongs to the one file does not come along: its sheet, a block of cells, and, where the table was created by
    that import, the table's name. With `same_file` the latter two do. A mode that takes rows away is chosen anew each
    time.
    """
    try:
        plan = renamed(draft.plan, kept, strict=False)
    except SheetferryError:
        return draft
    nulled = {find_column(draft.plan.columns, handle) for handle in kept.null_misfits} - {None}
    indices = {draft.plan.columns[place].index for place in nulled if place is not None}
    kept_indices = {c.index for c in plan.columns}
    left_out = tuple(c for c in draft.plan.columns if c.index not in kept_indices)
    columns = tuple(replace(c, misfits="null") if c.index in indices else c for c in plan.columns)
    plan = replace(draft.plan, columns=columns) if columns != draft.plan.columns else draft.plan
    fresh = kept.mode is Mode.CREATE and not same_file
    block = kept.cell_range if same_file or not _CELLS.fullmatch(kept.cell_range or "") else None
    options = replace(
        kept,
        mode=draft.options.mode if kept.mode is Mode.REPLACE and not same_file else kept.mode,
        sheets=draft.options.sheets,
        all_sheets=False,
        cell_range=block,
        table=draft.options.table if fresh else kept.table or draft.options.table,
        mapping=(),
        fill_down=tuple(handle for handle in kept.fill_down if find_column(columns, handle) is not None),
        type_overrides=tuple((c.name, c.type) for c in columns if c.fixed),
        null_misfits=tuple(c.name for c in columns if c.fixed and c.misfits == "null"),
        again=False,
        atomic=draft.options.atomic,
    )
    return replace(draft, plan=plan, options=options, left_out=(*draft.left_out, *left_out))


def remembered(template: Template) -> RememberedMapping:
    """A template as the page shows it."""
    return RememberedMapping(
        target=template.table,
        headers=", ".join(template.headers),
        columns=len(template.headers),
        key=template.fingerprint,
        when=day(dt.datetime.fromtimestamp(template.saved).date()),
        source=template.source,
    )


def _key(path: str, sheet: str, table: str) -> tuple[str, str, str]:
    return path, sheet, table
