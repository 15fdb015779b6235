"""The Explore page: sources at the left, tabs with an editor and results in the middle, history at the right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from widgets.explore.editor import SqlEditor
from widgets.explore.history_panel import HistoryPanel
from widgets.explore.parameter_row import ParameterRow
from widgets.explore.result_panel import ResultPanel
from widgets.explore.source_panel import SourcePanel
from widgets.explore.sql_text import parameters
from widgets.explore.view_data import Asked, Draft, HistoryLine, ResultView, RunView
from widgets.parts.buttons import Button, IconButton
from widgets.parts.controls import SelectBox, Switch
from widgets.parts.labels import Label, Panel
from widgets.shell.page import Page
from widgets.theme import Theme

_DRAFT_MS = 600
"""How long after the last key a draft is saved."""


class ExplorePage(Page):
    """SQL over databases, files and results.

    Data in: `set_drafts`, `set_run`, `set_words`, and those of `sources`, `results`, `history`.

    Signals:
        asked: `Asked`: run it.
        cancel_requested: Query id that is to be stopped.
        decided: Query id, and whether to commit.
        draft_changed: `Draft` and its place among the tabs, a moment after typing stops.
        draft_closed: Draft id.
        draft_wanted: A new tab: answer with `open_draft`.
    """

    asked = Signal(object)
    cancel_requested = Signal(str)
    decided = Signal(str, bool)
    draft_changed = Signal(object, int)
    draft_closed = Signal(str)
    draft_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """No tabs until drafts come."""
        super().__init__(theme, "explore", "", "explore", parent)
        self.set_title(self.tr("Explore"))
        self.sources = SourcePanel(theme)
        self.results = ResultPanel(theme)
        self.history = HistoryPanel(theme)
        self.tabs = QTabBar()
        self._drafts: list[Draft] = []
        self._editors: dict[str, SqlEditor] = {}
        self._runs: dict[str, RunView] = {}
        self._starts: dict[str, int] = {}
        self._words: list[str] = []
        self._editing = QStackedWidget()
        self._parameters = ParameterRow(theme)
        self._run = Button(theme, self.tr("Run"), "play", "primary")
        self._run_all = Button(theme, self.tr("Run all"))
        self._plan = Button(theme, self.tr("Plan"), "plan")
        self._cancel = Button(theme, self.tr("Cancel"), "stop")
        self._where = SelectBox(theme, self.tr("What is asked"), icon="db")
        self._write = Switch(theme, self.tr("Allow changes"))
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_DRAFT_MS)
        self._saving.timeout.connect(self._tell_draft)
        self._build_page()
        self._connect()

    # ---- data in

    def set_drafts(self, drafts: tuple[Draft, ...]) -> None:
        """The tabs of the last time."""
        for draft in drafts:
            self.open_draft(draft, show=False)
        self.tabs.setCurrentIndex(0)
        self._show_tab()

    def open_draft(self, draft: Draft, *, show: bool = True) -> None:
        """Add a tab."""
        editor = SqlEditor(self.theme, self.tr("SQL of {0}").format(draft.title))
        editor.set_words(self._words)
        editor.setPlainText(draft.text)
        editor.textChanged.connect(self._on_typed)
        editor.run_requested.connect(self._on_run)
        editor.run_all_requested.connect(self._on_run_all)
        editor.cancel_requested.connect(self._on_cancel)
        self._drafts.append(draft)
        self._editors[draft.draft_id] = editor
        self._editing.addWidget(editor)
        place = self.tabs.addTab(draft.title)
        close = IconButton(self.theme, "x", self.tr("Close {0}").format(draft.title), size="small")
        close.setProperty("draft", draft.draft_id)
        close.clicked.connect(self._on_close_button)
        self.tabs.setTabButton(place, QTabBar.ButtonPosition.RightSide, close)
        if show:
            self.tabs.setCurrentIndex(self.tabs.count() - 1)
            self._show_tab()
            editor.setFocus()

    def set_run(self, run: RunView) -> None:
        """How a run stands now."""
        self._runs[run.draft_id] = run
        draft = self._draft()
        if draft is not None and draft.draft_id == run.draft_id:
            self._show_run()

    def set_words(self, words: list[str]) -> None:
        """Words that are offered while typing."""
        self._words = words
        for editor in self._editors.values():
            editor.set_words(words)

    def set_database(self, name: str) -> None:
        """The database that is asked."""
        self._where.setItemText(0, name or self.tr("Database"))

    @property
    def editor(self) -> SqlEditor | None:
        """The editor of the shown tab."""
        draft = self._draft()
        return self._editors.get(draft.draft_id) if draft is not None else None

    @property
    def current_draft_id(self) -> str:
        """Id of the shown tab; empty when there is none."""
        draft = self._draft()
        return draft.draft_id if draft is not None else ""

    def ask_locally(self, local: bool) -> None:
        """Choose files and results, or the database."""
        self._where.setCurrentIndex(1 if local else 0)

    def refresh(self) -> None:
        """F5 reads the catalogue again."""
        self.sources.refresh_requested.emit()

    def focus_search(self) -> bool:
        """Ctrl+F looks through the statements that were run."""
        self.history.search.setFocus()
        return True

    def content_widget(self) -> QWidget | None:
        """The editor takes the keyboard."""
        return self.editor

    def view_state(self) -> dict[str, object]:
        """Widths and heights of the parts."""
        return {"columns": self._columns.sizes(), "middle": self._middle.sizes()}

    def restore_view(self, state: dict[str, object]) -> None:
        """Take back `view_state`."""
        for splitter, key, parts in ((self._columns, "columns", 3), (self._middle, "middle", 2)):
            sizes = state.get(key)
            if isinstance(sizes, list) and len(sizes) == parts and all(isinstance(part, int) for part in sizes):
                splitter.setSizes(sizes)

    # ---- inside

    def _build_page(self) -> None:
        theme = self.theme
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Statements being written"))
        head = Panel("surface", "bottom")
        head.setFixedHeight(theme.em(44))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.em(12), 0, theme.em(12), 0)
        row.addWidget(self.tabs)
        add = IconButton(theme, "plus", self.tr("New tab (Ctrl+T)"), size="small")
        add.clicked.connect(self._on_add)
        row.addWidget(add)
        row.addStretch(1)
        tools = Panel("surface", "bottom")
        line = QHBoxLayout(tools)
        line.setContentsMargins(theme.em(16), theme.em(8), theme.em(16), theme.em(8))
        line.setSpacing(theme.em(8))
        for button in (self._run, self._run_all, self._plan, self._cancel):
            line.addWidget(button)
        self._where.addItem(self.tr("Database"))
        self._where.addItem(self.tr("Files and results"))
        line.addWidget(self._where)
        line.addStretch(1)
        line.addWidget(Label(theme, self.tr("Write"), "small", "text2"))
        line.addWidget(self._write)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(head)
        above.addWidget(tools)
        above.addWidget(self._parameters)
        above.addWidget(self._editing, 1)
        self._middle.addWidget(upper)
        self._middle.addWidget(self.results)
        self._middle.setChildrenCollapsible(False)
        self._middle.setSizes([theme.em(330), theme.em(400)])
        for part in (self.sources, self._middle, self.history):
            self._columns.addWidget(part)
        self._columns.setChildrenCollapsible(False)
        self._columns.setStretchFactor(1, 1)
        self._columns.setSizes([theme.em(228), theme.em(716), theme.em(244)])
        self.body.addWidget(self._columns, 1)
        self._cancel.setEnabled(False)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self._run.clicked.connect(self._on_run)
        self._run_all.clicked.connect(self._on_run_all)
        self._plan.clicked.connect(self._on_plan)
        self._cancel.clicked.connect(self._on_cancel)
        self.sources.inserted.connect(self._on_insert)
        self.history.taken.connect(self._on_taken)
        self.results.shown.connect(self._on_result)
        for keys, act in (("Ctrl+T", self._on_add), ("Ctrl+W", self._on_close_current)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _draft(self) -> Draft | None:
        place = self.tabs.currentIndex()
        return self._drafts[place] if 0 <= place < len(self._drafts) else None

    def _current_run(self) -> RunView | None:
        draft = self._draft()
        return self._runs.get(draft.draft_id) if draft is not None else None

    def _show_tab(self) -> None:
        editor = self.editor
        if editor is not None:
            self._editing.setCurrentWidget(editor)
            self._parameters.set_names(parameters(editor.toPlainText()))
        self._show_run()

    def _show_run(self) -> None:
        run = self._current_run()
        self.results.show_run(run)
        self._cancel.setEnabled(run is not None and run.running)
        self.set_subtitle(run.waiting if run is not None and run.running else "")
        if run is not None and run.decision:
            self._ask_decision(run)
        elif self.banner.isVisibleTo(self):
            self.hide_banner()

    def _ask_decision(self, run: RunView) -> None:
        if self.banner.isVisibleTo(self):
            return
        text = self.tr("Without an answer it is rolled back after {0} s.").format(round(run.seconds))
        banner = self.show_banner("warn", "\n".join(run.decision), text, "warn")
        back, commit = Button(self.theme, self.tr("Roll back")), Button(self.theme, self.tr("Commit"), kind="danger")
        back.clicked.connect(self._on_roll_back)
        commit.clicked.connect(self._on_commit)
        banner.action_row.addWidget(back)
        banner.action_row.addWidget(commit)

    def _ask(self, text: str, start: int) -> None:
        draft = self._draft()
        if draft is None or not text.strip():
            return
        self._tell_draft()
        editor = self._editors[draft.draft_id]
        editor.show_error(None)
        self._starts[draft.draft_id] = start
        named = set(parameters(text))
        values = tuple(pair for pair in self._parameters.values() if pair[0] in named)
        local = self._where.currentIndex() == 1
        self.asked.emit(Asked(draft.draft_id, text, values, local, self._write.isChecked() and not local))

    @Slot()
    def _on_run(self) -> None:
        if (editor := self.editor) is not None:
            self._ask(editor.wanted(), editor.wanted_start())

    @Slot()
    def _on_run_all(self) -> None:
        if (editor := self.editor) is not None:
            self._ask(editor.toPlainText(), 0)

    @Slot()
    def _on_plan(self) -> None:
        if (editor := self.editor) is not None and (text := editor.wanted()):
            self._ask(text if text.lower().startswith("explain") else f"EXPLAIN {text}", editor.wanted_start() - 8)

    @Slot()
    def _on_cancel(self) -> None:
        run = self._current_run()
        if run is not None and run.running:
            self.cancel_requested.emit(run.query_id)

    @Slot()
    def _on_commit(self) -> None:
        self._decide(commit=True)

    @Slot()
    def _on_roll_back(self) -> None:
        self._decide(commit=False)

    def _decide(self, *, commit: bool) -> None:
        run = self._current_run()
        self.hide_banner()
        if run is not None:
            self.decided.emit(run.query_id, commit)

    @Slot(object)
    def _on_result(self, view: ResultView) -> None:
        """An error is shown where it is."""
        draft = self._draft()
        if draft is not None and view.state == "failed" and view.place is not None:
            self._editors[draft.draft_id].show_error(max(0, self._starts.get(draft.draft_id, 0) + view.place))

    @Slot(str)
    def _on_insert(self, text: str) -> None:
        if (editor := self.editor) is not None:
            editor.insert_text(text)

    @Slot(object)
    def _on_taken(self, line: HistoryLine) -> None:
        self.draft_wanted.emit(line.text)

    @Slot()
    def _on_add(self) -> None:
        self.draft_wanted.emit("")

    @Slot(int)
    def _on_tab(self, _place: int) -> None:
        self._show_tab()

    @Slot()
    def _on_close_button(self) -> None:
        wanted = self.sender().property("draft")
        self._on_close(next((n for n, draft in enumerate(self._drafts) if draft.draft_id == wanted), -1))

    @Slot()
    def _on_close_current(self) -> None:
        self._on_close(self.tabs.currentIndex())

    @Slot(int)
    def _on_close(self, place: int) -> None:
        if not 0 <= place < len(self._drafts):
            return
        draft = self._drafts.pop(place)
        editor = self._editors.pop(draft.draft_id)
        run = self._runs.pop(draft.draft_id, None)
        if run is not None and run.running:
            self.cancel_requested.emit(run.query_id)
        self._editing.removeWidget(editor)
        editor.deleteLater()
        self.tabs.removeTab(place)
        self.draft_closed.emit(draft.draft_id)
        if not self._drafts:
            self.draft_wanted.emit("")
        self._show_tab()

    @Slot()
    def _on_typed(self) -> None:
        editor = self.editor
        if editor is not None:
            self._parameters.set_names(parameters(editor.toPlainText()))
        self._saving.start()

    @Slot()
    def _tell_draft(self) -> None:
        self._saving.stop()
        draft, editor = self._draft(), self.editor
        if draft is None or editor is None or editor.toPlainText() == draft.text:
            return
        changed = replace(draft, text=editor.toPlainText())
        self._drafts[self.tabs.currentIndex()] = changed
        self.draft_changed.emit(changed, self.tabs.currentIndex())
