"""The scrolling part of the Settings page: groups of rows, built a few at a time so that the window never stops."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from widgets.parts.empty import EmptyState
from widgets.parts.labels import Label, Panel
from widgets.settings.editors import make_editor
from widgets.settings.override import OverrideStatus, WorkerEditor
from widgets.settings.setting_row import SettingRow
from widgets.settings.wording import tr
from widgets.theme import Theme
from workers.core.settings.resolve import Origin, Settings
from workers.core.settings.schema import Category, Setting

WORKERS_KEY = "workers.count"
_ROWS_A_TICK = 2
_WIDTH_PX = 962


class _Group(QWidget):
    """A heading and a card of rows."""

    def __init__(self, theme: Theme, category: Category, name: str) -> None:
        super().__init__()
        self.category = category
        self.rows: list[SettingRow] = []
        self._card = Panel(kind="card")
        self._column = QVBoxLayout(self._card)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.em(10))
        layout.setSpacing(theme.em(8))
        layout.addWidget(Label(theme, tr(name), "heading"))
        layout.addWidget(self._card)

    def add(self, row: SettingRow) -> None:
        self.rows.append(row)
        self._column.addWidget(row)


class SettingsForm(QScrollArea):
    """All settings as rows; shows those of a category, or those that match a search.

    Signals:
        value_changed: Key and new value (object).
        reset_requested: Key.
        override_requested: Workers and the Unix time of the end, or None.
    """

    value_changed = Signal(str, object)
    reset_requested = Signal(str)
    override_requested = Signal(int, object)

    def __init__(self, theme: Theme, settings: tuple[Setting, ...], parent: QWidget | None = None) -> None:
        """Rows come a little later."""
        super().__init__(parent)
        self._theme = theme
        self._waiting = list(settings)
        self._groups: dict[tuple[Category, str], _Group] = {}
        self._rows: dict[str, SettingRow] = {}
        self._settings: Settings | None = None
        self._override: OverrideStatus | None = None
        self._category = Category.WORKERS
        self._words: list[str] = []
        self._filter = "all"
        self._nothing = EmptyState(theme, "search", tr("No setting found"), tr("Try another word or filter."))
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_tick)
        self._build(settings)

    def show_settings(self, settings: Settings) -> None:
        """Show values and origins."""
        self._settings = settings
        for row in self._rows.values():
            self._fill(row)
        self._arrange()
        if self._waiting:
            self._timer.start()

    def show_override(self, override: OverrideStatus | None) -> None:
        """Show the number of workers that holds for a while."""
        self._override = override
        row = self._rows.get(WORKERS_KEY)
        if row is not None:
            self._fill(row)

    def show_error(self, key: str, message: str) -> None:
        """Say at a row why its new value was refused, and show the value in force again."""
        row = self._rows.get(key)
        if row is not None:
            self._fill(row)
            row.editor.show_error(message)

    def show_part(self, category: Category, words: list[str], kind: str) -> None:
        """Show a category, or with `words` every setting that has them; `kind` is ``all``, ``changed``, ``locked``."""
        self._category, self._words, self._filter = category, words, kind
        # What is looked at is built first.
        self._waiting.sort(key=lambda setting: setting.category is not category)
        self._arrange()
        self.verticalScrollBar().setValue(0)

    def build_all(self) -> None:
        """Build every row now, for tests and pictures."""
        while self._waiting:
            self._on_tick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows share out the new width."""
        super().resizeEvent(event)
        for row in self._rows.values():
            row.fit(self.viewport().width())

    def row(self, key: str) -> SettingRow | None:
        """The row of a setting, if it has been built."""
        return self._rows.get(key)

    def _build(self, settings: tuple[Setting, ...]) -> None:
        theme = self._theme
        inner = QWidget()
        inner.setMaximumWidth(theme.em(_WIDTH_PX))
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.em(24), theme.em(18), theme.em(24), theme.em(18))
        column.setSpacing(theme.em(8))
        for setting in settings:
            key = (setting.category, setting.group)
            if key not in self._groups:
                group = self._groups[key] = _Group(theme, *key)
                group.hide()
                column.addWidget(group)
        column.addWidget(self._nothing)
        self._nothing.hide()
        column.addStretch(1)
        holder = Panel("window")
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inner)
        self.setWidget(holder)
        self.setWidgetResizable(True)

    @Slot()
    def _on_tick(self) -> None:
        for setting in self._waiting[:_ROWS_A_TICK]:
            self._add(setting)
        del self._waiting[:_ROWS_A_TICK]
        if not self._waiting:
            self._timer.stop()
        self._arrange()

    def _add(self, setting: Setting) -> None:
        group = self._groups[setting.category, setting.group]
        if setting.key == WORKERS_KEY:
            workers = WorkerEditor(self._theme)
            workers.override_requested.connect(self.override_requested)
            row = SettingRow(self._theme, setting, workers, first=not group.rows)
        else:
            row = SettingRow(self._theme, setting, make_editor(self._theme, setting), first=not group.rows)
        row.value_changed.connect(self.value_changed)
        row.reset_requested.connect(self.reset_requested)
        self._rows[setting.key] = row
        row.fit(self.viewport().width())
        group.add(row)
        self._fill(row)

    def _fill(self, row: SettingRow) -> None:
        if self._settings is None:
            return
        resolved = self._settings[row.setting.key]
        override = None
        if isinstance(row.editor, WorkerEditor):
            context = self._settings.context
            most = context.cores
            row.editor.set_scale(context.cores, int(resolved.fallback), max(most, int(resolved.value)))
            row.editor.show_override(self._override)
            override = self._override.workers if self._override else None
        row.show_resolved(resolved, override=override)

    def _arrange(self) -> None:
        """Show what belongs to the category, search and filter."""
        found = False
        for group in self._groups.values():
            first = True
            for row in group.rows:
                visible = self._wanted(row)
                row.setVisible(visible)
                if visible:
                    row.set_first(first)
                    first = False
            group.setVisible(not first)
            found = found or not first
        self._nothing.setVisible(not found and not self._waiting)

    def _wanted(self, row: SettingRow) -> bool:
        if self._words:
            if not row.matches(self._words):
                return False
        elif row.setting.category is not self._category and self._filter == "all":
            return False
        if self._filter == "all" or self._settings is None:
            return True
        origin = self._settings[row.setting.key].origin
        return origin is Origin.FILE if self._filter == "changed" else origin.locked
