"""The Import page: files at the left, preview in the middle, health and target at the right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from widgets.importing.drafts.choices import asking_options
from widgets.importing.drafts.dialogs import DraftDialogs
from widgets.importing.drafts.draft_book import DraftBook
from widgets.importing.drafts.drafts import allow_rejects, undecided
from widgets.importing.drafts.editor import DraftEditor
from widgets.importing.files.panel import FilePanel
from widgets.importing.files.wording import message_of, told_findings
from widgets.importing.health.findings import HealthList
from widgets.importing.import_footer import ImportFooter
from widgets.importing.notices import ImportNotices
from widgets.importing.page_columns import PageColumns
from widgets.importing.preview.folding import wanted_rows
from widgets.importing.preview.panel import GridPanel
from widgets.importing.target_panel import TargetPanel
from widgets.importing.view_data import (
    FileEntry,
    RecentFile,
    RememberedMapping,
    TableDraft,
    TableRef,
    TargetCheck,
    TargetOption,
    Welcome,
)
from widgets.importing.welcome import WelcomePage
from widgets.parts.buttons import Button
from widgets.parts.hints import hint_of
from widgets.parts.plain_text import set_tip
from widgets.parts.wording import short_count
from widgets.shell.dropping import local_paths, sort_paths
from widgets.shell.page import Page
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import ImportOptions
from workers.core.model.plans import Finding, SheetSurvey
from workers.core.model.tasks import PreviewGrid

_FOLD_BLOCK = 400


class ImportPage(Page):
    """From dropped files to confirmed imports. The page keeps the drafts; everything slow is asked for by signal.

    Data in: `set_file`, `set_sheet`, `remove_files`, `set_preview`, `set_preview_error`, `set_check`,
    `set_databases`, `set_schemas`, `set_tables`, `set_base_options`, `set_welcome`, `replace_draft`.

    Signals:
        files_requested: Choose files (buttons; Ctrl+O is the window's).
        folder_requested: Choose a folder.
        sample_requested: Take the sample workbook.
        paths_given: Paths pasted or picked from the recent ones (list of str); treat like dropped ones.
        recent_cleared: Forget the recent files.
        mappings_managed: Show the remembered mappings.
        files_removed: Paths that the user took out (list of str); stop reading them.
        reread_requested: `TableRef` whose choices changed and `ImportOptions` whose ``sheets`` names its sheet: inspect
            it again and answer with `set_sheet` (range, header, errors or hidden rows were changed).
        refresh_requested: Path to inspect again as a whole (F5).
        preview_requested: `TableDraft` and ranges of Excel rows ((first, last), …): answer with `set_preview`.
            For further rows of a table already shown the third value is True; answer with ``more=True``.
        draft_changed: `TableDraft` that the user edited, or that is shown for the first time: check its target and
            answer with `set_check`.
        import_requested: `TableDraft`s (list) and whether it is a dry run.
        database_changed: Key of the connection chosen for the shown table and those not yet imported.
        connection_requested: Open the connection dialog.
        password_given: Path and the workbook's password; never kept by the page.
        plan_save_requested: `TableDraft` whose choices are wanted as a plan file.
    """

    files_requested = Signal()
    folder_requested = Signal()
    sample_requested = Signal()
    paths_given = Signal(list)
    recent_cleared = Signal()
    mappings_managed = Signal()
    files_removed = Signal(list)
    reread_requested = Signal(object, object)
    refresh_requested = Signal(str)
    preview_requested = Signal(object, object, bool)
    draft_changed = Signal(object)
    import_requested = Signal(list, bool)
    database_changed = Signal(str)
    connection_requested = Signal()
    password_given = Signal(str, str)
    plan_save_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """No files yet."""
        super().__init__(theme, "import", "", "import", parent)
        self.set_title(self.tr("Import"))
        self._book = DraftBook()
        self._open = Button(theme, self.tr("Open…"), "plus")
        self._all = Button(theme, self.tr("Import all"))
        self._plan = Button(theme, self.tr("Save plan…"), "file")
        set_tip(self._plan, self.tr("Keep these choices as a small text for `sheetferry import --plan`"))
        self.files = FilePanel(theme)
        self.preview = GridPanel(theme)
        self.health = HealthList(theme)
        self.target = TargetPanel(theme)
        self.footer = ImportFooter(theme)
        self.welcome = WelcomePage(theme)
        self.dialogs = DraftDialogs(theme, self)
        self.notices = ImportNotices(self)
        self._editor = DraftEditor(self._book, self.dialogs, self)
        self._stack = QStackedWidget()
        self._columns = PageColumns(theme, self.files, self.preview, self.health, self.target, self.footer)
        self._build_page()
        self._connect()
        self._summarise()

    # ------------------------------------------------------------------------------------------------ data in

    def set_base_options(self, options: ImportOptions) -> None:
        """Choices that new drafts start from (settings, environment)."""
        self._book.base = options

    def set_file(self, entry: FileEntry) -> None:
        """A file is new, or stands differently now. Drafts of a survey seen before keep the user's edits."""
        before = self.files.model.entry(entry.path)
        fresh_survey = entry.survey is not None and (before is None or before.survey is not entry.survey)
        if fresh_survey:
            again = self._book.take(entry)
        self._show_file(entry, fresh_survey)
        for draft in again if fresh_survey else ():
            self._editor.ask(self._book.drafts[draft.ref], draft)

    def set_sheet(self, entry: FileEntry, sheet: SheetSurvey) -> None:
        """One sheet was read again with other choices; the file's entry holds it."""
        self._book.take_sheet(entry, sheet)
        self._show_file(entry, True)

    def set_sheet_error(self, path: str, sheet: str, error: ErrorInfo) -> None:
        """A sheet could not be read with the choices just made: they are taken back, and it is said why."""
        before = self._book.take_back(path, sheet)
        if before is not None and before.ref == self._book.current:
            self._show(before)
        self.notices.refused_choice(error)

    def remove_files(self, paths: list[str]) -> None:
        """Take files out."""
        self.files.remove(paths)
        gone = set(paths)
        self._book.remove(gone)
        if self._book.current is not None and self._book.current.path in gone:
            self._book.current = None
            self._show_nothing()
        if not self.files.model.paths:
            self._stack.setCurrentIndex(0)
        self._summarise()

    def set_preview(self, ref: TableRef, grid: PreviewGrid, more: bool = False) -> None:
        """Rows for a table; ignored when another one is shown meanwhile."""
        draft = self._book.drafts.get(ref)
        if ref != self._book.current or draft is None:
            return
        if more:
            self.preview.view.grid.add(grid)
            return
        fresh = self.preview.view.grid.columnCount() == 0
        wanted = self._wanted[2] if self._wanted is not None and self._wanted[0] == ref.path else ""
        self.preview.view.grid.show(draft.plan, self._findings(ref), grid)
        if fresh:
            self.preview.view.fit_columns()
        if wanted:
            self._wanted = None
            self.go_to_cell(wanted)

    def set_preview_error(self, ref: TableRef, error: ErrorInfo) -> None:
        """The preview could not be read."""
        if ref == self._book.current:
            self.preview.show_message("error", spoken(error.message), hint_of(error), "danger_fg")

    def set_check(self, ref: TableRef, check: TargetCheck) -> None:
        """What is known about a draft's target."""
        self._book.checks[ref] = check
        if ref == self._book.current:
            self.target.show_check(check)
            self.footer.show_draft(self._book.drafts.get(ref), self._findings(ref), check)

    def set_databases(self, options: tuple[TargetOption, ...], current: str) -> None:
        """Connections on offer."""
        self._book.database = current
        self.target.set_databases(options, current)

    def set_schemas(self, schemas: tuple[str, ...]) -> None:
        """Schemas of the chosen database."""
        self.target.set_schemas(schemas)

    def set_tables(self, tables: tuple[str, ...]) -> None:
        """Tables of the chosen schema, offered while typing."""
        self.target.set_tables(tables)

    def set_welcome(self, welcome: Welcome) -> None:
        """Cards of the empty page."""
        self._welcomed = welcome
        self.welcome.set_welcome(welcome)

    def set_recent(self, recent: tuple[RecentFile, ...]) -> None:
        """Recent files on the empty page."""
        self.set_welcome(replace(self._welcomed, recent=recent))

    def set_mappings(self, mappings: tuple[RememberedMapping, ...]) -> None:
        """Remembered mappings on the empty page."""
        self.set_welcome(replace(self._welcomed, mappings=mappings))

    def replace_draft(self, draft: TableDraft) -> None:
        """Set a draft from outside (a remembered mapping, matched columns)."""
        self._editor.take_all([draft])

    # ------------------------------------------------------------------------------------------------ data out

    def draft(self, ref: TableRef) -> TableDraft | None:
        """A draft as it stands."""
        return self._book.drafts.get(ref)

    def current_draft(self) -> TableDraft | None:
        """The draft of the shown table."""
        return self._book.shown

    def checked_drafts(self) -> list[TableDraft]:
        """The drafts that *Import all* takes, in the tree's order."""
        refs = self.files.model.checked_refs()
        return [replace(self._book.drafts[ref], checked=True) for ref in refs if ref in self._book.drafts]

    def select_table(self, ref: TableRef) -> None:
        """Show a table."""
        self.files.select(ref)

    def go_to_cell(self, place: str) -> None:
        """Show a cell of the selected table."""
        self.preview.view.go_to(place)

    @property
    def wanted_file(self) -> str:
        """The file that is to be shown as soon as it has been read, or an empty text."""
        return self._wanted[0] if self._wanted is not None else ""

    def show_place(self, path: str, sheet: str, cell: str) -> None:
        """Show the table of a sheet (empty for the first one) and a cell of it, now or as soon as they are there."""
        self._wanted = (path, sheet, cell)
        self._go_to_wanted()

    def refresh(self) -> None:
        """F5 reads the shown file again."""
        path = self._book.current.path if self._book.current is not None else self._said_file
        if self.files.model.entry(path) is not None:
            self.refresh_requested.emit(path)

    def content_widget(self) -> QWidget | None:
        """The list takes the keyboard."""
        return self.files.view

    def view_state(self) -> dict[str, object]:
        """Widths of the three columns and the height of the health list."""
        return self._columns.view_state()

    def restore_view(self, state: dict[str, object]) -> None:
        """Take back `view_state`."""
        self._columns.restore_view(state)

    # ------------------------------------------------------------------------------------------------ inside

    _said_file = ""
    _welcomed = Welcome()
    _wanted: tuple[str, str, str] | None = None

    def _build_page(self) -> None:
        self.action_row.addWidget(self._open)
        self.action_row.addWidget(self._plan)
        self.action_row.addWidget(self._all)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self._columns)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._open.clicked.connect(self.files_requested)
        self._all.clicked.connect(self._on_import_all)
        self._plan.clicked.connect(self._on_save_plan)
        self.welcome.open_files.connect(self.files_requested)
        self.welcome.open_folder.connect(self.folder_requested)
        self.welcome.sample.connect(self.sample_requested)
        self.welcome.recent_opened.connect(self._on_recent)
        self.welcome.recent_cleared.connect(self.recent_cleared)
        self.welcome.mappings_managed.connect(self.mappings_managed)
        files = self.files
        files.open_files.connect(self.files_requested)
        files.open_folder.connect(self.folder_requested)
        files.paste.connect(self._on_paste)
        files.table_selected.connect(self._on_table_selected)
        files.file_selected.connect(self._on_file_selected)
        files.removed.connect(self._on_removed)
        files.password_wanted.connect(self._on_password)
        files.model.checks_changed.connect(self._summarise)
        grid = self.preview
        grid.message_acted.connect(self._on_message_acted)
        grid.range_changed.connect(self._editor.set_range)
        grid.header_changed.connect(self._editor.set_header)
        grid.view.fold_opened.connect(self._on_fold)
        grid.view.rows_needed.connect(self._on_rows_needed)
        grid.view.cards.renamed.connect(self._editor.rename)
        grid.view.cards.retyped.connect(self._editor.retype)
        self.health.cell_opened.connect(self.go_to_cell)
        self.health.choice_made.connect(self._editor.choose)
        self.target.changed.connect(self._editor.set_target)
        self.target.database_changed.connect(self._on_database)
        self.target.connection_requested.connect(self.connection_requested)
        self.target.only_changed_chosen.connect(self._editor.take_only_changed)
        self.target.match_requested.connect(self._editor.match)
        self.target.options_requested.connect(self._on_options)
        self._editor.changed.connect(self._on_changed)
        self._editor.reading_wanted.connect(self._on_reading_wanted)
        self.footer.import_clicked.connect(self._on_import)
        self.footer.dry_run_clicked.connect(self._on_dry_run)
        self.notices.import_tried.connect(self._on_import_tried)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.footer.button.click)

    def _show_file(self, entry: FileEntry, fresh_survey: bool) -> None:
        self.files.put(entry)
        self._stack.setCurrentIndex(1)
        self._after_file(entry, fresh_survey)

    def _after_file(self, entry: FileEntry, fresh_survey: bool) -> None:
        if entry.error is not None and self.wanted_file == entry.path:
            self._wanted = None
        mine = self._book.current is not None and self._book.current.path == entry.path
        if fresh_survey and mine and self._book.current in self._book.drafts:
            self.files.select(self._book.current)
            self._show(self._book.drafts[self._book.current])
        elif fresh_survey and (mine or (self._book.current is None and self.wanted_file in ("", entry.path))):
            first = self._first_table(entry.path)
            self._book.current = None
            if first is not None:
                self.files.select(first)
            else:
                self._show_nothing()
                self._say_file(entry)
        elif self._book.current is None:
            self._say_file(entry)
        self._go_to_wanted()
        self._summarise()

    def _go_to_wanted(self) -> None:
        if self._wanted is None:
            return
        path, sheet, cell = self._wanted
        refs = [draft.ref for draft in self._book.drafts.values() if draft.ref.path == path]
        ref = next((r for r in refs if self._book.drafts[r].plan.sheet.name == sheet), refs[0] if refs else None)
        if ref is None:
            return
        shown = ref == self._book.current and self.preview.view.grid.columnCount() > 0
        self.select_table(ref)
        if shown or not cell:
            self._wanted = None
        if shown and cell:
            self.go_to_cell(cell)

    def _first_table(self, path: str) -> TableRef | None:
        return next((ref for ref in self._book.drafts if ref.path == path), None)

    def _findings(self, ref: TableRef) -> tuple[Finding, ...]:
        draft, entry = self._book.drafts.get(ref), self.files.model.entry(ref.path)
        return told_findings(draft, entry) if draft is not None else ()

    def _show(self, draft: TableDraft, *, reload: bool = True) -> None:
        findings = self._findings(draft.ref)
        self._plan.setEnabled(True)
        check = self._book.checks.get(draft.ref, TargetCheck())
        plan = draft.plan
        self.preview.show_plan(plan, draft.options.header, draft.options.cell_range)
        self.preview.view.cards.set_facts(findings, draft.options.keys, plan.rows or 0)
        self.health.show_findings(draft, findings)
        self.target.show_draft(draft)
        self.target.show_check(check)
        self.footer.show_draft(draft, findings, check)
        self.files.model.set_flagged(draft.ref, undecided(draft, findings) > 0)
        entry = self.files.model.entry(draft.ref.path)
        place = f" · {plan.area}" if plan.area else ""
        self.set_subtitle(f"{entry.name if entry else draft.ref.path} › {plan.sheet.name}{place}")
        if reload:
            self.preview_requested.emit(draft, wanted_rows(plan, findings), False)
        else:
            self.preview.view.grid.set_plan(plan, findings)

    def _show_nothing(self) -> None:
        self._plan.setEnabled(False)
        self.preview.show_message(
            "table", self.tr("No table selected"), self.tr("Select a table at the left to see what will arrive.")
        )
        self.health.show_findings(None, ())
        self.target.show_draft(None)
        self.target.show_check(TargetCheck())
        self.footer.show_draft(None, (), TargetCheck())
        self._summarise()

    def _say_file(self, entry: FileEntry) -> None:
        self._said_file = entry.path
        self.set_subtitle(entry.name)
        message = message_of(entry)
        if message is not None:
            self.preview.show_message(*message)

    @Slot(object, bool)
    def _on_changed(self, draft: TableDraft, reload: bool) -> None:
        self.notices.draft_changed(draft.ref)
        self._show(draft, reload=reload)
        self.draft_changed.emit(draft)

    @Slot(object)
    def _on_reading_wanted(self, draft: TableDraft) -> None:
        self.hide_banner()
        self.reread_requested.emit(draft.ref, asking_options(draft))

    @Slot()
    def _summarise(self) -> None:
        drafts = self.checked_drafts()
        rows = sum(draft.plan.rows or 0 for draft in drafts)
        number = len(drafts)
        said = self.tr("1 table chosen") if number == 1 else self.tr("{0} tables chosen").format(number)
        self.files.set_summary(f"{said} · " + self.tr("{0} rows").format(short_count(rows)))
        self._all.setVisible(bool(self.files.model.paths))
        self._plan.setVisible(bool(self.files.model.paths))
        self._all.setEnabled(number > 0)
        self._all.setText(self.tr("Import all {0}").format(number) if number else self.tr("Import all"))
        if not self.files.model.paths:
            self.set_subtitle(self.tr("No files yet"))

    @Slot(object)
    def _on_table_selected(self, ref: TableRef) -> None:
        draft = self._book.drafts.get(ref)
        if draft is None or ref == self._book.current:
            return
        if self._wanted is not None and self._wanted[0] != ref.path:
            self._wanted = None
        self._book.current = ref
        self.preview.view.grid.clear()
        self._show(draft)
        self.draft_changed.emit(draft)

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        entry = self.files.model.entry(path)
        if entry is None:
            return
        first = self._first_table(path)
        if first is None:
            self._book.current = None
            self._show_nothing()
            self._say_file(entry)
        elif self._book.current is None or self._book.current.path != path:
            # The tree's row stays where the user put it, so that the keys can go on from there.
            self._on_table_selected(first)

    @Slot(list)
    def _on_removed(self, paths: list[str]) -> None:
        self.remove_files(paths)
        self.files_removed.emit(paths)

    @Slot(str)
    def _on_password(self, path: str) -> None:
        entry = self.files.model.entry(path)
        text = self.files.ask_password(path, entry.name if entry else path)
        if text:
            self.password_given.emit(path, text)

    @Slot()
    def _on_message_acted(self) -> None:
        """The button below what is said of a file that has no table to show."""
        entry = self.files.model.entry(self._said_file)
        if entry is None or entry.error is None:
            return
        if entry.error.kind == "encrypted":
            self._on_password(entry.path)
        else:
            self.refresh_requested.emit(entry.path)

    @Slot()
    def _on_paste(self) -> None:
        taken, _ = sort_paths(local_paths(QGuiApplication.clipboard().mimeData()))
        if taken:
            self.paths_given.emit(taken)

    @Slot(str)
    def _on_recent(self, path: str) -> None:
        self.paths_given.emit([path])

    @Slot(int, int)
    def _on_fold(self, first: int, last: int) -> None:
        draft = self.current_draft()
        if draft is not None:
            self.preview_requested.emit(draft, ((first, min(last, first + _FOLD_BLOCK - 1)),), True)

    @Slot(int, int)
    def _on_rows_needed(self, first: int, last: int) -> None:
        draft = self.current_draft()
        if draft is not None:
            self.preview_requested.emit(draft, ((first, last),), True)

    @Slot(str)
    def _on_database(self, key: str) -> None:
        self._book.use_database(key)
        self.database_changed.emit(key)
        draft = self.current_draft()
        if draft is not None:
            self.draft_changed.emit(draft)

    @Slot()
    def _on_options(self) -> None:
        self._editor.edit_options(self.checked_drafts())

    @Slot()
    def _on_import(self) -> None:
        self._start(dry_run=False)

    @Slot()
    def _on_dry_run(self) -> None:
        self._start(dry_run=True)

    @Slot(object)
    def _on_import_tried(self, ref: TableRef) -> None:
        draft = self.draft(ref)
        if draft is not None:
            self.import_requested.emit([self._allowing(draft)], False)

    def _start(self, *, dry_run: bool) -> None:
        draft = self.current_draft()
        if draft is not None:
            self.import_requested.emit([self._allowing(draft)], dry_run)

    def _allowing(self, draft: TableDraft) -> TableDraft:
        """The draft with as many rejects allowed as the page has said there will be."""
        return allow_rejects(draft, self._findings(draft.ref))

    @Slot()
    def _on_save_plan(self) -> None:
        draft = self.current_draft()
        if draft is not None:
            self.plan_save_requested.emit(draft)

    @Slot()
    def _on_import_all(self) -> None:
        drafts = self.checked_drafts()
        if drafts:
            self.import_requested.emit([self._allowing(draft) for draft in drafts], False)
