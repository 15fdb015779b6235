"""Below the editor: a tab for each statement, its rows or why there are none, and what can be done with them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from widgets.explore.result_grid import ResultGrid
from widgets.explore.view_data import ResultView, RunView
from widgets.parts.buttons import Button
from widgets.parts.empty import EmptyState
from widgets.parts.labels import ElidedLabel, Label, Panel
from widgets.parts.wording import count
from widgets.theme import Theme

_FORMATS = (("parquet", "Parquet"), ("csv", "CSV"), ("xlsx", "Excel"), ("jsonl", "JSON"))


class ResultPanel(Panel):
    """The results of one run.

    Signals:
        shown: `ResultView` that is shown now.
        save_requested: Result id and the format (``parquet``, ``csv``, ``xlsx``, ``jsonl``).
        table_requested: Result id that is to become a table.
    """

    shown = Signal(object)
    save_requested = Signal(str, str)
    table_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Nothing was run yet."""
        super().__init__("surface", parent=parent)
        self._theme = theme
        self._run: RunView | None = None
        self.tabs = QTabBar()
        self.grid = ResultGrid(theme)
        self._empty = EmptyState(
            theme, "explore", self.tr("Ask your data"), self.tr("Write a statement above; Ctrl+Enter runs it.")
        )
        self._stack = QStackedWidget()
        self._line = ElidedLabel(theme, "", "small", "text2")
        self._selected = Label(theme, "", "small", "text2")
        self._saves = QWidget()
        self._build()

    def show_run(self, run: RunView | None) -> None:
        """Show a run, or how the same one stands now."""
        same = run is not None and self._run is not None and run.query_id == self._run.query_id
        self._run = run
        results = run.results if run is not None else ()
        chosen = self.tabs.currentIndex() if same else 0
        self.tabs.blockSignals(True)
        while self.tabs.count() > len(results):
            self.tabs.removeTab(self.tabs.count() - 1)
        for number, view in enumerate(results):
            text = self._tab_text(view)
            if number < self.tabs.count():
                self.tabs.setTabText(number, text)
            else:
                self.tabs.addTab(text)
        if results:
            self.tabs.setCurrentIndex(min(max(chosen, 0), len(results) - 1))
        self.tabs.blockSignals(False)
        self.tabs.setVisible(bool(results))
        self._show()

    @property
    def view(self) -> ResultView | None:
        """The result that is shown."""
        results = self._run.results if self._run is not None else ()
        place = self.tabs.currentIndex()
        return results[place] if 0 <= place < len(results) else None

    def set_selection(self, text: str) -> None:
        """What the selected cells come to."""
        self._selected.setText(text)

    def _tab_text(self, view: ResultView) -> str:
        words = {
            "running": self.tr("running"),
            "failed": self.tr("failed"),
            "cancelled": self.tr("cancelled"),
            "incomplete": self.tr("incomplete"),
        }
        rows = self.tr("{0} rows").format(count(view.rows))
        return f"{view.number}  {words.get(view.state, rows)}"

    def _show(self) -> None:
        view, run = self.view, self._run
        self._selected.setText("")
        saved = view is not None and bool(view.columns) and view.state in ("done", "incomplete")
        self._saves.setVisible(saved)
        if view is None:
            waiting = run is not None and run.running
            heading = self.tr("Waiting for its turn") if waiting else self.tr("Ask your data")
            said = (
                run.waiting
                if run is not None and run.waiting
                else self.tr("Write a statement above; Ctrl+Enter runs it.")
            )
            self._empty.set_content("wait" if waiting else "explore", heading, said)
            self._stack.setCurrentWidget(self._empty)
            self._line.setText("")
            return
        self._line.setText(view.line)
        if view.columns:
            self.grid.rows.show(view)
            self._stack.setCurrentWidget(self.grid)
        elif view.error:
            self._empty.set_content("error", view.error, view.hint, tone="danger_fg")
            self._stack.setCurrentWidget(self._empty)
        else:
            self._empty.set_content("okc" if view.state == "done" else "run", view.line, "")
            self._stack.setCurrentWidget(self._empty)
        self.shown.emit(view)

    def _build(self) -> None:
        theme = self._theme
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Results"))
        self.tabs.hide()
        self.tabs.currentChanged.connect(self._on_tab)
        head = Panel("surface", "bottom")
        head.setFixedHeight(theme.em(44))
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.em(12), 0, theme.em(12), 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self._saves)
        saves = QHBoxLayout(self._saves)
        saves.setContentsMargins(0, 0, 0, 0)
        saves.setSpacing(theme.em(6))
        saves.addWidget(Label(theme, self.tr("Save as…"), "small", "text2"))
        for key, word in _FORMATS:
            button = Button(theme, word, size="small")
            button.setObjectName(key)
            button.setAccessibleName(self.tr("Save the result as {0}").format(word))
            button.clicked.connect(self._on_save)
            saves.addWidget(button)
        table = Button(theme, self.tr("Table"), size="small")
        table.setAccessibleName(self.tr("Make a table of the result"))
        table.clicked.connect(self._on_table)
        saves.addWidget(table)
        foot = Panel("window", "top")
        foot.setFixedHeight(theme.em(28))
        line = QHBoxLayout(foot)
        line.setContentsMargins(theme.em(16), 0, theme.em(16), 0)
        line.addWidget(self._line, 1)
        line.addWidget(self._selected)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._saves.hide()

    @Slot(int)
    def _on_tab(self, _number: int) -> None:
        self._show()

    @Slot()
    def _on_save(self) -> None:
        button, view = self.sender(), self.view
        if view is not None:
            self.save_requested.emit(view.result_id, button.objectName())

    @Slot()
    def _on_table(self) -> None:
        if self.view is not None:
            self.table_requested.emit(self.view.result_id)
