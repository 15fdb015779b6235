"""Notifications of the system, when the window is not in front."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from widgets.parts.plain_text import notification
from widgets.shell.main_window import MainWindow
from widgets.theme import Theme


class Tray(QObject):
    """Speaks through the system's tray where there is one; shows its icon only while it speaks."""

    def __init__(self, window: MainWindow, theme: Theme, parent: QObject | None = None) -> None:
        """Speak for `window`."""
        super().__init__(parent)
        self._window, self._theme = window, theme
        self._icon: QSystemTrayIcon | None = None

    @Slot(str, str)
    def notify(self, title: str, text: str) -> None:
        """Tell something that the window alone would tell too late."""
        if self._window.isActiveWindow() or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(self._theme.icon("ferry"), self)
            self._icon.activated.connect(self._raise)
            self._icon.messageClicked.connect(self._raise)
            self._icon.show()
        self._icon.showMessage(notification(title), notification(text))

    @Slot()
    def _raise(self) -> None:
        self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()
