"""The main window: layout, navigation and shortcuts, and nothing else."""

from __future__ import annotations

import base64
import json

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from widgets.parts.painting import ChipData
from widgets.shell.dropping import DropOverlay, local_paths, sort_paths
from widgets.shell.page import Page
from widgets.shell.sidebar import Sidebar
from widgets.shell.status_bar import StatusBar
from widgets.shell.status_data import AlertStatus, DatabaseStatus
from widgets.theme import Theme
from workers.core.jobs.snapshots import PoolSnapshot

_NARROW = 1200


class MainWindow(QMainWindow):
    """Sidebar, pages and status bar. Pages are given to the constructor; the first one is shown.

    Signals:
        paths_dropped: Paths of files and folders that were dropped or pasted, as a list of str.
        open_requested: The user wants to choose files (Ctrl+O); the presenter opens the file dialog.
        page_changed: Key of the page shown now.
        close_requested: The user wants to close; answer with `finish_close`, or leave the window open.
    """

    paths_dropped = Signal(list)
    open_requested = Signal()
    page_changed = Signal(str)
    close_requested = Signal()

    def __init__(self, theme: Theme, pages: tuple[Page, ...]) -> None:
        """Put the pages into the frame."""
        super().__init__()
        self._theme = theme
        self._may_close = False
        self._pages = {page.key: page for page in pages}
        self.sidebar = Sidebar(theme)
        self.status = StatusBar(theme)
        self._stack = QStackedWidget()
        for page in pages:
            self.sidebar.add_page(page.key, page.title, page.icon)
            self._stack.addWidget(page)
        self._build()
        self._overlay = DropOverlay(theme, self._stack)
        self._add_shortcuts(pages)
        self.sidebar.chosen.connect(self.show_page)
        self.status.page_requested.connect(self.show_page)
        self.setAcceptDrops(True)
        self.setWindowTitle(self.tr("Sheetferry"))
        self.setMinimumSize(theme.em(760), theme.em(480))
        self.resize(QSize(theme.em(1440), theme.em(900)).boundedTo(self.screen().availableSize()))
        if pages:
            self.show_page(pages[0].key)

    @property
    def current_page(self) -> str:
        """Key of the page shown."""
        page = self._stack.currentWidget()
        return page.key if isinstance(page, Page) else ""

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page; an unknown key is ignored."""
        page = self._pages.get(key)
        if page is None:
            return
        changed = self._stack.currentWidget() is not page
        self._stack.setCurrentWidget(page)
        self.sidebar.select(key)
        target = page.content_widget()
        if changed:
            # Without a place of its own the focus would go to whatever comes next, and look chosen.
            (target or self._stack).setFocus(Qt.FocusReason.OtherFocusReason)
        if changed:
            self.page_changed.emit(key)

    def set_pool(self, pool: PoolSnapshot | None) -> None:
        """Tell the status bar and the queue's badge about the pool."""
        self.status.set_pool(pool)
        count = pool.waiting + pool.busy if pool else 0
        self.sidebar.set_badge("queue", ChipData(f"{count}") if count else None)

    def set_database(self, status: DatabaseStatus) -> None:
        """Tell the status bar about the target."""
        self.status.set_database(status)

    def set_alerts(self, status: AlertStatus) -> None:
        """Tell the status bar and the monitor's badge about alerts."""
        self.status.set_alerts(status)
        tone, icon = ("danger", "error") if status.critical else ("warn", "warn")
        self.sidebar.set_badge("monitor", ChipData(f"{status.firing}", tone, icon) if status.firing else None)

    def set_lag(self, milliseconds: float | None) -> None:
        """Tell the status bar how late the window's own timer is."""
        self.status.set_lag(milliseconds)

    def set_override(self, text: str) -> None:
        """Say in the status bar that a setting is overridden for a while; empty takes it away."""
        self.status.set_override(text)

    def state(self) -> bytes:
        """Geometry, last page and every page's own widths, to be handed back to `restore` at the next start."""
        return json.dumps(
            {
                "geometry": _text(self.saveGeometry()),
                "page": self.current_page,
                "pages": {key: page.view_state() for key, page in self._pages.items()},
            }
        ).encode()

    def restore(self, state: bytes) -> None:
        """Take back what `state` gave; anything that does not fit is ignored."""
        try:
            kept = json.loads(state)
        except ValueError:
            return
        if not isinstance(kept, dict):
            return
        if isinstance(kept.get("geometry"), str):
            self.restoreGeometry(QByteArray.fromBase64(kept["geometry"].encode()))
        pages = kept.get("pages")
        for key, view in pages.items() if isinstance(pages, dict) else ():
            if key in self._pages and isinstance(view, dict):
                self._pages[key].restore_view(view)
        self.show_page(str(kept.get("page", "")))

    def finish_close(self) -> None:
        """Close now, whatever runs."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask upward first."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """The first page's list has the keyboard, not the sidebar."""
        super().showEvent(event)
        page = self._stack.currentWidget()
        target = page.content_widget() if isinstance(page, Page) else None
        if target is not None and not event.spontaneous():
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the application's font."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._theme.font_changed()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows get the narrow sidebar."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.em(_NARROW)
        if narrow != self.sidebar.collapsed:
            self.sidebar.set_collapsed(narrow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may come in on any page."""
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._overlay.show_for(paths)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self._overlay.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the paths on."""
        self._overlay.hide()
        event.acceptProposedAction()
        self._take(local_paths(event.mimeData()))

    def _take(self, paths: list[str]) -> None:
        taken, _ = sort_paths(paths)
        if taken:
            self.show_page("import")
            self.paths_dropped.emit(taken)

    def _build(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(self._stack, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        center = QWidget()
        center.setLayout(column)
        self.setCentralWidget(center)
        self.sidebar.set_collapsed(False)

    def _add_shortcuts(self, pages: tuple[Page, ...]) -> None:
        self._page_keys: dict[str, str] = {}
        for number, page in enumerate(pages[:9], 1):
            keys = QKeySequence(Qt.Modifier.CTRL | Qt.Key(Qt.Key.Key_0.value + number))
            shortcut = QShortcut(keys, self)
            self._page_keys[keys.toString()] = page.key
            shortcut.activated.connect(self._on_page_key)
        QShortcut(QKeySequence.StandardKey.Open, self).activated.connect(self.open_requested)
        QShortcut(QKeySequence.StandardKey.Paste, self).activated.connect(self._on_paste)
        QShortcut(QKeySequence("Ctrl+,"), self).activated.connect(self._on_settings)
        QShortcut(QKeySequence("F5"), self).activated.connect(self._on_refresh)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)
        QShortcut(QKeySequence.StandardKey.Quit, self).activated.connect(self.close)

    @Slot()
    def _on_page_key(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            self.show_page(self._page_keys[shortcut.key().toString()])

    @Slot()
    def _on_paste(self) -> None:
        self._take(local_paths(QGuiApplication.clipboard().mimeData()))

    @Slot()
    def _on_settings(self) -> None:
        self.show_page("settings")

    @Slot()
    def _on_refresh(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            page.refresh()

    @Slot()
    def _on_find(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            page.focus_search()


def _text(data: QByteArray) -> str:
    return base64.b64encode(data.data()).decode()
