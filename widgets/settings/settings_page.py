"""The Settings page: categories and search at the left, the settings at the right."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from widgets.parts.buttons import Button
from widgets.parts.controls import SegmentedControl
from widgets.parts.labels import ElidedLabel, Panel
from widgets.parts.search import SearchField
from widgets.settings.override import OverrideStatus
from widgets.settings.settings_form import SettingsForm
from widgets.settings.wording import category_label
from widgets.shell.page import Page
from widgets.theme import Theme
from workers.core.settings.resolve import Origin, Settings
from workers.core.settings.schema import Category, Setting

_SIDE_PX = 220


class SettingsPage(Page):
    """Every setting with its value, origin, help and reset.

    Data in: `show_settings`, `show_override`, `show_error`, `show_file`.

    Signals:
        value_changed: Key and the new value, checked (object).
        reset_requested: Key whose stored value is to be taken away (of ``workers.count``: an override too).
        override_requested: Workers (int) and the Unix time of the end (float), or None until the running jobs end.
        override_kept: The override is to hold for good.
        override_ended: The override is to end now.
    """

    value_changed = Signal(str, object)
    reset_requested = Signal(str)
    override_requested = Signal(int, object)
    override_kept = Signal()
    override_ended = Signal()

    def __init__(self, theme: Theme, settings: tuple[Setting, ...], parent: QWidget | None = None) -> None:
        """Made from the declarations."""
        super().__init__(theme, "settings", "", "settings", parent)
        self.set_title(self.tr("Settings"))
        self.form = SettingsForm(theme, settings)
        self.search = SearchField(theme, self.tr("Search settings"))
        self._categories = QListWidget()
        self._file = ElidedLabel(theme, "", "caption", "text3")
        self._filter = SegmentedControl(
            theme,
            self.tr("Show"),
            (("all", self.tr("All")), ("changed", self.tr("Changed")), ("locked", self.tr("Locked"))),
        )
        self._settings: Settings | None = None
        self._pending: Settings | None = None
        self._build_page()
        self._connect()

    def show_settings(self, settings: Settings) -> None:
        """Show these values. While the page is hidden nothing is built."""
        self._settings = settings
        self._filter.set_count("all", str(len(settings)))
        self._filter.set_count("changed", str(sum(r.origin is Origin.FILE for r in settings)))
        self._filter.set_count("locked", str(sum(r.origin.locked for r in settings)))
        if self.isVisible():
            self.form.show_settings(settings)
        else:
            self._pending = settings

    def show_override(self, override: OverrideStatus | None) -> None:
        """Show the number of workers that holds for a while, and the banner about it."""
        self.form.show_override(override)
        if override is None:
            self.hide_banner()
            return
        values = (override.workers, override.instead_of)
        if override.until is None:
            title = self.tr("Override active: {0} instead of {1} workers, until the running jobs end").format(*values)
        else:
            title = self.tr("Override active: {0} instead of {1} workers, until {2}").format(
                *values, _time(override.until)
            )
        text = self.tr("Set by you at {0}. Workers that are too many finish their task and stop.").format(
            _time(override.since)
        )
        banner = self.show_banner("warn", title, text, "wait")
        keep = Button(self.theme, self.tr("Keep for good"))
        keep.clicked.connect(self.override_kept)
        end = Button(self.theme, self.tr("End now"))
        end.clicked.connect(self.override_ended)
        banner.action_row.addWidget(keep)
        banner.action_row.addWidget(end)

    def show_error(self, key: str, message: str) -> None:
        """Say at a setting why its new value was refused."""
        self.form.show_error(key, message)

    def show_file(self, path: str) -> None:
        """Name the settings file."""
        self._file.setText(self.tr("Settings file: {0}").format(path))

    def show_category(self, category: Category) -> None:
        """Go to a category."""
        self._categories.setCurrentRow(list(Category).index(category))

    def focus_search(self) -> bool:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def view_state(self) -> dict[str, object]:
        """The chosen category."""
        return {"category": self._category().value}

    def restore_view(self, state: dict[str, object]) -> None:
        """Take back `view_state`."""
        if state.get("category") in set(Category):
            self.show_category(Category(str(state["category"])))

    def showEvent(self, event: QShowEvent) -> None:
        """Show what came while hidden."""
        super().showEvent(event)
        pending, self._pending = self._pending, None
        if pending is not None:
            self.form.show_settings(pending)

    def _build_page(self) -> None:
        theme = self.theme
        self.action_row.addWidget(self._filter)
        self._categories.setAccessibleName(self.tr("Categories"))
        self._categories.setFrameShape(QListWidget.Shape.NoFrame)
        self._categories.setProperty("surface", "window")
        self._categories.setSpacing(theme.em(1))
        for category in Category:
            item = QListWidgetItem(category_label(category))
            item.setSizeHint(item.sizeHint().expandedTo(self._row_size()))
            self._categories.addItem(item)
        self._categories.setCurrentRow(0)
        side = Panel("window", "right")
        side.setFixedWidth(theme.em(_SIDE_PX))
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.em(10), theme.em(10), theme.em(10), theme.em(8))
        column.setSpacing(theme.em(8))
        column.addWidget(self.search)
        column.addWidget(self._categories, 1)
        column.addWidget(self._file)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.form, 1)
        self.body.addLayout(row, 1)
        self._say_category()

    def _row_size(self) -> QSize:
        return QSize(0, self.theme.em(30))

    def _connect(self) -> None:
        self.form.value_changed.connect(self.value_changed)
        self.form.reset_requested.connect(self.reset_requested)
        self.form.override_requested.connect(self.override_requested)
        self.search.changed.connect(self._on_part)
        self._filter.chosen.connect(self._on_part)
        self._categories.currentRowChanged.connect(self._on_category)

    def _category(self) -> Category:
        return list(Category)[max(0, self._categories.currentRow())]

    def _say_category(self) -> None:
        self.set_subtitle(category_label(self._category()))

    @Slot(int)
    def _on_category(self, _row: int) -> None:
        if self.search.text():
            self.search.clear()
        self._say_category()
        self._on_part("")

    @Slot(str)
    def _on_part(self, _text: str) -> None:
        words = self.search.text().casefold().split()
        self.form.show_part(self._category(), words, self._filter.key)


def _time(moment: float) -> str:
    return dt.datetime.fromtimestamp(moment).strftime("%H:%M")
